package aiguillage.protocol.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aiguillage.protocol.Position;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;

/// A bundle proves what is in it, and nothing else passes for one.
class BundleTest {

    private final LedgerKey key = LedgerKey.generate("hub.example/ledger", new SecureRandom());
    private final List<Receipt> receipts = receipts(key);

    /// Two entries under one head.
    private static List<Receipt> receipts(LedgerKey key) {
        Leaf first = leaf(1);
        Leaf second = leaf(2);
        String head = new Checkpoint(key.verifier().name(), 2, Hash.ofNode(first.hash(), second.hash())).signedBy(key);
        return List.of(
                new Receipt(first, List.of(second.hash()), head), new Receipt(second, List.of(first.hash()), head));
    }

    private static Leaf leaf(long position) {
        Statement statement = Statement.of("document-accepted", "hub.example", new Position(position))
                .with("id", "claim-" + position)
                .done();
        return new Leaf(statement, new byte[16], new byte[32]);
    }

    private byte[] bundle(List<Receipt> receipts) throws IOException {
        var out = new ByteArrayOutputStream();
        var writer = new Bundle.Writer(
                out, "read me", key.verifier(), this.receipts.getFirst().checkpoint());
        for (Receipt receipt : receipts) {
            writer.add(receipt);
        }
        writer.finish();
        return out.toByteArray();
    }

    private Bundle verify(byte[] zip) throws IOException {
        return Bundle.verify(new ByteArrayInputStream(zip), key.verifier(), statement -> {});
    }

    /// The same files but for one: text null leaves it out.
    private byte[] changed(String name, @org.jspecify.annotations.Nullable String text) throws IOException {
        Map<String, byte[]> files = new LinkedHashMap<>();
        var in = new ZipInputStream(new ByteArrayInputStream(bundle(receipts)));
        for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
            files.put(entry.getName(), in.readAllBytes());
        }
        if (text == null) {
            files.remove(name);
        } else {
            files.put(name, text.getBytes(StandardCharsets.UTF_8));
        }
        var out = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(out)) {
            for (Map.Entry<String, byte[]> file : files.entrySet()) {
                zip.putNextEntry(new ZipEntry(file.getKey()));
                zip.write(file.getValue());
            }
        }
        return out.toByteArray();
    }

    @Test
    void allOfItIsProvenUnderOneHead() throws IOException {
        var told = new ArrayList<String>();
        Bundle bundle = Bundle.verify(
                new ByteArrayInputStream(bundle(receipts)),
                key.verifier(),
                one -> told.add(one.facts().get("id")));
        assertThat(bundle.receipts()).isEqualTo(2);
        assertThat(bundle.head().size()).isEqualTo(2);
        assertThat(told).containsExactly("claim-1", "claim-2");
        assertThat(Bundle.isOne(bundle(receipts))).isTrue();
    }

    @Test
    void aReceiptThatWasChangedRenamedOrDoubledIsFound() throws IOException {
        String first = receipts.getFirst().toJson();
        for (byte[] wrong : new byte[][] {
            changed("receipts/1.json", first.replace("claim-1", "claim-3")),
            changed("receipts/2.json", first),
            changed("receipts/3.json", first),
            changed("../receipts/3.json", first),
            bundle(receipts.reversed()),
            changed("README.exe", "x"),
            changed("README.txt", "x".repeat(70_000))
        }) {
            assertThatThrownBy(() -> verify(wrong)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void anotherHeadOrKeyIsFound() throws IOException {
        LedgerKey other = LedgerKey.generate("hub.example/ledger", new SecureRandom());
        assertThatThrownBy(() -> verify(changed("ledger.vkey", other.verifier().toString())))
                .hasMessageContaining("another key");
        assertThatThrownBy(() -> verify(changed(
                        "checkpoint.txt", new Checkpoint(key.verifier().name(), 2, new byte[32]).signedBy(key))))
                .hasMessageContaining("another head");
        assertThatThrownBy(() -> verify(changed("checkpoint.txt", null))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() ->
                        Bundle.verify(new ByteArrayInputStream(bundle(receipts)), other.verifier(), statement -> {}))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void whatIsEmptyCutOrNoZipIsNoBundle() throws IOException {
        byte[] whole = bundle(receipts);
        assertThatThrownBy(() -> verify(new byte[0])).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> verify(bundle(List.of()))).hasMessageContaining("no bundle");
        assertThatThrownBy(() -> verify(java.util.Arrays.copyOf(whole, 300)))
                .isInstanceOfAny(IllegalArgumentException.class, IOException.class);
    }
}
