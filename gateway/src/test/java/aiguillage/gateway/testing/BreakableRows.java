package aiguillage.gateway.testing;

import aiguillage.dataset.replica.LayerFiles;
import aiguillage.dataset.replica.Replica;
import aiguillage.dataset.replica.RocksRowStore;
import aiguillage.dataset.replica.RowStore;
import aiguillage.gateway.replica.Opener;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/// Replicas in RocksDB whose rows cannot be read while a test wants it so.
public final class BreakableRows implements Opener {

    private final AtomicInteger wholeReads = new AtomicInteger();
    private volatile boolean isKeyBroken;
    private volatile boolean isWalkBroken;

    /// Whether rows cannot be asked for by their key.
    public void breakKeys(boolean isBroken) {
        isKeyBroken = isBroken;
    }

    /// Whether rows cannot be walked through.
    public void breakWalks(boolean isBroken) {
        isWalkBroken = isBroken;
    }

    /// How often all rows were read, or were to be.
    public int wholeReads() {
        return wholeReads.get();
    }

    @Override
    public Replica open(Path rows, Path stack) throws IOException {
        return new Replica(new Rows(RocksRowStore.open(rows)), new LayerFiles(stack));
    }

    private static void require(boolean isBroken) {
        if (isBroken) {
            var damage = new IOException("a block of the disk is damaged");
            throw new UncheckedIOException(damage.getMessage(), damage);
        }
    }

    private final class Rows implements RowStore {

        private final RowStore rocks;

        private Rows(RowStore rocks) {
            this.rocks = rocks;
        }

        @Override
        public byte @Nullable [] get(Family family, byte[] key) {
            require(isKeyBroken && family == Family.ROWS);
            return rocks.get(family, key);
        }

        @Override
        public void read(Family family, byte[] from, BiPredicate<byte[], byte[]> reader) {
            if (family == Family.ROWS && from.length == 0) {
                wholeReads.incrementAndGet();
            }
            require(isWalkBroken && family == Family.ROWS);
            rocks.read(family, from, reader);
        }

        @Override
        public void write(List<Put> puts, boolean durable) {
            rocks.write(puts, durable);
        }

        @Override
        public void close() {
            rocks.close();
        }
    }
}
