package aiguillage.dataset.row;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import aiguillage.protocol.Digest;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import javax.crypto.Cipher;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

/// I7: equal sets of rows have equal roots, and others have others.
class SetHashTest {

    private static final int LANES = 1_024;

    private final SetHash.Expander expander = new SetHash.Expander();

    private static byte[] row(String text) {
        return Digest.of(text.getBytes(StandardCharsets.UTF_8)).bytes();
    }

    private static List<byte[]> rows(int count) {
        List<byte[]> rows = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            rows.add(row("row " + i));
        }
        return rows;
    }

    private SetHash of(List<byte[]> rows) {
        var hash = new SetHash();
        rows.forEach(row -> expander.add(hash, row));
        return hash;
    }

    @Test
    void theOrderOfRowsDoesNotMatter() {
        List<byte[]> rows = rows(50);
        SetHash hash = of(rows);
        Collections.shuffle(rows, new Random(7));
        assertThat(of(rows)).isEqualTo(hash).hasSameHashCodeAs(hash);
        assertThat(of(rows).digest()).isEqualTo(hash.digest());
    }

    @Test
    void whatIsAddedAndTakenAwayLeavesNothing() {
        var hash = new SetHash();
        List<byte[]> rows = rows(50);
        rows.forEach(row -> expander.add(hash, row));
        rows.reversed().forEach(row -> expander.subtract(hash, row));
        assertThat(hash).isEqualTo(new SetHash());
    }

    @Test
    void theHashOfAWholeIsTheSumOfItsParts() {
        SetHash left = of(rows(50).subList(0, 20));
        SetHash right = of(rows(50).subList(20, 50));
        SetHash sum = left.copy();
        sum.add(right);
        assertThat(sum).isEqualTo(of(rows(50)));
        sum.subtract(left);
        assertThat(sum).isEqualTo(right);
    }

    @Test
    void setsThatDifferInOneRowDiffer() {
        List<byte[]> rows = rows(20);
        List<SetHash> hashes = new ArrayList<>(List.of(of(rows)));
        for (int i = 0; i < rows.size(); i++) {
            List<byte[]> others = new ArrayList<>(rows);
            others.set(i, row("another"));
            hashes.add(of(others));
            others.remove(i);
            hashes.add(of(others));
        }
        assertThat(hashes).doesNotHaveDuplicates();
    }

    @Test
    void aRowThatIsThereTwiceIsNotThereOnce() {
        assertThat(of(List.of(row("a"), row("a"))))
                .isNotEqualTo(of(List.of(row("a"))))
                .isNotEqualTo(new SetHash());
    }

    @Test
    void bytesComeBackAsTheSameHash() {
        SetHash hash = of(rows(5));
        assertThat(SetHash.of(hash.bytes())).isEqualTo(hash);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SetHash.of(new byte[7]))
                .withMessageContaining("2048");
    }

    /// The counter by hand, with AES alone.
    @Test
    void itIsTheSumOfKeyStreamsUnderTheRows() throws Exception {
        int[] sum = new int[LANES];
        for (byte[] row : rows(9)) {
            Cipher aes = Cipher.getInstance("AES/ECB/NoPadding");
            aes.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(row, "AES"));
            ByteBuffer stream = ByteBuffer.allocate(SetHash.BYTES);
            for (long block = 0; stream.hasRemaining(); block++) {
                stream.put(aes.doFinal(ByteBuffer.allocate(16).putLong(8, block).array()));
            }
            for (int lane = 0; lane < LANES; lane++) {
                sum[lane] += (stream.get(2 * lane) & 0xff) + ((stream.get(2 * lane + 1) & 0xff) << 8);
            }
        }
        ByteBuffer expected = ByteBuffer.allocate(SetHash.BYTES);
        for (int lane : sum) {
            expected.put((byte) lane).put((byte) (lane >> 8));
        }
        assertThat(of(rows(9)).bytes()).isEqualTo(expected.array());
    }

    /// From `openssl enc -aes-256-ctr` and a few lines of Python.
    @Test
    void knownSetsHaveKnownRoots() {
        assertThat(of(List.of(row("one"), row("two"), row("three"))).toString())
                .isEqualTo("sha-256=:h+BaGIYTP6G4y43/szIqyEv+22e76AfhJn0d2JewRT4=:");
        assertThat(new SetHash().toString()).isEqualTo("sha-256=:5aAKqZkayKXuMQmETYSlVYO9IFcq0//NQnkvPDaxg60=:");
    }
}
