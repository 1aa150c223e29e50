package aiguillage.gateway.outbox;

import aiguillage.gateway.outbox.Filing.Answered;
import aiguillage.gateway.pace.Backoff;
import aiguillage.gateway.pace.Pause;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Semaphore;

/// Sends one flow's documents, one after the other: the next one leaves when the hub has answered for the one
/// before.
final class FlowSender implements Runnable {

    /// When the hub itself fails (500) on a document so many times in a row, with pauses, the next one is tried: if
    /// the hub answers for that one, the first is set aside, so that it does not hold back the others for ever. If
    /// not, it is the hub that is ill, and all wait (decision 16).
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

    /// Sends until there is a final answer, and passes it on to be filed. With a document on which only the hub
    /// fails, those up to the one that the hub answered for are passed on, too.
    void send(Waiting document) throws InterruptedException {
        if (document.flaw() != null) {
            file(document, new Answer.Refused(document.flaw()));
            return;
        }
        int hubFailures = 0;
        while (true) {
            switch (attempt(document)) {
                case Answer.Final last -> {
                    file(document, last);
                    return;
                }
                case Answer.Later(var reason, var after, var hubFailed) -> {
                    hubFailures = hubFailed ? hubFailures + 1 : 0;
                    if (hubFailures >= HUB_FAILURES_MAX
                            && passedOver(document, Refusal.hubFails(hubFailures, reason))) {
                        return;
                    }
                    pause.pause(backoff.failed(after));
                }
            }
        }
    }

    /// Tries the next document once. An answer for it shows that the hub works and stumbles over this one.
    ///
    /// @return whether this one was set aside
    private boolean passedOver(Waiting document, Refusal refusal) throws InterruptedException {
        List<Waiting> flawed = new ArrayList<>();
        Waiting next = queue.after(document.number());
        while (next != null && next.flaw() != null) {
            flawed.add(next);
            next = queue.after(next.number());
        }
        if (next == null || !(attempt(next) instanceof Answer.Final answer)) {
            return false;
        }
        // Once more, should it have recovered just between the two.
        file(document, attempt(document) instanceof Answer.Final late ? late : new Answer.Refused(refusal));
        for (Waiting between : flawed) {
            file(between, new Answer.Refused(Objects.requireNonNull(between.flaw())));
        }
        file(next, answer);
        return true;
    }

    private void file(Waiting document, Answer.Final answer) throws InterruptedException {
        line.add(new Answered(document, queue.payload(document), answer));
        lastSent = document.number();
        backoff.worked();
    }

    /// A document that cannot be put into a request is refused: it must not end the gateway, at each start anew.
    private Answer attempt(Waiting document) throws InterruptedException {
        lanes.acquire();
        try {
            return submitter.submit(document, queue.payload(document));
        } catch (IllegalArgumentException e) {
            return new Answer.Refused(Refusal.notSendable(Objects.toString(e.getMessage(), e.toString())));
        } finally {
            lanes.release();
        }
    }
}
