package aiguillage.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import aiguillage.app.testing.Ran;
import aiguillage.protocol.Position;
import aiguillage.protocol.proof.Bundle;
import aiguillage.protocol.proof.Checkpoint;
import aiguillage.protocol.proof.Leaf;
import aiguillage.protocol.proof.LedgerKey;
import aiguillage.protocol.proof.Receipt;
import aiguillage.protocol.proof.Statement;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// An auditor checks a bundle of the console with the command.
class BundleCommandTest {

    private static Path write(Path folder, LedgerKey key) throws IOException {
        Statement statement =
                Statement.of("table-applied", "hub.example", new Position(1)).done();
        var leaf = new Leaf(statement, new byte[Leaf.SALT_BYTES], new byte[32]);
        String head = new Checkpoint(key.verifier().name(), 1, leaf.hash()).signedBy(key);
        Path file = folder.resolve("bundle.zip");
        try (OutputStream out = Files.newOutputStream(file)) {
            var bundle = new Bundle.Writer(out, "read me", key.verifier(), head);
            bundle.add(new Receipt(leaf, List.of(), head));
            bundle.finish();
        }
        return file;
    }

    @Test
    void aBundleIsProvenWithTheTrustedKeyAlone(@TempDir Path folder) throws IOException {
        var key = LedgerKey.generate("hub.example/ledger", new SecureRandom());
        var other = LedgerKey.generate("hub.example/ledger", new SecureRandom());
        Path bundle = write(folder, key);
        Path trusted = Files.writeString(folder.resolve("trusted.vkey"), key.verifier() + "\n");
        Path wrong = Files.writeString(folder.resolve("wrong.vkey"), other.verifier() + "\n");
        var proven = Ran.command("receipt", "verify", bundle, "--key", trusted, "--json");
        assertThat(proven.json().path("receipts").asInt()).isEqualTo(1);
        assertThat(Ran.command("receipt", "verify", bundle, "--key", trusted).out())
                .contains("Genuine: 1 receipts");
        assertThat(Ran.command("receipt", "verify", bundle, "--key", wrong).err())
                .contains("NOT genuine");
    }
}
