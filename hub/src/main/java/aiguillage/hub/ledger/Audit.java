package aiguillage.hub.ledger;

import aiguillage.hub.entry.Entry;
import aiguillage.hub.entry.EntryCodec;
import aiguillage.hub.store.Changes;
import aiguillage.hub.store.CorruptRecord;
import aiguillage.hub.store.Key;
import aiguillage.hub.store.Store;
import aiguillage.hub.store.StoreFailed;
import aiguillage.hub.store.Table;
import aiguillage.protocol.Position;
import aiguillage.protocol.proof.Hash;
import java.io.IOException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Proves that a ledger is the one of its entries: every leaf, every stored node and the root are made again from
/// the entries as they stand in the journal. Nothing is taken from what the ledger stored before. Constant memory;
/// one thread.
public final class Audit {

    private final Store store;
    private final Ledger ledger;

    public Audit(Store store, Ledger ledger) {
        this.store = store;
        this.ledger = ledger;
    }

    /// Looks at an entry whose leaf was found right.
    @FunctionalInterface
    public interface Look {
        void at(Position position, Entry entry) throws IOException;
    }

    /// The journal and its ledger do not fit; the message names the position.
    public static final class Broken extends RuntimeException {

        @java.io.Serial
        private static final long serialVersionUID = 1;

        Broken(String what) {
            super(what);
        }

        Broken(String what, RuntimeException cause) {
            super(what, cause);
        }
    }

    /// Walks over every entry, in order.
    ///
    /// @return how many there are
    /// @throws Broken at the first place that does not fit
    /// @throws IOException when `look` throws it
    public long run(Look look) throws IOException {
        Edge edge = Edge.EMPTY;
        try (Store.Scan commits = store.scan(Table.LEAVES, Key.of(1), Key.of(Long.MAX_VALUE));
                Store.Scan entries = store.scan(Table.ENTRIES, Key.of(1), Key.of(Long.MAX_VALUE))) {
            while (next(edge, commits)) {
                edge = commit(edge, commits, entries, look);
            }
            if (entries.next()) {
                throw new Broken(
                        "entry " + Key.lastNumber(entries.key()) + " stands behind the ledger's end at " + edge.size());
            }
        } catch (StoreFailed e) {
            throw new Broken("the journal cannot be read behind entry " + edge.size() + ": " + e.getMessage(), e);
        }
        if (!MessageDigest.isEqual(edge.root(), ledger.root(edge.size()))) {
            throw new Broken("the root over all " + edge.size() + " entries is not the one of the stored nodes");
        }
        return edge.size();
    }

    private Edge commit(Edge before, Store.Scan commits, Store.Scan entries, Look look) throws IOException {
        long first = Key.lastNumber(commits.key());
        if (first != before.size() + 1) {
            throw new Broken("the ledger goes on at position " + first + " behind " + before.size());
        }
        byte[] recorded = leaves(first, commits);
        var leaves = new ArrayList<byte[]>(recorded.length / Hash.BYTES);
        for (int i = 0; i < recorded.length / Hash.BYTES; i++) {
            var position = new Position(first + i);
            byte[] stored = entry(position, entries);
            byte[] leaf = leaf(position, stored);
            if (!Arrays.equals(leaf, 0, Hash.BYTES, recorded, i * Hash.BYTES, (i + 1) * Hash.BYTES)) {
                throw new Broken("entry " + position + " is not the one that was recorded: its hash is not its leaf's");
            }
            leaves.add(leaf);
            look.at(position, EntryCodec.decodeStored(stored));
        }
        Growth growth = Growth.of(before, leaves);
        requireNodes(before, leaves, growth);
        return growth.edge();
    }

    private static boolean next(Edge before, Store.Scan commits) {
        try {
            return commits.next();
        } catch (CorruptRecord e) {
            throw new Broken("the leaves from position " + (before.size() + 1) + " are damaged", e);
        }
    }

    private static byte[] leaves(long first, Store.Scan commits) {
        byte[] recorded = commits.value();
        if (recorded.length > 0 && recorded.length % Hash.BYTES == 0) {
            return recorded;
        }
        throw new Broken("the leaves from position " + first + " are cut");
    }

    private static byte[] entry(Position position, Store.Scan entries) {
        try {
            if (!entries.next() || Key.lastNumber(entries.key()) != position.value()) {
                throw new Broken("entry " + position + " is missing");
            }
            return entries.value();
        } catch (CorruptRecord e) {
            throw new Broken("entry " + position + " is damaged: its bytes are not those that were written", e);
        }
    }

    private byte[] leaf(Position position, byte[] stored) {
        try {
            return ledger.leaf(position, stored).hash();
        } catch (RuntimeException e) { // whatever a decoder meets in bytes that are none of ours
            throw new Broken("entry " + position + " cannot be read: " + e.getMessage(), e);
        }
    }

    /// What the hub recorded with this commit, made again, is what is stored.
    private void requireNodes(Edge before, List<byte[]> leaves, Growth growth) {
        var expected = new Changes();
        Ledger.record(before, leaves, growth, expected);
        expected.forEach(Table.NODES, (key, change) -> {
            byte[] stored;
            try {
                stored = store.get(Table.NODES, key);
            } catch (CorruptRecord e) {
                throw new Broken("a node of the ledger up to position " + growth.size() + " is damaged", e);
            }
            if (!Arrays.equals(stored, change.value())) {
                throw new Broken(
                        "a node of the ledger up to position " + growth.size() + " is not that of its entries");
            }
        });
    }
}
