package aiguillage.dataset.replica;

import static org.assertj.core.api.Assertions.assertThat;

import aiguillage.dataset.row.Row;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// I7: a power cut at every single write of a fold, with every loss that it may bring.
class CutTest {

    private static final int KEYS = 24;
    private static final int BATCH_BYTES = 700;

    /// Version 7 replaces everything, 8 does not.
    private static final int FOLDED = 6;

    private static final int LAST = 8;

    @TempDir
    private Path folder;

    private final Prices prices = new Prices(KEYS);

    /// By the name of their file.
    private final Map<String, byte[]> layers = new HashMap<>();

    private Replica open(MemoryRowStore store) throws IOException {
        return new Replica(store, new LayerFiles(folder.resolve("layers")), BATCH_BYTES);
    }

    @Test
    void aFoldThatIsCutAnywhereIsExactBeforeItIsDoneAgainAndAfterwards() throws Exception {
        MemoryRowStore folded = folded();
        int cuts = 0;
        boolean cut = true;
        for (int write = 1; cut; write++) {
            for (int done = 0; done < 2 && cut; done++) {
                MemoryRowStore store = folded.afterPowerCut(0);
                Replica replica = openWithLayers(store);
                store.cutIn(write, done == 1);
                cut = isCut(replica);
                cuts += cut ? compareLosses(store) : 0;
            }
        }
        assertThat(cuts).isGreaterThan(50);
    }

    private MemoryRowStore folded() throws IOException {
        var store = new MemoryRowStore();
        Replica replica = open(store);
        for (long number = 1; number <= LAST; number++) {
            Path file = folder.resolve("received");
            Version version = prices.made(number, file);
            byte[] layer = Files.readAllBytes(file);
            replica.adopt(version, file);
            layers.put(
                    new LayerFiles(folder.resolve("layers"))
                            .file(version.layer())
                            .getFileName()
                            .toString(),
                    layer);
        }
        assertThat(replica.fold(Prices.effective(FOLDED))).isNull();
        return store;
    }

    /// The layers are there again that another future of the same past has removed.
    private Replica openWithLayers(MemoryRowStore store) throws IOException {
        for (Map.Entry<String, byte[]> layer : layers.entrySet()) {
            Path file = folder.resolve("layers").resolve(layer.getKey());
            if (!Files.exists(file)) {
                Files.write(file, layer.getValue());
            }
        }
        return open(store);
    }

    private static boolean isCut(Replica replica) {
        try {
            replica.fold(Prices.effective(LAST));
            return false;
        } catch (IOException e) {
            assertThat(e).hasMessageContaining("the power was cut");
            return true;
        }
    }

    private int compareLosses(MemoryRowStore cut) throws Exception {
        int losses = 0;
        for (int kept = 0; kept <= cut.lazyWrites(); kept++) {
            Replica replica = openWithLayers(cut.afterPowerCut(kept));
            compare(replica);
            assertThat(replica.fold(Prices.effective(LAST))).isNull();
            compare(replica);
            Verified verified = replica.verify();
            assertThat(verified.exact()).isTrue();
            assertThat(verified.damaged()).isEmpty();
            losses++;
        }
        return losses;
    }

    private static void compare(Replica replica) throws Exception {
        for (long version = 1; version <= LAST; version++) {
            Instant at = Prices.effective(version);
            for (int key = 0; key < KEYS; key++) {
                Found found = replica.lookup(Prices.key(key), at);
                Row row = Prices.rows(version, key).at(at);
                assertThat(found.version().number()).isEqualTo(version);
                assertThat(found.row()).as(key + " in version " + version).isEqualTo(row);
            }
        }
    }
}
