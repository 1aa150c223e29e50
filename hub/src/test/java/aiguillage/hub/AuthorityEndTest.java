package aiguillage.hub;

import static org.assertj.core.api.Assertions.assertThat;

import aiguillage.hub.testing.RunningHub;
import aiguillage.pki.CertificateAuthority;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The operator hears of the authority's end in good time.
class AuthorityEndTest {

    private static final Instant BEGAN = Instant.parse("2026-03-01T09:30:00Z");

    @Test
    void itIsNearAYearBefore(@TempDir Path folder) throws Exception {
        var end = new AuthorityEnd(CertificateAuthority.init(folder, "Test", null, BEGAN));
        assertThat(end.daysLeft(BEGAN)).isBetween(1_095L, 1_096L);
        assertThat(end.isNear(BEGAN.plus(Duration.ofDays(730)))).isFalse();
        assertThat(end.isNear(BEGAN.plus(Duration.ofDays(732)))).isTrue();
        assertThat(end.daysLeft(BEGAN.plus(Duration.ofDays(1_100)))).isNegative();
    }

    @Test
    void itIsAFigure(@TempDir Path folder) throws Exception {
        try (var hub = new RunningHub(folder)) {
            assertThat(hub.figures()).containsPattern("aiguillage_authority_days_left 109[56]");
        }
    }
}
