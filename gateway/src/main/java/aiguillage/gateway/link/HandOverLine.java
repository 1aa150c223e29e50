package aiguillage.gateway.link;

import aiguillage.gateway.inbox.Delivery;
import aiguillage.gateway.inbox.Inbox;
import aiguillage.gateway.inbox.Result;
import aiguillage.gateway.pace.Crew;
import aiguillage.gateway.pace.Pause;
import aiguillage.protocol.FlowName;
import aiguillage.protocol.Position;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Takes deliveries from the stream to the inbox: small ones in batches that share their fsyncs, large ones in a
/// lane of their own. The order within a flow stays.
final class HandOverLine implements Runnable {

    static final int WAITING_MAX = 128;

    /// A notice waits so long for the file it speaks of; then it is handed over under the name the file would have.
    private static final int FILED_LOOKS_MAX = 500;
    private static final Duration FILED_LOOK = Duration.ofMillis(20);

    private static final int FETCHES_MAX = 5;
    private static final Duration FETCH_AGAIN = Duration.ofMillis(500);

    private final Inbox inbox;
    private final Acknowledger acknowledger;
    private final Runnable offerAgain;
    private final Crew crew;
    private final Pause pause;
    private final BlockingQueue<Delivery> waiting = new ArrayBlockingQueue<>(WAITING_MAX);
    private final Set<Position> inHand = ConcurrentHashMap.newKeySet();
    private final Lanes lanes = new Lanes();

    /// @param offerAgain asks the hub, in good time, to offer everything pending once more
    HandOverLine(Inbox inbox, Acknowledger acknowledger, Runnable offerAgain, Crew crew, Pause pause) {
        this.inbox = inbox;
        this.acknowledger = acknowledger;
        this.offerAgain = offerAgain;
        this.crew = crew;
        this.pause = pause;
    }

    /// Adds a delivery; waits while the line is full. One that is already in the line is passed over.
    void add(Delivery delivery) throws InterruptedException {
        if (inHand.add(delivery.position())) {
            waiting.put(delivery);
        }
    }

    @Override
    public void run() {
        try {
            while (true) {
                List<Delivery> taken = new ArrayList<>(List.of(waiting.take()));
                waiting.drainTo(taken);
                List<Delivery> batch = new ArrayList<>();
                for (Delivery delivery : taken) {
                    if (lanes.isBusy(delivery.flow()) || !inbox.isReady(delivery)) {
                        batch = handedOver(batch); // what is before it in its flow goes first
                        toLane(delivery);
                    } else {
                        batch.add(delivery);
                    }
                }
                handedOver(batch);
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private void toLane(Delivery delivery) {
        switch (lanes.join(delivery)) {
            case FIRST -> crew.waiting("lane-" + delivery.flow(), () -> runLane(delivery));
            case BEHIND -> {
                // the lane's thread comes to it
            }
            case FULL -> {
                inHand.remove(delivery.position());
                offerAgain.run();
            }
        }
    }

    private void runLane(Delivery first) {
        try {
            FlowName flow = first.flow();
            @Nullable Delivery next = first;
            while (next != null) {
                for (int looks = 0; !next.isLarge() && !inbox.isReady(next) && looks < FILED_LOOKS_MAX; looks++) {
                    pause.pause(FILED_LOOK);
                }
                finish(next);
                next = lanes.next(flow);
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    /// Hands over the first of a lane. A broken download goes on at once; only then is the hub asked to offer it
    /// again.
    private void finish(Delivery delivery) throws InterruptedException {
        Result result = inbox.handOver(List.of(delivery));
        for (int tries = 1; result.again() && delivery.isLarge() && tries < FETCHES_MAX; tries++) {
            pause.pause(FETCH_AGAIN.multipliedBy(tries));
            result = inbox.handOver(List.of(delivery));
        }
        ended(List.of(delivery), result);
    }

    /// @return an empty batch
    private List<Delivery> handedOver(List<Delivery> batch) throws InterruptedException {
        if (!batch.isEmpty()) {
            ended(batch, inbox.handOver(batch));
        }
        return new ArrayList<>();
    }

    private void ended(List<Delivery> batch, Result result) throws InterruptedException {
        acknowledger.add(result);
        batch.forEach(delivery -> inHand.remove(delivery.position()));
        if (result.again()) {
            offerAgain.run();
        }
    }
}
