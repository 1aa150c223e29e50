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
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.jspecify.annotations.Nullable;

/// Takes deliveries from the stream to the inbox: small ones in batches that share their fsyncs, large ones in a
/// lane of their own.
///
/// The order within a flow stays, also when one cannot be handed over: those behind it are let go with it, until
/// the hub offers them all again ([InHand]).
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
    private final BlockingQueue<Offer> waiting = new ArrayBlockingQueue<>(WAITING_MAX);
    private final InHand inHand = new InHand();
    private final Lanes lanes = new Lanes();

    /// @param offerAgain asks the hub, in good time, to offer everything pending once more
    HandOverLine(Inbox inbox, Acknowledger acknowledger, Runnable offerAgain, Crew crew, Pause pause) {
        this.inbox = inbox;
        this.acknowledger = acknowledger;
        this.offerAgain = offerAgain;
        this.crew = crew;
        this.pause = pause;
    }

    /// A stream was opened, which offers everything pending from the beginning.
    void opened() {
        inHand.opened();
    }

    /// Adds a delivery; waits while the line is full. One that is already in the line is passed over, and one whose
    /// flow waits to be offered again.
    void add(Delivery delivery) throws InterruptedException {
        Offer offer = inHand.add(delivery);
        if (offer != null) {
            waiting.put(offer);
        }
    }

    @Override
    public void run() {
        try {
            while (true) {
                List<Offer> taken = new ArrayList<>(List.of(waiting.take()));
                waiting.drainTo(taken);
                List<Offer> batch = new ArrayList<>();
                for (Offer offer : taken) {
                    if (lanes.isBusy(offer.flow()) || !inbox.isReady(offer.delivery())) {
                        batch = handedOver(batch); // what is before it in its flow goes first
                        toLane(offer);
                    } else if (inHand.isNotorious(offer)) {
                        batch = handedOver(batch);
                        handedOver(new ArrayList<>(List.of(offer)));
                    } else {
                        batch.add(offer);
                    }
                }
                handedOver(batch);
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private void toLane(Offer offer) {
        switch (lanes.join(offer)) {
            case FIRST -> crew.waiting("lane-" + offer.flow(), () -> runLane(offer));
            case BEHIND -> {
                // the lane's thread comes to it
            }
            case FULL -> {
                inHand.letGo(offer);
                offerAgain.run();
            }
        }
    }

    private void runLane(Offer first) {
        try {
            FlowName flow = first.flow();
            @Nullable Offer next = first;
            while (next != null) {
                if (!next.isLetGo()) {
                    awaitFiled(next.delivery());
                    finish(next);
                }
                next = lanes.next(flow);
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private void awaitFiled(Delivery notice) throws InterruptedException {
        for (int looks = 0; !notice.isLarge() && !inbox.isReady(notice) && looks < FILED_LOOKS_MAX; looks++) {
            pause.pause(FILED_LOOK);
        }
    }

    /// Hands over the first of a lane. A broken download goes on at once; only then is the hub asked to offer it
    /// again.
    private void finish(Offer offer) throws InterruptedException {
        List<Delivery> one = List.of(offer.delivery());
        Result result = inbox.handOver(one);
        for (int tries = 1; result.again() && offer.delivery().isLarge() && tries < FETCHES_MAX; tries++) {
            pause.pause(FETCH_AGAIN.multipliedBy(tries));
            result = inbox.handOver(one);
        }
        ended(List.of(offer), result);
    }

    /// Hands over what nobody has let go meanwhile.
    ///
    /// @return an empty batch
    private List<Offer> handedOver(List<Offer> batch) throws InterruptedException {
        batch.removeIf(Offer::isLetGo);
        if (!batch.isEmpty()) {
            ended(batch, inbox.handOver(batch.stream().map(Offer::delivery).toList()));
        }
        return new ArrayList<>();
    }

    private void ended(List<Offer> batch, Result result) throws InterruptedException {
        Set<Position> done = new HashSet<>(result.handedOver());
        result.rejected().forEach(rejection -> done.add(rejection.position()));
        Set<FlowName> failed = new HashSet<>();
        for (Offer offer : batch) {
            if (!done.contains(offer.position()) && failed.add(offer.flow())) {
                inHand.failed(offer); // the first of its flow; the inbox has not tried those behind it
            }
        }
        acknowledger.add(result);
        batch.stream().filter(offer -> done.contains(offer.position())).forEach(inHand::ended);
        if (result.again()) {
            offerAgain.run();
        }
    }
}
