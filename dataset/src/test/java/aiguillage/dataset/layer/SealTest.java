package aiguillage.dataset.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import aiguillage.dataset.row.Key;
import aiguillage.dataset.row.Row;
import aiguillage.dataset.row.Rows;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Embargo: before its key is known, a layer tells nobody anything.
class SealTest {

    @TempDir
    private Path folder;

    private final Seal seal = Seal.fresh(new SecureRandom());
    private byte[] bytes = {};
    private Path file = Path.of("");

    @BeforeEach
    void write() throws IOException {
        bytes = layer(seal, "new price");
        file = Files.write(folder.resolve("layer"), bytes);
    }

    private static byte[] layer(@Nullable Seal seal, String price) throws IOException {
        var out = new ByteArrayOutputStream();
        try (var writer = new LayerWriter(out, seal)) {
            for (int i = 0; i < 1_000; i++) {
                writer.add(key(i), Rows.of(List.of(new Row(null, null, List.of(price, "brake disc")))));
            }
            writer.finish(false, null);
        }
        return out.toByteArray();
    }

    private static Key key(int number) {
        return Key.of(List.of(String.format(Locale.ROOT, "part-%06d", number)));
    }

    @Test
    void withItsKeyItIsALayerLikeAnyOther() throws IOException {
        assertThat(Layer.isSealed(file)).isTrue();
        try (Layer layer = Layer.open(file, seal)) {
            layer.check();
            Rows rows = Objects.requireNonNull(layer.find(key(500)));
            assertThat(rows.list().getFirst().cells()).containsExactly("new price", "brake disc");
        }
    }

    @Test
    void withoutItsKeyItDoesNotOpen() {
        assertThatExceptionOfType(DamagedLayer.class)
                .isThrownBy(() -> Layer.open(file, null))
                .withMessageContaining("sealed");
    }

    @Test
    void anotherKeyDoesNotOpenIt() {
        for (int bit = 0; bit < 8 * Seal.BYTES; bit++) {
            byte[] other = seal.bytes();
            other[bit / 8] ^= (byte) (1 << bit % 8);
            assertThatExceptionOfType(DamagedLayer.class).isThrownBy(() -> Layer.open(file, new Seal(other)));
        }
    }

    @Test
    void withoutItsKeyItTellsNothingButItsSize() throws IOException {
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        assertThat(text).doesNotContain("part-", "price", "brake", "00050");
        int[] counts = new int[256];
        for (byte one : bytes) {
            counts[one & 0xff]++;
        }
        double expected = bytes.length / 256.0;
        double chiSquared = 0;
        for (int count : counts) {
            chiSquared += (count - expected) * (count - expected) / expected;
        }
        assertThat(chiSquared).as("bytes are as if drawn by lot").isLessThan(400);
        assertThat(layer(Seal.fresh(new SecureRandom()), "new price"))
                .hasSameSizeAs(bytes)
                .isNotEqualTo(bytes);
    }

    @Test
    void pagesDoNotChangePlaces() throws IOException {
        Layer layer = Layer.open(file, seal);
        byte[] first = seal.open(0, page(layer, 0));
        assertThat(first).isNotEmpty();
        assertThatExceptionOfType(DamagedLayer.class).isThrownBy(() -> seal.open(1, page(layer, 0)));
    }

    /// Where the first page ends is in the index alone; it is found by trying.
    private byte[] page(Layer layer, int number) {
        assertThat(layer.changes()).isEqualTo(1_000);
        for (int length = 16; length < bytes.length; length++) {
            byte[] page = new byte[length];
            ByteBuffer.wrap(bytes).get(8, page);
            try {
                seal.open(number, page);
                return page;
            } catch (DamagedLayer e) {
                // not so long
            }
        }
        throw new AssertionError("no page");
    }

    @Test
    void aSealHas32BytesAndDoesNotShowThem() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Seal(new byte[31]));
        assertThat(seal).hasToString("seal");
    }
}
