package aiguillage.hub.ledger;

import aiguillage.hub.store.Key;
import aiguillage.hub.store.Store;
import aiguillage.hub.store.Table;
import aiguillage.protocol.proof.Hash;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/// The nodes of the tree as the store has them: stored levels are read, those between are computed. Remembers what
/// it read: make one per proof. Not for several threads.
final class StoredNodes implements Nodes {

    private final Store store;
    private final Map<Long, byte[]> leaves = new HashMap<>();

    StoredNodes(Store store) {
        this.store = store;
    }

    @Override
    public byte[] node(int level, long index) {
        if (level == 0) {
            return leaf(index);
        }
        if (level % Growth.STORED_LEVELS == 0) {
            byte[] stored = store.get(Table.NODES, key(level, index));
            if (stored == null) {
                throw new AssertionError("the ledger has no node " + index + " at level " + level);
            }
            return stored;
        }
        return Hash.ofNode(node(level - 1, 2 * index), node(level - 1, 2 * index + 1));
    }

    static byte[] key(int level, long index) {
        return ByteBuffer.allocate(1 + Long.BYTES)
                .put((byte) level)
                .putLong(index)
                .array();
    }

    private byte[] leaf(long index) {
        if (!leaves.containsKey(index)) {
            load(index & -(1L << Growth.STORED_LEVELS), index);
        }
        byte[] leaf = leaves.get(index);
        if (leaf == null) {
            throw new AssertionError("the ledger has no leaf " + index);
        }
        return leaf;
    }

    /// Reads the leaves from `from` up to the end of its 256, and the commit that holds `wanted` even if it began
    /// before.
    private void load(long from, long wanted) {
        long begin = Math.min(from + 1, Commits.holding(store, wanted + 1));
        try (Store.Scan scan =
                store.scan(Table.LEAVES, Key.of(begin), Key.of(from + 1 + (1L << Growth.STORED_LEVELS)))) {
            while (scan.next()) {
                long first = Key.lastNumber(scan.key()) - 1;
                byte[] hashes = scan.value();
                for (int i = 0; i < hashes.length / Hash.BYTES; i++) {
                    leaves.put(first + i, Arrays.copyOfRange(hashes, i * Hash.BYTES, (i + 1) * Hash.BYTES));
                }
            }
        }
    }
}
