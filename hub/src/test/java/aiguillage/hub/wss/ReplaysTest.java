package aiguillage.hub.wss;

import static org.assertj.core.api.Assertions.assertThat;

import aiguillage.hub.wss.Replays.Seen;
import aiguillage.protocol.Digest;
import aiguillage.protocol.PartyId;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/// Each signature counts once.
class ReplaysTest {

    private static final Instant START = Instant.parse("2026-11-26T12:00:00Z");
    private static final Duration FRESH = Duration.ofMinutes(5);
    private static final PartyId DEALER = new PartyId("dealer-8");

    private final Replays replays = new Replays(START);

    private Seen count(String signed, Instant now) {
        return replays.count(DEALER, Digest.of(signed.getBytes(StandardCharsets.UTF_8)), now, now.plus(FRESH), now);
    }

    @Test
    void theSameAgainCameBeforeAndWhatIsOlderThanTheStartMayHave() {
        assertThat(count("a", START)).isEqualTo(Seen.FIRST);
        assertThat(count("a", START.plusSeconds(200))).isEqualTo(Seen.BEFORE);
        assertThat(count("b", START.minusMillis(1))).isEqualTo(Seen.TOO_OLD);
    }

    @Test
    void aPartyIsForgottenBitByBitAlsoWhenTheClockWasSetBack() {
        assertThat(count("later", START.plus(Duration.ofHours(1)))).isEqualTo(Seen.FIRST);
        for (int i = 1; i < Replays.PER_PARTY_MAX; i++) {
            assertThat(count("m" + i, START)).isEqualTo(Seen.FIRST);
        }
        assertThat(count("one more", START)).isEqualTo(Seen.FULL);
        assertThat(count("one more", START.plus(FRESH).plusSeconds(1))).isEqualTo(Seen.FIRST);
    }
}
