package aiguillage.hub.yard;

import static org.assertj.core.api.Assertions.assertThat;

import aiguillage.hub.entry.Entry;
import aiguillage.hub.entry.VersionContent;
import aiguillage.protocol.DatasetName;
import aiguillage.protocol.Digest;
import aiguillage.protocol.Position;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Versions of a dataset are a line.
class VersionsTest {

    private static final Instant TIME = Instant.parse("2026-03-01T09:30:00Z");
    private static final Instant LATER = TIME.plus(Duration.ofDays(1));
    private static final DatasetName PRICES = DatasetName.of("opel/parts-prices");
    private static final Digest DIGEST = Digest.of(new byte[] {1});
    private static final VersionContent CONTENT = new VersionContent(DIGEST, 10, DIGEST, DIGEST, 1, 1, 1, 0, 0);

    private final Scene scene = new Scene();

    private Outcome published(long number, long from, Instant effective, @Nullable Position held) {
        return scene.apply(
                new Entry.VersionPublished(TIME, PRICES, number, from, effective, false, CONTENT, "opel", held, null));
    }

    private Outcome withdrawn(long number, Instant time) {
        return scene.apply(new Entry.VersionWithdrawn(time, PRICES, number, "opel"));
    }

    @Test
    void aVersionFollowsTheNewestOrIsNone() {
        assertThat(published(1, 0, TIME, null)).isInstanceOf(Outcome.Recorded.class);
        assertThat(published(1, 0, TIME, null)).isEqualTo(new Outcome.VersionOvertaken(1));
        assertThat(published(3, 1, TIME, null)).isEqualTo(new Outcome.VersionOvertaken(1));
        assertThat(published(2, 0, TIME, null)).isEqualTo(new Outcome.VersionOvertaken(1));
        assertThat(published(2, 1, TIME.minusSeconds(1), null)).isEqualTo(new Outcome.VersionOvertaken(1));
        assertThat(published(2, 1, TIME, null)).isInstanceOf(Outcome.Recorded.class);
    }

    @Test
    void onlyWhatDoesNotHoldYetIsTakenBackAndAllBehindItWithIt() {
        published(1, 0, TIME, null);
        published(2, 1, LATER, null);
        published(3, 2, LATER, null);
        assertThat(withdrawn(1, TIME)).isEqualTo(new Outcome.Ended());
        assertThat(withdrawn(2, LATER)).as("it holds by now").isEqualTo(new Outcome.Ended());
        assertThat(withdrawn(2, TIME)).isInstanceOf(Outcome.Recorded.class);
        assertThat(withdrawn(3, TIME)).isEqualTo(new Outcome.Ended());
        assertThat(published(2, 1, TIME, null)).as("no number twice").isEqualTo(new Outcome.VersionOvertaken(1));
        assertThat(published(4, 1, TIME, null)).isInstanceOf(Outcome.Recorded.class);
    }

    @Test
    void whatIsHeldIsDecidedOnce() {
        published(1, 0, TIME, null);
        var hold = new Entry.VersionHeld(TIME, PRICES, 1, TIME, false, CONTENT, "opel", "unusual");
        Position held = ((Outcome.Recorded) scene.apply(hold)).position();
        Position other = ((Outcome.Recorded) scene.apply(hold)).position();
        assertThat(published(2, 1, TIME, held)).isInstanceOf(Outcome.Recorded.class);
        assertThat(published(3, 2, TIME, held)).isEqualTo(new Outcome.Ended());
        assertThat(scene.apply(hold)).as("compared with version 1").isEqualTo(new Outcome.VersionOvertaken(2));
        var discard = new Entry.HeldDiscarded(TIME, PRICES, other, "opel-second");
        assertThat(scene.apply(discard)).isInstanceOf(Outcome.Recorded.class);
        assertThat(scene.apply(discard)).isEqualTo(new Outcome.Ended());
    }
}
