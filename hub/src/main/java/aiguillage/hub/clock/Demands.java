package aiguillage.hub.clock;

import aiguillage.hub.document.Documents;
import aiguillage.hub.entry.Entry;
import aiguillage.hub.health.HubMetrics;
import aiguillage.hub.journal.Applied;
import aiguillage.hub.journal.Journal;
import aiguillage.hub.mailbox.Mailboxes;
import aiguillage.hub.payload.Payloads;
import aiguillage.hub.store.Store;
import aiguillage.hub.store.Table;
import aiguillage.hub.yard.Due;
import aiguillage.hub.yard.Outcome;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/// Meets what the clock demands. One thread at a time.
public final class Demands {

    /// The most that is done at once; the rest follows at the next call.
    static final int AT_ONCE = 1_000;

    private final Store store;
    private final Journal journal;
    private final Mailboxes mailboxes;
    private final Documents documents;
    private final Payloads payloads;
    private final HubMetrics metrics;

    public Demands(
            Store store,
            Journal journal,
            Mailboxes mailboxes,
            Documents documents,
            Payloads payloads,
            HubMetrics metrics) {
        this.store = store;
        this.journal = journal;
        this.mailboxes = mailboxes;
        this.documents = documents;
        this.payloads = payloads;
        this.metrics = metrics;
    }

    /// Does what is due by now, and waits until it is durable.
    ///
    /// @return how much was done; [#AT_ONCE] means that there may be more
    public int meet(Instant now) {
        List<Entry> entries = due(now);
        var appended = new ArrayList<CompletableFuture<Applied>>();
        entries.forEach(entry -> appended.add(journal.append(entry)));
        for (int i = 0; i < entries.size(); i++) {
            if (appended.get(i).join().outcome() instanceof Outcome.Recorded) {
                met(entries.get(i));
            }
        }
        return entries.size();
    }

    private List<Entry> due(Instant now) {
        var entries = new ArrayList<Entry>();
        try (Store.Scan scan = store.scan(Table.DUE, new byte[] {0}, Due.behind(now))) {
            while (entries.size() < AT_ONCE && scan.next()) {
                Optional<Entry> entry = switch (Due.decode(scan.key())) {
                    case Due.Expiry(var _, var reader, var flow, var delivery) ->
                        mailboxes
                                .row(reader, flow, delivery)
                                .map(row -> new Entry.DeliveryExpired(now, row.delivery()));
                    case Due.Removal(var _, var document) -> Optional.of(new Entry.PayloadRemoved(now, document));
                };
                entry.ifPresent(entries::add);
            }
        }
        return entries;
    }

    private void met(Entry entry) {
        if (entry instanceof Entry.PayloadRemoved removed) {
            String file =
                    documents.document(removed.document()).entry().payload().file();
            if (file != null) {
                payloads.remove(file);
            }
        } else {
            metrics.expired();
        }
    }
}
