package aiguillage.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aiguillage.hub.door.operator.OperatorToken;
import aiguillage.hub.testing.RunningHub;
import aiguillage.pki.Credential;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A secret that others on the machine can read is none; the hub says so instead of using it.
class SecretFilesTest {

    @Test
    void aSecretThatIsOpenToOthersIsRefused(@TempDir Path folder) throws Exception {
        new RunningHub(folder).close();
        var data = new DataFolder(folder.resolve("data"));
        assertThat(data.ledgerPublicKey()).exists();
        requireOwners(data.ledgerKey(), data::readLedgerKey);
        requireOwners(data.operatorToken(), () -> OperatorToken.open(data.operatorToken(), new SecureRandom()));
        requireOwners(data.credential(), () -> Credential.read(data.credential(), data.credential()));
    }

    private static void requireOwners(Path file, ThrowingCallable reading) throws IOException {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
        assertThatThrownBy(reading)
                .isInstanceOf(IOException.class)
                .hasMessageContaining(file.getFileName() + " is open to others on this machine (rw-r-----)")
                .hasMessageContaining("chmod 600");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r--------"));
        assertThatCode(reading).doesNotThrowAnyException();
    }
}
