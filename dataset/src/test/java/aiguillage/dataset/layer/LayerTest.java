package aiguillage.dataset.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNoException;

import aiguillage.dataset.row.Key;
import aiguillage.dataset.row.Row;
import aiguillage.dataset.row.Rows;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LayerTest {

    /// So long that few changes fill a page, and so dull that the page is short.
    private static final String SEVERAL_PAGES = "description ".repeat(100);

    @TempDir
    private Path folder;

    private final SplittableRandom random = new SplittableRandom(11);

    private Map<Key, Rows> changes(int count) {
        return changes(count, "secret description");
    }

    private Map<Key, Rows> changes(int count, String description) {
        Map<Key, Rows> changes = new TreeMap<>();
        while (changes.size() < count) {
            Key key = Key.of(List.of(String.format(Locale.ROOT, "part-%06d", random.nextInt(10 * count))));
            var row = new Row(null, null, List.of(Integer.toString(random.nextInt()), description));
            changes.put(key, random.nextInt(9) == 0 ? Rows.NONE : Rows.of(List.of(row)));
        }
        return changes;
    }

    private static byte[] layer(Map<Key, Rows> changes, @Nullable Seal seal, boolean replaces) throws IOException {
        var out = new ByteArrayOutputStream();
        try (var writer = new LayerWriter(out, seal)) {
            for (Map.Entry<Key, Rows> change : changes.entrySet()) {
                writer.add(change.getKey(), change.getValue());
            }
            assertThat(writer.finish(replaces, null)).isEqualTo(out.size());
        }
        return out.toByteArray();
    }

    private Path file(byte[] bytes) throws IOException {
        return Files.write(folder.resolve("layer"), bytes);
    }

    private static Map<Key, Rows> all(Layer layer) {
        Map<Key, Rows> all = new TreeMap<>();
        layer.all().forEachRemaining(change -> all.put(change.key(), change.rows()));
        return all;
    }

    @Test
    void whatWasWrittenIsFoundAsItLies() throws IOException {
        Map<Key, Rows> changes = changes(5_000);
        try (Layer layer = Layer.open(file(layer(changes, null, false)), null)) {
            layer.check();
            assertThat(layer.changes()).isEqualTo(5_000);
            assertThat(all(layer)).isEqualTo(changes);
            for (int i = 0; i < 20_000; i++) {
                Key key = Key.of(List.of(String.format(Locale.ROOT, "part-%06d", i * 3)));
                assertThat(layer.find(key)).isEqualTo(changes.get(key));
            }
            assertThat(layer.find(Key.of(List.of("a")))).isNull();
            assertThat(layer.find(Key.of(List.of("z")))).isNull();
        }
    }

    @Test
    void readingBeginsAtAnyKey() throws IOException {
        TreeMap<Key, Rows> changes = new TreeMap<>(changes(2_000));
        Layer layer = Layer.open(file(layer(changes, null, false)), null);
        for (int i = 0; i < 100; i++) {
            Key from = Key.of(List.of(String.format(Locale.ROOT, "part-%06d", random.nextInt(21_000))));
            List<Key> found = new ArrayList<>();
            layer.from(from).forEachRemaining(change -> found.add(change.key()));
            assertThat(found).containsExactlyElementsOf(changes.tailMap(from).keySet());
        }
    }

    @Test
    void aLayerThatReplacesSaysOfEveryOtherKeyThatItIsGone() throws IOException {
        Layer layer = Layer.open(file(layer(changes(10), null, true)), null);
        assertThat(layer.find(Key.of(List.of("another")))).isEqualTo(Rows.NONE);
        assertThat(Layer.open(file(layer(Map.of(), null, true)), null).find(Key.of(List.of("any"))))
                .isEqualTo(Rows.NONE);
    }

    @Test
    void keysOutOfOrderAreNotWritten() throws IOException {
        try (var writer = new LayerWriter(new ByteArrayOutputStream(), null)) {
            writer.add(Key.of(List.of("b")), Rows.NONE);
            assertThatIllegalArgumentException().isThrownBy(() -> writer.add(Key.of(List.of("b")), Rows.NONE));
            assertThatIllegalArgumentException().isThrownBy(() -> writer.add(Key.of(List.of("a")), Rows.NONE));
        }
    }

    /// Opens it and reads all of it, in every way there is.
    private static void read(Path file, @Nullable Seal seal) throws IOException {
        Layer layer = Layer.open(file, seal);
        layer.check();
        all(layer);
    }

    @Test
    void aFlippedBitInAnyByteOfALayerIsFound() throws IOException {
        aFlippedBitIsFound(layer(changes(60, SEVERAL_PAGES), null, false), null);
    }

    @Test
    void aFlippedBitInAnyByteOfASealedLayerIsFound() throws IOException {
        Seal seal = Seal.fresh(new SecureRandom());
        aFlippedBitIsFound(layer(changes(30, SEVERAL_PAGES), seal, false), seal);
    }

    /// One bit of each byte, or with `-Daiguillage.every-bit=true` each.
    private void aFlippedBitIsFound(byte[] whole, @Nullable Seal seal) throws IOException {
        Path file = file(whole);
        read(file, seal);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            int step = Boolean.getBoolean("aiguillage.every-bit") ? 1 : 9;
            for (int bit = 0; bit < 8 * whole.length; bit += step) {
                int at = bit / 8;
                channel.write(ByteBuffer.wrap(new byte[] {(byte) (whole[at] ^ 1 << bit % 8)}), at);
                assertThatExceptionOfType(DamagedLayer.class)
                        .as("bit " + bit + " of " + 8 * whole.length)
                        .isThrownBy(() -> read(file, seal));
                channel.write(ByteBuffer.wrap(whole, at, 1), at);
            }
        }
        read(file, seal);
    }

    @Test
    void aCutLayerIsFoundWhereverItWasCut() throws IOException {
        byte[] whole = layer(changes(50), null, false);
        for (int length = 0; length < whole.length; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            assertThatExceptionOfType(DamagedLayer.class).isThrownBy(() -> read(file(cut), null));
        }
    }

    @Test
    void anyBytesAreReadOrRefusedInBoundedMemory() throws IOException {
        for (int i = 0; i < 500; i++) {
            byte[] bytes = new byte[random.nextInt(200)];
            random.nextBytes(bytes);
            if (bytes.length > 12) {
                System.arraycopy("AGLAYER1".getBytes(StandardCharsets.US_ASCII), 0, bytes, 0, 8);
                ByteBuffer.wrap(bytes).putInt(bytes.length - 4, random.nextInt(bytes.length));
            }
            assertThatExceptionOfType(DamagedLayer.class).isThrownBy(() -> read(file(bytes), null));
        }
    }

    /// A hub that computes checksums, and lies in what they are over.
    @Test
    void pagesThatAreNoChangesAreRefused() {
        byte[] rows = Rows.of(List.of(new Row(null, null, List.of("x")))).bytes();
        refused("no key", page(new byte[0], rows));
        refused("an empty cell", page("a\0\0b".getBytes(StandardCharsets.UTF_8), rows));
        refused("rows that are none", page(new byte[] {'a'}, new byte[] {9, 9, 9}));
        refused("a length below 0", ByteBuffer.allocate(8).putInt(-5).array());
        refused(
                "a length behind the end",
                ByteBuffer.allocate(8).putInt(Integer.MAX_VALUE).array());
        refused("keys out of order", joined(page(new byte[] {'b'}, rows), page(new byte[] {'a'}, rows)));
        refused("no change", new byte[0]);
        assertThatNoException()
                .isThrownBy(() ->
                        Page.decode(deflated(joined(page(new byte[] {'a'}, rows), page(new byte[] {'b'}, rows)))));
    }

    private static void refused(String what, byte[] raw) {
        assertThatExceptionOfType(DamagedLayer.class).as(what).isThrownBy(() -> Page.decode(deflated(raw)));
    }

    private static byte[] deflated(byte[] raw) {
        return Page.deflate(raw, raw.length);
    }

    private static byte[] page(byte[] key, byte[] rows) {
        return ByteBuffer.allocate(8 + key.length + rows.length)
                .putInt(key.length)
                .put(key)
                .putInt(rows.length)
                .put(rows)
                .array();
    }

    private static byte[] joined(byte[] left, byte[] right) {
        return ByteBuffer.allocate(left.length + right.length)
                .put(left)
                .put(right)
                .array();
    }

    @Test
    void aPageThatSaysItIsLargerThanAnyIsNotInflated() {
        byte[] page = deflated(new byte[100]);
        ByteBuffer.wrap(page).putInt(4, Integer.MAX_VALUE);
        assertThatExceptionOfType(DamagedLayer.class).isThrownBy(() -> Page.inflate(page, 1_000));
        byte[] honest = deflated(new byte[2_000]);
        assertThatExceptionOfType(DamagedLayer.class)
                .isThrownBy(() -> Page.inflate(honest, 1_000))
                .withMessageContaining("2000");
    }

    /// A hostile hub's layer: no pages at all, and an index that names millions of them.
    private byte[] indexOfPages(int pages, int bytesOfEach) {
        ByteBuffer index = ByteBuffer.allocate(1 + Long.BYTES + pages * (3 * Integer.BYTES));
        index.put((byte) 1).putLong(pages);
        for (int i = 0; i < pages; i++) {
            index.putInt(bytesOfEach).putInt(Integer.BYTES).putInt(0x21000000 + i);
        }
        byte[] stored = Page.deflate(index.array(), index.position());
        return ByteBuffer.allocate(Layer.magic(false).length + pages * bytesOfEach + stored.length + Integer.BYTES)
                .put(Layer.magic(false))
                .position(Layer.magic(false).length + pages * bytesOfEach)
                .put(stored)
                .putInt(stored.length)
                .array();
    }

    @Test
    void anIndexNamesNoMorePagesThanCameWithIt() throws IOException {
        Path file = file(indexOfPages(1_000_000, 0));
        assertThatExceptionOfType(DamagedLayer.class)
                .isThrownBy(() -> Layer.open(file, null))
                .withMessageContaining("a page of 0 bytes");
        assertThatExceptionOfType(DamagedLayer.class)
                .isThrownBy(() -> Layer.open(file(indexOfPages(1_000, Layer.PAGE_BYTES_MIN - 1)), null))
                .withMessageContaining("a page of " + (Layer.PAGE_BYTES_MIN - 1) + " bytes");
    }

    /// The most that deflate can do.
    @Test
    void pagesOfTheDullestChangesAreLargerThanTheLeast() throws IOException {
        Map<Key, Rows> dull = new TreeMap<>();
        for (int i = 0; i < 100; i++) {
            var row = new Row(null, null, List.of("a".repeat(500_000)));
            dull.put(Key.of(List.of("part-" + (100 + i))), Rows.of(List.of(row)));
        }
        for (int i = 0; i < 3_000; i++) {
            dull.put(Key.of(List.of("a".repeat(500) + String.format(Locale.ROOT, "%04d", i))), Rows.NONE);
        }
        try (Layer layer = Layer.open(file(layer(dull, null, false)), null)) {
            layer.check();
            assertThat(all(layer)).isEqualTo(dull);
        }
    }

    @Test
    void anIndexThatSaysItIsLargerThanAnyIsNotRead() throws IOException {
        Path file = file(Layer.magic(false));
        int claimed = 1_400_000_000;
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.allocate(Integer.BYTES).putInt(0, claimed), 1_500_000_000L); // a hole before it
        }
        assertThatExceptionOfType(DamagedLayer.class)
                .isThrownBy(() -> Layer.open(file, null))
                .withMessageContaining("its index has " + claimed + " bytes");
    }

    @Test
    void aReaderThatIsInterruptedDisturbsNoOther() throws Exception {
        Layer layer = Layer.open(file(layer(changes(3_000), null, false)), null);
        Thread reader = Thread.ofVirtual().start(() -> {
            Thread.currentThread().interrupt();
            try {
                all(layer);
            } catch (UncheckedIOException e) {
                // interrupted
            }
        });
        reader.join();
        assertThat(all(layer)).hasSize(3_000);
    }
}
