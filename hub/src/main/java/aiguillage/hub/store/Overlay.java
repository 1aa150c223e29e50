package aiguillage.hub.store;

import org.jspecify.annotations.Nullable;

/// The store as it will be once the changes so far are written: what the yard reads and writes while a batch is
/// being made. Not for several threads.
public final class Overlay {

    private final Store store;
    private final Changes changes = new Changes();

    public Overlay(Store store) {
        this.store = store;
    }

    public byte @Nullable [] get(Table table, byte[] key) {
        Changes.Change change = changes.get(table, key);
        return change == null ? store.get(table, key) : change.value();
    }

    public void put(Table table, byte[] key, byte[] value) {
        changes.put(table, key, value);
    }

    public void delete(Table table, byte[] key) {
        changes.delete(table, key);
    }

    /// Everything changed so far, to be written.
    public Changes changes() {
        return changes;
    }
}
