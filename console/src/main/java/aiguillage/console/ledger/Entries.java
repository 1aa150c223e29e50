package aiguillage.console.ledger;

import aiguillage.hub.document.Documents;
import aiguillage.hub.document.Recorded;
import aiguillage.hub.entry.Entry;
import aiguillage.hub.ledger.Ledger;
import aiguillage.hub.operators.Sight;
import aiguillage.protocol.Position;
import aiguillage.protocol.proof.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.PrimitiveIterator;

/// The entries that somebody sees. Safe from any thread.
final class Entries {

    /// On one page.
    static final int SHOWN_MAX = 50;

    /// Looked at for one page.
    static final int LOOKED_AT_MAX = 2_000;

    private static final int STEP = 200;

    private final Documents documents;
    private final Ledger ledger;

    Entries(Documents documents, Ledger ledger) {
        this.documents = documents;
        this.ledger = ledger;
    }

    /// @param lookedTo the position before which nothing was looked at
    record Found(List<LedgerEntry> entries, long lookedTo) {}

    /// The newest before a position that are seen, newest first.
    Found newest(long before, Sight sight) {
        var found = new ArrayList<LedgerEntry>();
        long at = before;
        for (int looked = 0; at > 1 && looked < LOOKED_AT_MAX; looked += STEP) {
            for (Recorded<Entry> one :
                    documents.entries(Math.max(1, at - STEP), at).reversed()) {
                at = one.position().value();
                if (sees(one.entry(), sight)) {
                    found.add(told(one));
                    if (found.size() == SHOWN_MAX) {
                        return new Found(found, at);
                    }
                }
            }
        }
        return new Found(found, at);
    }

    /// An entry, if it is seen.
    Optional<Recorded<Entry>> at(Position position, Sight sight) {
        return documents
                .find(position)
                .filter(entry -> sees(entry, sight))
                .map(entry -> new Recorded<>(position, entry));
    }

    /// That a content went is seen by those who see its document.
    private boolean sees(Entry entry, Sight sight) {
        return entry instanceof Entry.PayloadRemoved removed
                ? sight.sees(documents.document(removed.document()).entry())
                : sight.sees(entry);
    }

    LedgerEntry told(Recorded<Entry> one) {
        Statement statement = ledger.statement(one.position(), one.entry());
        Map<String, String> facts = new LinkedHashMap<>(statement.facts());
        facts.remove("hub");
        facts.remove("position");
        facts.remove("time");
        return new LedgerEntry(one.position().value(), one.entry().time(), statement.kind(), facts);
    }

    /// The positions from one up to another, inclusive, whose entries are seen, read as they are asked for.
    PrimitiveIterator.OfLong between(long from, long to, Sight sight) {
        return new PrimitiveIterator.OfLong() {
            private final ArrayList<Long> next = new ArrayList<>();
            private long at = from;

            @Override
            public boolean hasNext() {
                while (next.isEmpty() && at <= to) {
                    long end = Math.min(to + 1, at + STEP);
                    for (Recorded<Entry> one : documents.entries(at, end)) {
                        if (sees(one.entry(), sight)) {
                            next.add(one.position().value());
                        }
                    }
                    at = end;
                }
                return !next.isEmpty();
            }

            @Override
            public long nextLong() {
                if (!hasNext()) {
                    throw new NoSuchElementException();
                }
                return next.removeFirst();
            }
        };
    }
}
