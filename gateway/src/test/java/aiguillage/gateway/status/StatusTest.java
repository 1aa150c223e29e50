package aiguillage.gateway.status;

import static org.assertj.core.api.Assertions.assertThat;

import aiguillage.gateway.disk.RealDisk;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.ResourceBundle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// How a gateway tells how it is.
final class StatusTest {

    private static final Instant NOW = Instant.parse("2026-03-01T09:00:00Z");

    @TempDir
    private Path data;

    @Test
    void theTextSaysInPlainWordsWhatMatters() {
        assertThat(new StatusText(Locale.GERMANY).of(status(NOW), NOW)).isEqualTo("""
                        Gateway of dealer-7: running (seen 0 s ago).
                        Hub main: connected to https://hub.example.com:8443 for 3 hours.
                        Brand opel: 12 document(s) wait to be sent, the oldest for 40 min.
                        Brand opel: 3 delivery(ies) wait for the DMS in its in folder.
                        Certificate: only 9 days left (until 2026-03-10T09:00:00Z). The gateway renews it by itself; if \
                        this stays, call your hub's operator.
                        ! The disk of /dms is nearly full, for 2 days now.
                          Free some space. Nothing new is taken until then; nothing is lost.
                          (said: 5 bytes free)
                        """);
    }

    @Test
    void theTextIsFrenchForAFrenchLocale() {
        assertThat(new StatusText(Locale.CANADA_FRENCH).of(status(NOW), NOW))
                .contains("connecté à", "en attente d’envoi, le plus ancien depuis 40 min", "Libérez de la place");
    }

    @Test
    void aKilledGatewayIsToldFromARunningOne() {
        assertThat(new StatusText(Locale.ENGLISH).of(status(NOW.minus(Duration.ofHours(5))), NOW))
                .startsWith("Gateway of dealer-7: not heard of for 5 hours.");
    }

    @Test
    void everyTroubleHasItsWordsInBothLanguages() {
        for (Locale locale : List.of(Locale.ENGLISH, Locale.FRENCH)) {
            var words = ResourceBundle.getBundle("aiguillage.gateway.status.words", locale);
            for (Trouble.Kind kind : Trouble.Kind.values()) {
                assertThat(words.containsKey("trouble." + kind)).isTrue();
                assertThat(words.containsKey("remedy." + kind)).isTrue();
            }
        }
    }

    @Test
    void anotherProcessReadsTheStatusFile() throws IOException {
        assertThat(new StatusFile(data).read()).isEmpty();
        new StatusFile(data).write(status(NOW), new RealDisk());
        assertThat(new StatusFile(data).read()).contains(status(NOW));
    }

    @Test
    void aTroubleKeepsItsBeginningUntilItEnds() {
        Instant[] now = {NOW};
        var troubles = new Troubles(() -> now[0]);
        troubles.report(Trouble.Kind.DISK_FULL, "/dms", "full\n[31m");
        now[0] = NOW.plusSeconds(60);
        troubles.report(Trouble.Kind.DISK_FULL, "/dms", "still full");
        assertThat(troubles.open()).singleElement().satisfies(trouble -> {
            assertThat(trouble.since()).isEqualTo(NOW);
            assertThat(trouble.detail()).isEqualTo("still full");
        });
        troubles.ended(Trouble.Kind.DISK_FULL, "/dms");
        assertThat(troubles.open()).isEmpty();
    }

    private static GatewayStatus status(Instant at) {
        return new GatewayStatus(
                "dealer-7",
                at.toString(),
                true,
                List.of(new GatewayStatus.HubStatus(
                        "main",
                        "https://hub.example.com:8443",
                        NOW.minus(Duration.ofHours(3)).toString())),
                List.of(new GatewayStatus.BrandStatus(
                        "opel", 12, NOW.minus(Duration.ofMinutes(40)).toString(), 3)),
                NOW.plus(Duration.ofDays(9)).toString(),
                9,
                GatewayStatus.told(List.of(new Trouble(
                        Trouble.Kind.DISK_FULL, "/dms", "5 bytes free", NOW.minus(Duration.ofDays(2)), NOW))));
    }
}
