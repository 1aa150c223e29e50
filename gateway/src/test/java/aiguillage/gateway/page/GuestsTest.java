package aiguillage.gateway.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Links and sessions: once, for a time, and gone when somebody says so.
final class GuestsTest {

    @TempDir
    private Path data;

    private Instant now = Instant.parse("2026-03-01T09:00:00Z");

    private final SecureRandom random = new SecureRandom();

    private Guests guests() {
        return new Guests(data, () -> now, random);
    }

    @Test
    void aLinkIsGoodOnce() throws Exception {
        String link = guests().invite();
        String session = guests().enter(link);
        assertThat(session).isNotNull().isNotEqualTo(link);
        assertThat(guests().isKnown(String.valueOf(session))).isTrue();
        assertThat(guests().enter(link)).isNull();
        assertThat(guests().isKnown(link)).isFalse();
    }

    @Test
    void linksAndSessionsEnd() throws Exception {
        String late = guests().invite();
        String session = String.valueOf(guests().enter(guests().invite()));
        now = now.plus(Guests.LINK_LASTS);
        assertThat(guests().enter(late)).isNull();
        assertThat(guests().isKnown(session)).isTrue();
        now = now.plus(Guests.SESSION_LASTS).minus(Duration.ofHours(1)).plusSeconds(1);
        assertThat(guests().isKnown(session)).isFalse();
    }

    @Test
    void theFirstLinkIsKeptUntilSomebodyComesInAndEachOneEndsTheOneBefore() throws Exception {
        String first = guests().firstLink("http://a:1").orElseThrow();
        String second = guests().firstLink("http://a:1").orElseThrow();
        assertThat(second).startsWith("http://a:1" + Guests.ENTER);
        assertThat(Files.getPosixFilePermissions(guests().firstLinkFile()))
                .isEqualTo(PosixFilePermissions.fromString("rw-------"));
        assertThat(Files.readString(guests().firstLinkFile()).strip()).isEqualTo(second);
        assertThat(guests().enter(secret(first))).isNull();
        assertThat(guests().enter(secret(second))).isNotNull();
        assertThat(guests().firstLinkFile()).doesNotExist();
        assertThat(guests().firstLink("http://a:1")).isEmpty();
        now = now.plus(Guests.SESSION_LASTS);
        assertThat(guests().firstLink("http://a:1")).as("nobody has a session").isPresent();
    }

    @Test
    void withAllTheRestTheFirstLinkEnds() throws Exception {
        String link = guests().firstLink("http://a:1").orElseThrow();
        assertThat(guests().endAll()).isEqualTo(1);
        assertThat(guests().firstLinkFile()).doesNotExist();
        assertThat(guests().enter(secret(link))).isNull();
    }

    private static String secret(String link) {
        return link.substring(link.indexOf('=') + 1);
    }

    @Test
    void noSecretIsInAFileOrItsName() throws Exception {
        String link = guests().invite();
        try (var files = Files.list(data.resolve("page"))) {
            for (Path file : files.toList()) {
                assertThat(file.toString() + Files.readString(file)).doesNotContain(link);
            }
        }
    }

    @Test
    void anythingElseIsNobody() throws Exception {
        for (String text : new String[] {"", "../page", "a".repeat(43), "é".repeat(43)}) {
            assertThat(guests().isKnown(text)).as(text).isFalse();
            assertThat(guests().enter(text)).as(text).isNull();
        }
    }

    @Test
    void thereAreNotMoreThanTheBound() throws Exception {
        for (int i = 0; i < Guests.MAX; i++) {
            guests().invite();
        }
        assertThatThrownBy(() -> guests().invite())
                .isInstanceOf(IOException.class)
                .hasMessageContaining("--end-all");
        now = now.plus(Guests.LINK_LASTS);
        assertThat(guests().invite()).hasSize(43);
        assertThat(guests().endAll()).isEqualTo(1);
    }
}
