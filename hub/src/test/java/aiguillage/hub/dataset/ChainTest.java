package aiguillage.hub.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import aiguillage.hub.entry.Entry;
import aiguillage.hub.entry.VersionContent;
import aiguillage.protocol.DatasetName;
import aiguillage.protocol.Digest;
import aiguillage.protocol.Position;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What a reader gets that was away: changes, or everything where that is less.
class ChainTest {

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    private final List<Versions.Standing> standing = new ArrayList<>();

    private void version(long bytes, Instant effective) {
        long number = standing.size() + 1L;
        Digest any = Digest.of(new byte[0]);
        var content = new VersionContent(any, bytes, any, any, 1, 1, 1, 0, 0);
        var entry = new Entry.VersionPublished(
                NOW,
                DatasetName.of("opel/parts-prices"),
                number,
                number - 1,
                effective,
                false,
                content,
                "opel",
                null,
                null);
        standing.add(new Versions.Standing(number, new Position(number), entry));
    }

    private void versions(int count, Instant effective) {
        for (int i = 0; i < count; i++) {
            version(100, effective);
        }
    }

    private static long number(Chain chain) {
        return chain.whole() == null ? 0 : chain.whole().number();
    }

    @Test
    void whoMissedAFewVersionsGetsTheirChanges() {
        version(1_000_000, NOW);
        versions(5, NOW);
        Chain chain = Chain.of(standing, 2, NOW);
        assertThat(number(chain)).isZero();
        assertThat(chain.changes()).extracting(Versions.Standing::number).containsExactly(3L, 4L, 5L, 6L);
        assertThat(Chain.of(standing, 6, NOW).changes()).isEmpty();
    }

    @Test
    void whereAllRowsAreFewerTheyComeInstead() {
        version(250, NOW);
        versions(4, NOW);
        assertThat(number(Chain.of(standing, 1, NOW))).isEqualTo(5);
        assertThat(number(Chain.of(standing, 3, NOW))).isZero();
    }

    @Test
    void whoIsVeryFarBehindGetsAllRowsHoweverSmallTheChangesAre() {
        version(1_000_000_000, NOW);
        versions(12_000, NOW);
        versions(255, NOW.plusSeconds(1)); // as many as may wait for their time
        Chain far = Chain.of(standing, 1, NOW);
        assertThat(number(far)).isEqualTo(12_001);
        assertThat(far.changes()).hasSize(255);
        Chain near = Chain.of(standing, 12_001 - Chain.BEHIND_MAX, NOW);
        assertThat(number(near)).isZero();
        assertThat(near.changes()).hasSize(Chain.BEHIND_MAX + 255);
        assertThat(number(Chain.of(standing, 12_000 - Chain.BEHIND_MAX, NOW))).isEqualTo(12_001);
    }

    @Test
    void whoHasNothingGetsAllRowsAndWhatIsToCome() {
        assertThat(Chain.of(standing, 0, NOW)).isEqualTo(new Chain(null, List.of()));
        version(1_000, NOW.plusSeconds(1));
        version(1_000, NOW.plusSeconds(2));
        Chain chain = Chain.of(standing, 0, NOW);
        assertThat(number(chain)).isEqualTo(1);
        assertThat(chain.changes()).extracting(Versions.Standing::number).containsExactly(2L);
        assertThat(Chain.of(standing, 77, NOW))
                .as("a version that does not stand")
                .isEqualTo(chain);
    }
}
