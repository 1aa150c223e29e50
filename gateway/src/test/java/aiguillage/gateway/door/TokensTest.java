package aiguillage.gateway.door;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aiguillage.protocol.Brand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The door's tokens are secrets, and stay the same from start to start.
final class TokensTest {

    private static final Brand OPEL = new Brand("opel");

    @TempDir
    private Path folder;

    @Test
    void aTokenIsMadeOnceAndNothingIsLeftBesideIt() throws IOException {
        open();
        String token = Files.readString(folder.resolve("opel")).strip();
        assertThat(open().brand(token)).contains(OPEL);
        assertThat(open().brand("guess")).isEmpty();
        try (var files = Files.list(folder)) {
            assertThat(files).containsExactly(folder.resolve("opel"));
        }
    }

    @Test
    void aTokenThatOthersCouldReadIsNotUsed() throws IOException {
        open();
        Files.setPosixFilePermissions(folder.resolve("opel"), PosixFilePermissions.fromString("rw-r--r--"));
        assertThatThrownBy(this::open)
                .isInstanceOf(IOException.class)
                .hasMessageContaining("is open to others on this machine")
                .hasMessageContaining("chmod 600");
    }

    @Test
    void aTokenThatIsTooShortToBeSafeIsNotUsed() throws IOException {
        open();
        Files.writeString(folder.resolve("opel"), "");
        assertThatThrownBy(this::open)
                .isInstanceOf(IOException.class)
                .hasMessageContaining("remove it, and the gateway makes a new one");
    }

    private Tokens open() throws IOException {
        return Tokens.open(folder, List.of(OPEL), new SecureRandom());
    }
}
