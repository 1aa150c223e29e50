package aiguillage.gateway.outbox;

import aiguillage.gateway.outbox.Filing.Answered;
import aiguillage.gateway.pace.Backoff;
import aiguillage.gateway.pace.Pause;
import java.util.concurrent.Semaphore;

/// Sends one flow's documents, one after the other: the next one leaves when the hub has answered for the one
/// before.
final class FlowSender implements Runnable {

    /// A document on which the hub itself fails (500) so many times in a row, with pauses, is set aside, so that it
    /// does not hold back the next one for ever.
    static final int HUB_FAILURES_MAX = 10;

    private final FlowQueue queue;
    private final Submitter submitter;
    private final Semaphore lanes;
    private final FilingLine line;
    private final Backoff backoff;
    private final Pause pause;
    private long lastSent;

    /// @param lanes how many submissions go to the hub at the same time, over all flows
    FlowSender(FlowQueue queue, Submitter submitter, Semaphore lanes, FilingLine line, Backoff backoff, Pause pause) {
        this.queue = queue;
        this.submitter = submitter;
        this.lanes = lanes;
        this.line = line;
        this.backoff = backoff;
        this.pause = pause;
    }

    @Override
    public void run() {
        try {
            while (true) {
                send(queue.awaitAfter(lastSent));
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    /// Sends until there is a final answer, and passes it on to be filed.
    void send(Waiting document) throws InterruptedException {
        Answer.Final answer = document.flaw() == null ? answered(document) : new Answer.Refused(document.flaw());
        line.add(new Answered(document, queue.payload(document), answer));
        lastSent = document.number();
        backoff.worked();
    }

    private Answer.Final answered(Waiting document) throws InterruptedException {
        int hubFailures = 0;
        while (true) {
            switch (attempt(document)) {
                case Answer.Final last -> {
                    return last;
                }
                case Answer.Later(var reason, var after, var hubFailed) -> {
                    hubFailures = hubFailed ? hubFailures + 1 : 0;
                    if (hubFailures >= HUB_FAILURES_MAX) {
                        return new Answer.Refused(Refusal.hubFails(hubFailures, reason));
                    }
                    pause.pause(backoff.failed(after));
                }
            }
        }
    }

    private Answer attempt(Waiting document) throws InterruptedException {
        lanes.acquire();
        try {
            return submitter.submit(document, queue.payload(document));
        } finally {
            lanes.release();
        }
    }
}
