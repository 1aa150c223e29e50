package aiguillage.hub.ledger;

import aiguillage.hub.store.Key;
import aiguillage.hub.store.Store;
import aiguillage.hub.store.Table;
import aiguillage.protocol.Position;
import aiguillage.protocol.proof.Receipt;
import java.util.HashMap;
import java.util.Map;

/// One head of the ledger, and receipts of many entries under it: who has them compares one head alone. Remembers
/// subtrees from one receipt to the next. For one thread.
public final class OneHead {

    /// Subtrees below this level are made faster than remembered.
    private static final int REMEMBERED_LEVEL = 4;

    private static final int REMEMBERED_MAX = 20_000;

    private final Ledger ledger;
    private final Store store;
    private final long size;
    private final String checkpoint;
    private final Map<Long, byte[]> subtrees = new HashMap<>();
    private StoredNodes stored;

    OneHead(Ledger ledger, Store store, long size, String checkpoint) {
        this.ledger = ledger;
        this.store = store;
        this.size = size;
        this.checkpoint = checkpoint;
        this.stored = new StoredNodes(store);
    }

    /// The number of entries under it.
    public long size() {
        return size;
    }

    /// The signed note.
    public String checkpoint() {
        return checkpoint;
    }

    /// The receipt of an entry under this head, which may be a later one than that of the entry's own commit.
    ///
    /// @throws IllegalArgumentException when the entry is not under it
    public Receipt receipt(Position position) {
        byte[] entry = position.value() > size ? null : store.get(Table.ENTRIES, Key.of(position.value()));
        if (entry == null) {
            throw new IllegalArgumentException("position " + position + " is not among the first " + size + " entries");
        }
        return new Receipt(
                ledger.leaf(position, entry), Proofs.inclusion(position.leafIndex(), size, this::node), checkpoint);
    }

    private byte[] node(int level, long index) {
        if (level < REMEMBERED_LEVEL) {
            return stored.node(level, index);
        }
        long name = (long) level << 56 | index;
        byte[] known = subtrees.get(name);
        if (known == null) {
            if (subtrees.size() >= REMEMBERED_MAX) {
                subtrees.clear();
                stored = new StoredNodes(store); // it remembers each leaf it read
            }
            known = stored.node(level, index);
            subtrees.put(name, known);
        }
        return known;
    }
}
