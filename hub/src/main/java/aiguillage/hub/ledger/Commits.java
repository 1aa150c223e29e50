package aiguillage.hub.ledger;

import aiguillage.hub.store.Key;
import aiguillage.hub.store.Store;
import aiguillage.hub.store.Table;
import aiguillage.protocol.proof.Hash;

/// Where the commits of the journal begin and end, as the leaves' rows tell.
final class Commits {

    private Commits() {}

    /// The first position of the commit that holds a position, or 0 when there is none.
    static long holding(Store store, long position) {
        Store.Row row = store.last(Table.LEAVES, Key.of(1), Key.of(position + 1));
        return row == null ? 0 : Key.lastNumber(row.key());
    }

    /// The number of entries in the journal with the commit that holds a position, or 0 when the journal does not
    /// reach it.
    static long sizeAt(Store store, long position) {
        Store.Row row = store.last(Table.LEAVES, Key.of(1), Key.of(position + 1));
        if (row == null) {
            return 0;
        }
        long size = Key.lastNumber(row.key()) - 1 + row.value().length / Hash.BYTES;
        return size >= position ? size : 0;
    }

    /// The number of entries in the whole journal.
    static long size(Store store) {
        Store.Row row = store.last(Table.LEAVES, Key.of(1), Key.of(Long.MAX_VALUE));
        return row == null ? 0 : Key.lastNumber(row.key()) - 1 + row.value().length / Hash.BYTES;
    }
}
