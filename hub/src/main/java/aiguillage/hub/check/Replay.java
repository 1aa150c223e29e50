package aiguillage.hub.check;

import aiguillage.hub.entry.Entry;
import aiguillage.hub.entry.Payload;
import aiguillage.hub.store.Changes;
import aiguillage.hub.store.CorruptRecord;
import aiguillage.hub.store.Key;
import aiguillage.hub.store.Overlay;
import aiguillage.hub.store.Store;
import aiguillage.hub.store.Table;
import aiguillage.hub.yard.Outcome;
import aiguillage.hub.yard.Yard;
import aiguillage.protocol.PartyId;
import aiguillage.protocol.Position;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/// Makes the views again from the entries, in a scratch store, and compares them row by row. Not for several
/// threads.
public final class Replay {

    /// What the entries alone decide. A row of [Table#PAYLOADS] is there as long as the payload is kept; its
    /// content is compared with the entry's digest, not here.
    public static final List<Table> VIEWS = List.of(
            Table.DOCUMENTS,
            Table.HISTORY,
            Table.PENDING,
            Table.QUARANTINE,
            Table.MAILBOXES,
            Table.DUE,
            Table.SEARCH,
            Table.FILES,
            Table.CODES,
            Table.CERTIFICATES,
            Table.CURRENT,
            Table.VERSIONS,
            Table.HELD,
            Table.ACTS,
            Table.SETTINGS,
            Table.REPEATED,
            Table.SUSPENDED,
            Table.OPERATORS,
            Table.OPERATOR_KEYS,
            Table.TABLES,
            Table.REFUSED,
            Table.SUBJECTS,
            Table.PAYLOADS);

    /// Behind every key: a digest may begin with many bytes 0xff, but not with so many.
    private static final byte[] BEHIND_ALL = new byte[64];

    static {
        Arrays.fill(BEHIND_ALL, (byte) 0xff);
    }

    private static final int TOGETHER = 2_000;
    private static final byte[] KEPT = {};

    private final Store real;
    private final Store scratch;
    private final Yard yard;
    private Overlay views;
    private int together;

    /// @param scratch empty
    public Replay(Store real, Store scratch, PartyId hub) {
        this.real = real;
        this.scratch = scratch;
        this.yard = new Yard(hub);
        this.views = new Overlay(new ScratchViews());
    }

    /// The entries are those of the journal; all else is what was made again.
    private final class ScratchViews implements Store {

        @Override
        public byte @Nullable [] get(Table table, byte[] key) {
            return (table == Table.ENTRIES ? real : scratch).get(table, key);
        }

        @Override
        public Scan scan(Table table, byte[] from, byte[] to) {
            return scratch.scan(table, from, to);
        }

        @Override
        public @Nullable Row last(Table table, byte[] from, byte[] to) {
            return scratch.last(table, from, to);
        }

        @Override
        public void write(Changes changes) {
            scratch.write(changes);
        }

        @Override
        public void close() {}
    }

    /// Applies the next entry, as the journal's writer did.
    ///
    /// @return false when it would not have been recorded: then the journal is none that a hub wrote
    public boolean apply(Position position, Entry entry) {
        if (!(yard.apply(position, entry, views) instanceof Outcome.Recorded)) {
            return false;
        }
        if (entry instanceof Entry.DocumentAccepted document && isInline(document.payload())) {
            views.put(Table.PAYLOADS, Key.of(position.value()), KEPT);
        }
        if (++together == TOGETHER) {
            end();
        }
        return true;
    }

    private static boolean isInline(Payload payload) {
        return payload.file() == null;
    }

    /// Writes what is left, before [#compare].
    public void end() {
        scratch.write(views.changes());
        views = new Overlay(new ScratchViews());
        together = 0;
    }

    /// Whether this document's payload is still kept, as the entries say.
    public boolean keepsInline(Position document) {
        return scratch.get(Table.PAYLOADS, Key.of(document.value())) != null;
    }

    /// The payload files that are still kept.
    public Store.Scan files() {
        return scratch.scan(Table.FILES, new byte[0], BEHIND_ALL);
    }

    /// Compares a whole table with the one made again.
    ///
    /// @param wrong told of each row that is missing, too much, damaged or another
    /// @param progress told of the rows so far
    /// @return the rows compared
    public long compare(Table table, Consumer<String> wrong, LongConsumer progress) {
        long rows = 0;
        try (Store.Scan stored = real.scan(table, new byte[0], BEHIND_ALL);
                Store.Scan shouldBe = scratch.scan(table, new byte[0], BEHIND_ALL)) {
            var is = new Stored(stored, wrong);
            is.next();
            boolean hasShould = shouldBe.next();
            boolean isBeforeTheFirst = table == Table.TABLES; // hubs of before did not write this one
            while (is.has || hasShould) {
                int order = !is.has ? 1 : !hasShould ? -1 : Arrays.compareUnsigned(stored.key(), shouldBe.key());
                isBeforeTheFirst &= order > 0;
                if (isBeforeTheFirst) {
                    hasShould = shouldBe.next();
                    continue;
                }
                if (order > 0) {
                    wrong.accept(row(table, shouldBe.key()) + " is missing: the journal says that it is there");
                } else if (order < 0 && !is.isDamaged) {
                    wrong.accept(
                            row(table, stored.key()) + " does not follow from the journal: it should not be there");
                } else if (!is.isDamaged
                        && table != Table.PAYLOADS
                        && !Arrays.equals(stored.value(), shouldBe.value())) {
                    wrong.accept(row(table, stored.key()) + " is damaged: it is not what the journal says");
                }
                if (order <= 0) {
                    is.next();
                }
                hasShould = order >= 0 ? shouldBe.next() : hasShould;
                progress.accept(++rows);
            }
        }
        return rows;
    }

    /// The rows that are there, the damaged ones too: each is told, and the next one read.
    private static final class Stored {

        private final Store.Scan scan;
        private final Consumer<String> wrong;
        private boolean has;
        private boolean isDamaged;

        Stored(Store.Scan scan, Consumer<String> wrong) {
            this.scan = scan;
            this.wrong = wrong;
        }

        void next() {
            isDamaged = false;
            try {
                has = scan.next();
            } catch (CorruptRecord e) {
                has = true;
                isDamaged = true;
                wrong.accept(String.valueOf(e.getMessage()));
            }
        }
    }

    private static String row(Table table, byte[] key) {
        return "record " + HexFormat.of().formatHex(key) + " of table " + table;
    }
}
