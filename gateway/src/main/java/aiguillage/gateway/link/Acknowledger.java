package aiguillage.gateway.link;

import aiguillage.gateway.inbox.Result;
import aiguillage.gateway.inbox.Result.Rejection;
import aiguillage.gateway.pace.Backoff;
import aiguillage.gateway.pace.Pause;
import aiguillage.gateway.status.Trouble;
import aiguillage.gateway.status.Troubles;
import aiguillage.protocol.Position;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.jspecify.annotations.Nullable;

/// Tells the hub what was handed over or rejected, in batches, until the hub has heard it. What it has not heard
/// when the gateway stops is offered again and known by the inbox.
final class Acknowledger implements Runnable {

    static final int WAITING_MAX = 10_000;
    static final int BATCH_MAX = 1_000;

    private final Hub hub;
    private final String name;
    private final Backoff backoff;
    private final Pause pause;
    private final Troubles troubles;
    private final BlockingQueue<Ended> waiting = new ArrayBlockingQueue<>(WAITING_MAX);

    /// What the hub's last no meant, until it has said yes.
    private Trouble.@Nullable Kind said;

    Acknowledger(Hub hub, String name, Backoff backoff, Pause pause, Troubles troubles) {
        this.hub = hub;
        this.name = name;
        this.backoff = backoff;
        this.pause = pause;
        this.troubles = troubles;
    }

    void add(Result result) throws InterruptedException {
        for (Position position : result.handedOver()) {
            waiting.put(new Ended.HandedOver(position));
        }
        for (Rejection rejection : result.rejected()) {
            waiting.put(new Ended.Rejected(rejection));
        }
    }

    @Override
    public void run() {
        try {
            while (true) {
                List<Ended> batch = new ArrayList<>(List.of(waiting.take()));
                waiting.drainTo(batch, BATCH_MAX - 1);
                tell(batch);
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private void tell(List<Ended> batch) throws InterruptedException {
        List<Position> handedOver = new ArrayList<>();
        List<Rejection> rejected = new ArrayList<>();
        for (Ended ended : batch) {
            switch (ended) {
                case Ended.HandedOver(var position) -> handedOver.add(position);
                case Ended.Rejected(var rejection) -> rejected.add(rejection);
            }
        }
        while (!told(handedOver, rejected)) {
            // told has waited
        }
        backoff.worked();
    }

    private boolean told(List<Position> handedOver, List<Rejection> rejected) throws InterruptedException {
        try {
            hub.acknowledge(handedOver, rejected);
            if (said != null) {
                troubles.ended(said, name);
                said = null;
            }
            return true;
        } catch (Hub.HubSaid e) {
            said = e.trouble();
            troubles.reportInstead(Answers.TROUBLES, said, name, String.valueOf(e.getMessage()));
            pause.pause(backoff.failed(e.after()));
            // A no to the batch as such: what is still pending is offered again and acknowledged anew.
            return e.status() == 400 || e.status() == 413 || e.status() == 422;
        } catch (IOException e) {
            pause.pause(backoff.failed(null));
            return false;
        }
    }

    private sealed interface Ended {
        record HandedOver(Position position) implements Ended {}

        record Rejected(Rejection rejection) implements Ended {}
    }
}
