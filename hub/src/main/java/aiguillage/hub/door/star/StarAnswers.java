package aiguillage.hub.door.star;

import aiguillage.hub.door.call.Call;
import aiguillage.hub.door.call.HubParts;
import aiguillage.hub.door.call.PerParty;
import aiguillage.hub.entry.Entry;
import aiguillage.hub.yard.DeliveryRow;
import aiguillage.protocol.Envelope;
import aiguillage.protocol.FlowName;
import aiguillage.protocol.PartyId;
import aiguillage.protocol.Position;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// Waits for documents that answer others. Safe from any thread that may wait.
final class StarAnswers {

    /// A party's waits beyond this number end its oldest one.
    static final int WAITS_PER_PARTY_MAX = 8;

    private static final int CHUNK = 1_000;

    private final HubParts hub;
    private final StarItems items;
    private final Duration most;
    private final PerParty<Wait> waits = new PerParty<>(WAITS_PER_PARTY_MAX);

    /// @param most how long a wait may last
    StarAnswers(HubParts hub, StarItems items, Duration most) {
        this.hub = hub;
        this.items = items;
        this.most = most;
    }

    /// A document that was sent.
    ///
    /// @param name by which an answer calls it
    record Sent(String name, Position position, Entry.DocumentAccepted document) {}

    /// The deliveries that answer these documents, as soon as each has one or the time is over. They stay in
    /// the mailbox until their receipts come.
    List<DeliveryRow> await(Call call, List<Sent> sent) {
        PartyId party = call.party();
        var wait = new Wait(party, sent);
        Wait oldest = waits.add(party, wait);
        if (oldest != null) {
            oldest.end();
        }
        Runnable wake = wait.changed::release;
        hub.signals().add(party, wake);
        call.request().addFailureListener(_ -> wait.end());
        try {
            return wait.found();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return List.of();
        } finally {
            hub.signals().remove(party, wake);
            waits.remove(party, wait);
        }
    }

    private final class Wait {

        private final PartyId party;
        private final Map<String, Sent> open = new HashMap<>();
        private final Semaphore changed = new Semaphore(0);
        private final Map<FlowName, Long> looked = new HashMap<>();
        private final List<DeliveryRow> found = new ArrayList<>();
        private final long first;
        private volatile boolean isOver;

        Wait(PartyId party, List<Sent> sent) {
            this.party = party;
            sent.forEach(one -> open.put(one.name(), one));
            this.first =
                    sent.stream().mapToLong(one -> one.position().value()).min().orElse(0);
        }

        /// Nobody waits for it any more, or it is cut short: it gives what it has.
        void end() {
            isOver = true;
            changed.release();
        }

        List<DeliveryRow> found() throws InterruptedException {
            long end = System.nanoTime() + most.toNanos();
            Set<String> answered = new TreeSet<>();
            while (true) {
                changed.drainPermits();
                look(answered);
                long left = end - System.nanoTime();
                if (answered.size() == open.size()
                        || left <= 0
                        || isOver
                        || hub.stopping().begun()) {
                    return found;
                }
                if (!changed.tryAcquire(left, TimeUnit.NANOSECONDS)) {
                    look(answered);
                    return found;
                }
            }
        }

        /// Looks at what came since the last look.
        private void look(Set<String> answered) {
            for (FlowName flow : items.flows()) {
                List<DeliveryRow> rows;
                do {
                    rows = hub.mailboxes().pending(party, looked.getOrDefault(flow, first), flow, CHUNK);
                    for (DeliveryRow row : rows) {
                        looked.put(flow, row.delivery().position().value());
                        String name = answers(row);
                        if (!name.isEmpty()) {
                            answered.add(name);
                            found.add(row);
                        }
                    }
                } while (rows.size() == CHUNK);
            }
        }

        /// Which of ours a document answers: only who was to read that may answer it, and for its brand. Else
        /// empty.
        private String answers(DeliveryRow row) {
            Envelope answer =
                    hub.documents().document(row.delivery().document()).entry().envelope();
            String name = answer.extension(Envelope.IN_REPLY_TO);
            Sent sent = name == null ? null : open.get(name);
            if (sent == null
                    || sent.document().reader(answer.sender()) == null
                    || !sent.document()
                            .envelope()
                            .flow()
                            .brand()
                            .equals(answer.flow().brand())) {
                return "";
            }
            return sent.name();
        }
    }
}
