package aiguillage.hub.presence;

import static org.assertj.core.api.Assertions.assertThat;

import aiguillage.protocol.PartyId;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PresenceTest {

    private static final PartyId DEALER = new PartyId("dealer-7");
    private static final PartyId OTHER = new PartyId("dealer-8");
    private static final Instant BEGIN = Instant.parse("2026-03-02T08:00:00Z");

    private Instant now = BEGIN;
    private final Presence presence = Presence.ofNewHub(() -> now);

    @Test
    void whoeverWasNeverHeardWasNeverThere() {
        assertThat(presence.contact(DEALER)).isEqualTo(new Contact.Never());
        assertThat(presence.seen(DEALER)).isEmpty();
    }

    @Test
    void aPartyThatPollsIsThereBetweenTwoCallsAndSilentAfterwards() {
        presence.heard(DEALER, Door.STAR, "dms/7");
        var seen = new Seen(BEGIN, Door.STAR, "dms/7", 0);
        now = BEGIN.plus(Presence.CONNECTED_FOR);
        assertThat(presence.contact(DEALER)).isEqualTo(new Contact.Connected(seen));
        now = now.plusMillis(1);
        assertThat(presence.contact(DEALER)).isEqualTo(new Contact.Silent(seen));
    }

    @Test
    void aPartyWithAnOpenLineIsThereHoweverLongItSaysNothing() {
        presence.opened(DEALER, Door.SFTP);
        now = BEGIN.plus(Duration.ofDays(2));
        assertThat(presence.contact(DEALER)).isInstanceOf(Contact.Connected.class);
        presence.closed(DEALER, Door.SFTP);
        now = now.plus(Duration.ofMinutes(3));
        assertThat(presence.contact(DEALER))
                .isEqualTo(new Contact.Silent(new Seen(BEGIN.plus(Duration.ofDays(2)), Door.SFTP, "", 0)));
    }

    @Test
    void oneCallASecondIsWrittenAndNoMore() {
        presence.heard(DEALER, Door.REST, "one");
        now = BEGIN.plusMillis(999);
        presence.heard(DEALER, Door.AS4, "two");
        assertThat(presence.seen(DEALER)).contains(new Seen(BEGIN, Door.REST, "one", 0));
        now = BEGIN.plusMillis(1_000);
        presence.heard(DEALER, Door.AS4, "two");
        assertThat(presence.seen(DEALER)).contains(new Seen(now, Door.AS4, "two", 0));
    }

    /// Every call of every party passes here.
    @Test
    void hearingAPartyAgainTakesNoMemory() {
        Presence quick = Presence.ofNewHub(InstantSource.system());
        quick.heard(DEALER, Door.REST, "dms/7");
        var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < 100_000; i++) {
            quick.heard(DEALER, Door.REST, "dms/7");
        }
        assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(100_000);
    }

    @Test
    void aClockThatIsSetBackHidesNobody() {
        now = BEGIN.plus(Duration.ofDays(365));
        presence.heard(DEALER, Door.REST, null);
        now = BEGIN;
        presence.heard(DEALER, Door.REST, null);
        assertThat(presence.seen(DEALER).orElseThrow().at()).isEqualTo(BEGIN);
    }

    @Test
    void whatAProgramCallsItselfIsOneShortLine() {
        presence.heard(DEALER, Door.REST, "évil\u202e" + "x".repeat(10_000));
        assertThat(presence.seen(DEALER).orElseThrow().agent())
                .hasSize(Presence.AGENT_CHARS_MAX)
                .startsWith("?vil?xxx");
    }

    @Test
    void whoWasHeardIsKnownAgainAfterAStart(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("presence.json");
        var before = new PresenceFile(file, true, _ -> true, () -> now);
        before.presence().opened(DEALER, Door.REST);
        before.presence().heard(DEALER, Door.REST, "a \"gateway\"");
        before.keep();

        now = BEGIN.plus(Duration.ofHours(1));
        Presence after = new PresenceFile(file, false, _ -> true, () -> now).presence();
        assertThat(after.contact(DEALER)).isInstanceOf(Contact.Silent.class);
        assertThat(after.seen(DEALER).orElseThrow().at()).isEqualTo(BEGIN);
        assertThat(after.contact(OTHER)).isEqualTo(new Contact.Never());
    }

    @Test
    void withoutItsFileAHubSaysThatItDoesNotKnow(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("presence.json");
        for (String content : new String[] {"", "{", "[1]", "{\"since\":\"x\",\"parties\":[{\"party\":\"?\"}]}"}) {
            Files.writeString(file, content);
            Presence damaged = new PresenceFile(file, false, _ -> true, () -> now).presence();
            assertThat(damaged.contact(DEALER)).as(content).isEqualTo(new Contact.Unknown(BEGIN));
        }
        Files.delete(file);
        var without = new PresenceFile(file, false, _ -> true, () -> now);
        without.presence().heard(OTHER, Door.REST, null);
        without.keep();
        Presence later = new PresenceFile(file, false, _ -> true, () -> now).presence();
        assertThat(later.contact(DEALER)).isEqualTo(new Contact.Unknown(BEGIN));
        assertThat(later.contact(OTHER)).isInstanceOf(Contact.Connected.class);
    }

    @Test
    void whoIsNoPartyAnyMoreIsForgotten(@TempDir Path folder) throws IOException {
        var file = new PresenceFile(folder.resolve("presence.json"), true, OTHER::equals, () -> now);
        file.presence().heard(DEALER, Door.REST, null);
        file.presence().heard(OTHER, Door.REST, null);
        file.keep();
        assertThat(file.presence().seen(DEALER)).isEmpty();
        assertThat(file.presence().seen(OTHER)).isPresent();
    }
}
