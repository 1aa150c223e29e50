package aiguillage.gateway.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
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
    void theFirstLinkIsMadeAnewOnlyOnceItHasEndedAndNotAfterSomebodyEndedAll() throws Exception {
        guests().renewFirstLink("http://a:1");
        assertThat(guests().firstLinkFile()).as("nobody asked for one").doesNotExist();
        String first = guests().firstLink("http://a:1").orElseThrow();
        guests().renewFirstLink("http://a:1");
        assertThat(Files.readString(guests().firstLinkFile()).strip()).isEqualTo(first);
        now = now.plus(Guests.LINK_LASTS);
        guests().renewFirstLink("http://a:1");
        String second = Files.readString(guests().firstLinkFile()).strip();
        assertThat(guests().isKnown(String.valueOf(guests().enter(secret(second)))))
                .isTrue();
        guests().firstLink("http://a:1");
        guests().endAll();
        guests().renewFirstLink("http://a:1");
        assertThat(guests().firstLinkFile()).doesNotExist();
    }

    @Test
    void aFirstLinkThatCannotBeMadeAnewIsMadeAnewLater() throws Exception {
        guests().firstLink("http://a:1");
        now = now.plus(Guests.LINK_LASTS);
        var failing = new Guests(data, () -> now, new SecureRandom() {
            private static final long serialVersionUID = 1;

            @Override
            public void nextBytes(byte[] bytes) {
                throw new IllegalStateException("no randomness now");
            }
        });
        assertThatThrownBy(() -> failing.renewFirstLink("http://a:1")).hasMessage("no randomness now");
        guests().renewFirstLink("http://a:1");
        String link = Files.readString(guests().firstLinkFile()).strip();
        assertThat(guests().enter(secret(link))).isNotNull();
    }

    @Test
    void withAllTheRestTheFirstLinkEnds() throws Exception {
        String link = guests().firstLink("http://a:1").orElseThrow();
        assertThat(guests().endAll()).isEqualTo(1);
        assertThat(guests().firstLinkFile()).doesNotExist();
        assertThat(guests().enter(secret(link))).isNull();
    }

    @Test
    void whatAnotherUserMadeLocksNobodyOut() throws Exception {
        String link = guests().invite();
        Path foreign = Files.writeString(
                data.resolve("page/link-of-root"), now.plusSeconds(60).toString());
        Files.setPosixFilePermissions(foreign, Set.of());
        assumeThat(Files.isReadable(foreign)).as("this user reads everything").isFalse();
        assertThat(guests().enter(link)).isNotNull();
        assertThat(foreign).doesNotExist();
    }

    @Test
    void aFirstLinkThatCannotBeEndedKeepsNobodyOut() throws Exception {
        String link = guests().invite();
        Files.createDirectories(guests().firstLinkFile().resolve("in the way"));
        assertThat(guests().enter(link)).isNotNull();
    }

    @Test
    void aLinkStaysGoodWhileNoSessionCanBeKept() throws Exception {
        String link = guests().invite();
        var broken = new Guests(data, () -> now, new SecureRandom() {
            @Override
            public void nextBytes(byte[] bytes) {
                throw new IllegalStateException("no session can be made");
            }
        });
        assertThatThrownBy(() -> broken.enter(link)).hasMessageContaining("no session");
        assertThat(guests().enter(link)).isNotNull();
    }

    @Test
    void ofTwoBrowsersAtOnceOneComesIn() throws Exception {
        for (int i = 0; i < 20; i++) {
            String link = secret(guests().firstLink("http://a:1").orElseThrow());
            try (var browsers = Executors.newVirtualThreadPerTaskExecutor()) {
                Callable<Optional<String>> browser = () -> Optional.ofNullable(guests().enter(link));
                var came = new ArrayList<String>();
                for (var entered : browsers.invokeAll(Collections.nCopies(2, browser), 20, TimeUnit.SECONDS)) {
                    entered.get().ifPresent(came::add);
                }
                assertThat(came).hasSize(1);
                assertThat(guests().isKnown(came.getFirst())).isTrue();
            }
            assertThat(guests().endAll()).isEqualTo(1);
        }
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
        String last = "";
        for (int i = 0; i < Guests.MAX; i++) {
            last = guests().invite();
        }
        assertThatThrownBy(() -> guests().invite())
                .isInstanceOf(IOException.class)
                .hasMessageContaining("--end-all");
        assertThat(guests().enter(last)).as("in a link's place").isNotNull();
        assertThat(guests().endAll()).isEqualTo(Guests.MAX);
        assertThat(guests().invite()).hasSize(43);
        assertThat(guests().endAll()).isEqualTo(1);
    }
}
