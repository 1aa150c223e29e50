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
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Takes deliveries from the stream to the inbox: small ones in batches that share their fsyncs, large ones in a
/// lane of their own.
///
/// The order within a flow stays: when one cannot be handed over now, those behind it in its flow are let go until a
/// new stream offers all of them again, from the first. One that fails [#HELD_TRIES_MAX] times holds back nobody any
/// more.
final class HandOverLine implements Runnable {

    static final int WAITING_MAX = 128;

    /// A notice waits so long for the file it speaks of; then it is handed over under the name the file would have.
    private static final int FILED_LOOKS_MAX = 500;
    private static final Duration FILED_LOOK = Duration.ofMillis(20);

    /// So many times a delivery that cannot be handed over holds back the next ones of its flow.
    static final int HELD_TRIES_MAX = 10;

    private static final int FETCHES_MAX = 5;
    private static final Duration FETCH_AGAIN = Duration.ofMillis(500);

    private final Inbox inbox;
    private final Acknowledger acknowledger;
    private final Runnable offerAgain;
    private final Crew crew;
    private final Pause pause;
    private final BlockingQueue<Item> waiting = new ArrayBlockingQueue<>(WAITING_MAX);
    private final Set<Position> inHand = ConcurrentHashMap.newKeySet();
    private final Lanes lanes = new Lanes();
    private final Set<FlowName> held = ConcurrentHashMap.newKeySet();
    private final Map<Position, Integer> failed = new ConcurrentHashMap<>();

    private sealed interface Item {
        record Offered(Delivery delivery) implements Item {}

        record StreamBegins() implements Item {}
    }

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
            waiting.put(new Item.Offered(delivery));
        }
    }

    /// What is added from here on comes from a new stream, which begins with the first that is pending.
    void streamBegins() throws InterruptedException {
        waiting.put(new Item.StreamBegins());
    }

    @Override
    public void run() {
        try {
            while (true) {
                List<Item> taken = new ArrayList<>(List.of(waiting.take()));
                waiting.drainTo(taken);
                List<Delivery> batch = new ArrayList<>();
                for (Item item : taken) {
                    batch = switch (item) {
                        case Item.Offered(var delivery) -> take(delivery, batch);
                        case Item.StreamBegins() -> {
                            List<Delivery> next = handedOver(batch);
                            held.clear();
                            yield next;
                        }
                    };
                }
                handedOver(batch);
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    /// @return the batch that is not yet handed over
    private List<Delivery> take(Delivery delivery, List<Delivery> batch) throws InterruptedException {
        boolean notorious = failed.getOrDefault(delivery.position(), 0) >= HELD_TRIES_MAX;
        if (held.contains(delivery.flow())) {
            letGo(delivery);
        } else if (lanes.isBusy(delivery.flow()) || !inbox.isReady(delivery)) {
            List<Delivery> next = handedOver(batch); // what is before it in its flow goes first
            if (held.contains(delivery.flow())) {
                letGo(delivery);
            } else {
                toLane(delivery);
            }
            return next;
        } else if (notorious) {
            List<Delivery> next = handedOver(batch);
            handedOver(new ArrayList<>(List.of(delivery)));
            return next;
        } else {
            batch.add(delivery);
        }
        return batch;
    }

    private void letGo(Delivery delivery) {
        inHand.remove(delivery.position());
        offerAgain.run();
    }

    private void toLane(Delivery delivery) {
        switch (lanes.join(delivery)) {
            case FIRST -> crew.waiting("lane-" + delivery.flow(), () -> runLane(delivery));
            case BEHIND -> {
                // the lane's thread comes to it
            }
            case FULL -> {
                held.add(delivery.flow());
                letGo(delivery);
            }
        }
    }

    private void runLane(Delivery first) {
        try {
            FlowName flow = first.flow();
            @Nullable Delivery next = first;
            while (next != null) {
                if (held.contains(flow)) {
                    letGo(next);
                    next = lanes.next(flow);
                    continue;
                }
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
        Set<Position> done = new HashSet<>(result.handedOver());
        result.rejected().forEach(rejection -> done.add(rejection.position()));
        for (Delivery delivery : batch) {
            if (done.contains(delivery.position())) {
                failed.remove(delivery.position());
            } else if (failed.merge(delivery.position(), 1, Integer::sum) <= HELD_TRIES_MAX) {
                held.add(delivery.flow());
            }
            inHand.remove(delivery.position());
        }
        if (result.again()) {
            offerAgain.run();
        }
    }
}
