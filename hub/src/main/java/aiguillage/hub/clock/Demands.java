package aiguillage.hub.clock;

import aiguillage.hub.document.Documents;
import aiguillage.hub.entry.Entry;
import aiguillage.hub.health.HubMetrics;
import aiguillage.hub.journal.Applied;
import aiguillage.hub.journal.JournalFull;
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
import java.util.concurrent.CompletionException;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;

/// Meets what the clock demands. One thread at a time.
public final class Demands {

    /// The most that is done at once; the rest follows at the next call.
    static final int AT_ONCE = 1_000;

    private final Store store;
    private final Function<Entry, CompletableFuture<Applied>> journal;
    private final Mailboxes mailboxes;
    private final Documents documents;
    private final Payloads payloads;
    private final HubMetrics metrics;

    /// @param journal appends an entry
    public Demands(
            Store store,
            Function<Entry, CompletableFuture<Applied>> journal,
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

    /// Does all that is due, in steps between which documents come to their turn.
    ///
    /// @param stopping whether to leave the rest
    public void meetAll(Supplier<Instant> now, BooleanSupplier stopping) {
        int done;
        do {
            done = meet(now.get());
        } while (done == AT_ONCE && !stopping.getAsBoolean());
    }

    /// Does what is due by now, and waits until it is durable.
    ///
    /// @return how much was done; [#AT_ONCE] means that there may be more. What the full journal did not take is
    ///     due as before
    int meet(Instant now) {
        List<Entry> entries = due(now);
        var appended = new ArrayList<CompletableFuture<Applied>>();
        entries.forEach(entry -> appended.add(journal.apply(entry)));
        int done = 0;
        CompletionException first = null;
        for (int i = 0; i < entries.size(); i++) {
            try {
                if (appended.get(i).join().outcome() instanceof Outcome.Recorded) {
                    met(entries.get(i));
                }
                done++;
            } catch (CompletionException e) { // this one is still due; what was recorded beside it must be met
                first = first == null ? e : first;
            }
        }
        if (first != null && !(first.getCause() instanceof JournalFull)) {
            throw first;
        }
        return done;
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
