package aiguillage.hub.flows;

import aiguillage.config.ConfigException;
import aiguillage.config.ConfigProblem;
import aiguillage.hub.dataset.Publishers;
import aiguillage.hub.document.Documents;
import aiguillage.hub.document.Recorded;
import aiguillage.hub.entry.Entry;
import aiguillage.hub.journal.Journal;
import aiguillage.hub.problem.Problem;
import aiguillage.hub.problem.Refused;
import aiguillage.hub.routing.Table;
import aiguillage.hub.routing.TableDiff;
import aiguillage.hub.schema.SchemaRefused;
import aiguillage.hub.store.Key;
import aiguillage.hub.store.Store;
import aiguillage.hub.yard.Outcome;
import aiguillage.protocol.Position;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// Looks at flows files before they come into force, puts them into force, and knows those that were. Safe from
/// any thread; runs on threads that may wait.
public final class Proposals {

    /// Stands for whichever table is in force.
    public static final long ANY = 0;

    /// Flows files that are read at the same time to be looked at: each may be 8 MB, and many times that in memory.
    static final int LOOKS_MAX = 2;

    private static final int PATIENCE_SECONDS = 10;

    private final Semaphore looks = new Semaphore(LOOKS_MAX);
    private final CurrentTable flows;
    private final Publishers publishers;
    private final Journal journal;
    private final Documents documents;
    private final Store store;
    private final InstantSource clock;

    public Proposals(
            CurrentTable flows,
            Publishers publishers,
            Journal journal,
            Documents documents,
            Store store,
            InstantSource clock) {
        this.flows = flows;
        this.publishers = publishers;
        this.journal = journal;
        this.documents = documents;
        this.store = store;
        this.clock = clock;
    }

    /// Proves a flows file, and compares it with the table in force. Changes and keeps nothing.
    ///
    /// @throws Refused when others are looked at for long
    public Proposal look(String text) {
        takeTurn();
        try {
            return proven(text);
        } finally {
            looks.release();
        }
    }

    private Proposal proven(String text) {
        InForce now = flows.inForce();
        Table next;
        try {
            next = Table.readNew("flows.yaml", text, now());
        } catch (ConfigException e) {
            return new Proposal.Wrong(e.problems());
        }
        TableDiff diff = TableDiff.between(now.table(), next);
        try {
            flows.tried(text, now());
        } catch (SchemaRefused e) {
            return new Proposal.Unfit(next, now, diff, String.valueOf(e.getMessage()));
        }
        String change = publishers.change(next);
        return change == null ? new Proposal.Usable(next, now, diff) : new Proposal.Unfit(next, now, diff, change);
    }

    /// What lies between two tables that were applied.
    ///
    /// @return empty when this version of the hub does not read one of them any more
    /// @throws Refused when others are looked at for long
    public Optional<TableDiff> between(Entry.TableApplied from, Entry.TableApplied to) {
        takeTurn();
        try {
            return Optional.of(
                    TableDiff.between(Table.read("flows.yaml", from.text()), Table.read("flows.yaml", to.text())));
        } catch (ConfigException e) {
            return Optional.empty();
        } finally {
            looks.release();
        }
    }

    private void takeTurn() {
        try {
            if (looks.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw new Refused(Problem.TOO_MANY_REQUESTS, "Other flows files are being looked at. Ask again.")
                .with("retryAfter", (long) PATIENCE_SECONDS);
    }

    /// Puts a flows file into force, as one entry.
    ///
    /// @param over the position of the table that it is to follow; [#ANY]: of whichever is in force
    /// @param by who applies it
    /// @return where its entry stands
    /// @throws Refused when it cannot be used, or another table than `over` is in force by now
    public Position apply(String text, long over, String by) {
        return apply(text, over, by, () -> {});
    }

    /// The same.
    ///
    /// @param before done when the file is found to be of use, before it is recorded
    public Position apply(String text, long over, String by, Runnable before) {
        InForce next;
        try {
            next = flows.prepare(text, now());
        } catch (ConfigException e) {
            throw new Refused(Problem.BAD_REQUEST, "The flows file cannot be used.")
                    .with(
                            "faults",
                            e.problems().stream().map(ConfigProblem::toString).toList());
        } catch (SchemaRefused e) {
            throw new Refused(Problem.BAD_REQUEST, String.valueOf(e.getMessage()));
        }
        var applied = new ArrayList<Position>();
        String change = publishers.apply(next.table(), () -> applied.add(record(next, over, by, before)));
        if (change != null) {
            throw new Refused(Problem.BAD_REQUEST, change);
        }
        return applied.getFirst();
    }

    /// Only one table at a time comes into force, so nobody comes between the look and the entry.
    private Position record(InForce next, long over, String by, Runnable before) {
        long inForce = flows.inForce().position();
        if (over != ANY && over != inForce) {
            throw new Refused(
                    Problem.TABLE_OVERTAKEN,
                    "The table of position " + inForce + " is in force, and the change was made for that of position "
                            + over + ".");
        }
        before.run();
        var entry = new Entry.TableApplied(now(), next.table().text(), next.schemas(), by);
        Outcome outcome = Journal.await(journal.append(entry)).outcome();
        if (outcome instanceof Outcome.Recorded(var position)) {
            return position;
        }
        throw new AssertionError("a routing table cannot come to " + outcome);
    }

    /// Tables that were applied, newest first: those that this hub or a later one applied, and the one before
    /// these.
    ///
    /// @param before only those in front of this position; `Long.MAX_VALUE`: from the one in force on
    public List<Recorded<Entry.TableApplied>> past(long before, int max) {
        var found = new ArrayList<Recorded<Entry.TableApplied>>();
        Optional<Position> next = newest(before);
        while (next.isPresent() && found.size() < max) {
            Position position = next.get();
            found.add(new Recorded<>(position, applied(position)));
            next = previous(position);
        }
        return found;
    }

    private Optional<Position> newest(long before) {
        if (before == Long.MAX_VALUE) {
            return CurrentTable.position(store);
        }
        Store.Row row = store.last(aiguillage.hub.store.Table.TABLES, Key.of(1), Key.of(before));
        if (row != null) {
            return Optional.of(new Position(Key.lastNumber(row.key())));
        }
        // the one that the first row names has none of its own
        return previous(new Position(before));
    }

    /// The table that one replaced; empty when it was the first, or nothing is known of it.
    public Optional<Position> previous(Position table) {
        byte[] row = store.get(aiguillage.hub.store.Table.TABLES, Key.of(table.value()));
        long position = row == null ? 0 : Key.lastNumber(row);
        return position == 0 ? Optional.empty() : Optional.of(new Position(position));
    }

    /// The table that was applied at a position.
    ///
    /// @throws Refused when none was, as far as is known
    public Recorded<Entry.TableApplied> at(long position) {
        boolean isKnown = position > 0
                && (store.get(aiguillage.hub.store.Table.TABLES, Key.of(position)) != null
                        || isInForce(position)
                        || isBeforeTheFirst(position));
        if (!isKnown) {
            throw new Refused(Problem.NOT_FOUND, "No routing table was applied at position " + position + ".");
        }
        var found = new Position(position);
        return new Recorded<>(found, applied(found));
    }

    private boolean isInForce(long position) {
        return CurrentTable.position(store).map(Position::value).equals(Optional.of(position));
    }

    private boolean isBeforeTheFirst(long position) {
        try (Store.Scan scan =
                store.scan(aiguillage.hub.store.Table.TABLES, Key.of(position), Key.of(Long.MAX_VALUE))) {
            return scan.next() && Key.lastNumber(scan.value()) == position;
        }
    }

    private Entry.TableApplied applied(Position position) {
        if (documents.entry(position) instanceof Entry.TableApplied table) {
            return table;
        }
        throw new AssertionError("a view says that a routing table was applied at " + position);
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
