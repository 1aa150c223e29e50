package aiguillage.hub.testing;

import aiguillage.hub.store.Changes;
import aiguillage.hub.store.Store;
import aiguillage.hub.store.Table;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/// A store whose disk waits.
public record StandingStill(Store below, CountDownLatch mayWrite) implements Store {

    @Override
    public byte @Nullable [] get(Table table, byte[] key) {
        return below.get(table, key);
    }

    @Override
    public Scan scan(Table table, byte[] from, byte[] to) {
        return below.scan(table, from, to);
    }

    @Override
    public @Nullable Row last(Table table, byte[] from, byte[] to) {
        return below.last(table, from, to);
    }

    @Override
    public void write(Changes changes) {
        try {
            mayWrite.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        below.write(changes);
    }

    @Override
    public void close() {
        below.close();
    }
}
