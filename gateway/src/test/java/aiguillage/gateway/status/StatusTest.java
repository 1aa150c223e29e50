package aiguillage.gateway.status;

import static org.assertj.core.api.Assertions.assertThat;

import aiguillage.gateway.disk.RealDisk;
import aiguillage.gateway.replica.Freshness;
import aiguillage.gateway.testing.WrappedDisk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.ResourceBundle;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

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
                        Brand opel: 12 documents wait to be sent, the oldest for 40 min.
                        Brand opel: 3 deliveries wait for the DMS in its in folder.
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
    void eachStateOfTheLineIsSaidInBothLanguages() {
        GatewayStatus never =
                with(null, 20, new Trouble(Trouble.Kind.HUB_UNREACHABLE, "https://h", "refused", NOW, NOW));
        assertThat(english(never))
                .contains(
                        "Hub main: not connected (trying https://h).",
                        "! The hub cannot be reached at https://h, for 0 s");
        assertThat(french(never)).contains("Hub main : non connecté (essai vers https://h).", "Le hub est injoignable");

        GatewayStatus connected = with(NOW.minus(Duration.ofDays(40)), 20);
        assertThat(english(connected)).contains("Hub main: connected to https://h for 40 days.", "No trouble.");
        assertThat(french(connected)).contains("Hub main : connecté à https://h depuis 40 jours.", "Aucun souci.");

        assertThat(english(with(null, 20))).doesNotContain("No trouble");
        assertThat(new StatusText(Locale.ENGLISH).of(connected, NOW.plus(Duration.ofDays(1))))
                .as("stopped")
                .doesNotContain("No trouble");

        Instant threeDaysAgo = NOW.minus(Duration.ofDays(3));
        GatewayStatus days =
                with(null, 20, new Trouble(Trouble.Kind.HUB_UNREACHABLE, "https://h", "timed out", threeDaysAgo, NOW));
        assertThat(english(days))
                .contains("12 documents wait to be sent", "cannot be reached at https://h, for 3 days now")
                .contains("Documents wait safely and leave by themselves.");
        assertThat(french(days)).contains("12 documents en attente d’envoi", "depuis 3 jours", "partiront d’eux-mêmes");
    }

    @Test
    void eachStateOfTheCertificateIsSaidInBothLanguages() {
        assertThat(english(with(NOW, 60))).contains("Certificate: 60 days left");
        assertThat(french(with(NOW, 60))).contains("Certificat : encore 60 jours");
        assertThat(english(with(NOW, 14))).contains("Certificate: only 14 days left", "renews it by itself");
        assertThat(french(with(NOW, 14))).contains("Certificat : plus que 14 jours", "le renouvelle seule");
        GatewayStatus ended = with(null, -2, new Trouble(Trouble.Kind.CERTIFICATE_EXPIRED, "dealer-7", "", NOW, NOW));
        assertThat(english(ended)).contains("Certificate: ended 2 days ago", "new one-time code", "has ended");
        assertThat(french(ended)).contains("Certificat : expiré depuis 2 jours", "nouveau code à usage unique");
        GatewayStatus revoked = with(null, 60, new Trouble(Trouble.Kind.HUB_REFUSES, "main", "401", NOW, NOW));
        assertThat(english(revoked)).contains("does not let this gateway in", "may have been revoked");
        assertThat(french(revoked)).contains("ne laisse pas entrer cette passerelle", "peut-être été révoqué");
    }

    @Test
    void oneAndNoneAreSaidAsPeopleSayThem() {
        GatewayStatus one = counting(1, 1, 1);
        assertThat(english(one)).contains("1 document waits", "1 delivery waits for", "only 1 day left");
        assertThat(french(one)).contains("1 document en attente", "1 document reçu attend le", "plus que 1 jour (");
        GatewayStatus none = counting(0, 0, 0);
        assertThat(english(none)).contains("nothing waits", "no delivery waits for", "only 0 days left");
        assertThat(french(none)).contains("rien en attente", "aucun document reçu n’attend le", "plus que 0 jour (");
        GatewayStatus thousands = counting(2, 1_234, -1);
        assertThat(english(thousands)).contains("2 documents wait", "1,234 deliveries wait for", "ended 1 day ago");
        assertThat(french(thousands))
                .contains("2 documents en", "documents reçus attendent le", "expiré depuis 1 jour (");
    }

    private static GatewayStatus counting(long up, long down, long daysLeft) {
        return new GatewayStatus(
                "dealer-7",
                NOW.toString(),
                true,
                List.of(),
                List.of(new GatewayStatus.BrandStatus("opel", up, NOW.toString(), down, null)),
                NOW.toString(),
                daysLeft,
                List.of(),
                List.of());
    }

    @ParameterizedTest
    @EnumSource(Freshness.Reason.class)
    void eachReasonForWhichAListIsStaleIsSaidInBothLanguages(Freshness.Reason reason) {
        GatewayStatus stale =
                withList(new GatewayStatus.DatasetStatus("opel/prices", 1_234, null, reason.code(), null, null));
        assertThat(english(stale)).contains("List opel/prices: ");
        assertThat(french(stale)).contains("Liste opel/prices : ");
        GatewayStatus good =
                withList(new GatewayStatus.DatasetStatus("opel/prices", 1_234, NOW.toString(), null, null, null));
        assertThat(english(good)).contains("List opel/prices: version 1234, in force since 2026");
        assertThat(french(good)).contains("version 1234, en vigueur depuis 2026");
    }

    private static GatewayStatus withList(GatewayStatus.DatasetStatus list) {
        return new GatewayStatus(
                "dealer-7", NOW.toString(), true, List.of(), List.of(), NOW.toString(), 20, List.of(), List.of(list));
    }

    @Test
    void aCountThatWasCutShortSaysSo() {
        GatewayStatus many = new GatewayStatus(
                "dealer-7",
                NOW.toString(),
                true,
                List.of(),
                List.of(new GatewayStatus.BrandStatus(
                        "opel", 0, null, GatewayStatus.BrandStatus.WAITING_DOWN_MAX, null)),
                NOW.toString(),
                20,
                List.of(),
                List.of());
        assertThat(english(many)).contains("Brand opel: nothing waits to be sent.", "10,000 deliveries or more wait");
        assertThat(french(many)).contains("rien en attente d’envoi", "au moins").contains("documents reçus attendent");
    }

    @Test
    void aFullDiskStillHasRoomToSaySo() throws IOException {
        var file = new StatusFile(data);
        file.write(status(NOW), new RealDisk());
        Path reserve = data.resolve("status.reserve");
        assertThat(reserve).exists();
        GatewayStatus later = status(NOW.plusSeconds(2));
        file.write(later, new OnlyWithoutReserve(reserve));
        assertThat(file.read()).contains(later);
        assertThat(reserve).doesNotExist();
        file.write(later, new RealDisk());
        assertThat(reserve).exists();
    }

    private static String english(GatewayStatus status) {
        return new StatusText(Locale.ENGLISH).of(status, NOW);
    }

    private static String french(GatewayStatus status) {
        return new StatusText(Locale.FRENCH).of(status, NOW);
    }

    private static GatewayStatus with(@Nullable Instant connected, long daysLeft, Trouble... troubles) {
        return new GatewayStatus(
                "dealer-7",
                NOW.toString(),
                true,
                List.of(new GatewayStatus.HubStatus(
                        "main", "https://h", connected == null ? null : connected.toString())),
                List.of(new GatewayStatus.BrandStatus("opel", 12, NOW.toString(), 3, null)),
                NOW.plus(Duration.ofDays(daysLeft)).toString(),
                daysLeft,
                GatewayStatus.told(List.of(troubles)),
                List.of());
    }

    /// A disk that is full as long as this file takes its last room.
    private static final class OnlyWithoutReserve extends WrappedDisk {

        private final Path reserve;

        OnlyWithoutReserve(Path reserve) {
            this.reserve = reserve;
        }

        @Override
        public void write(Path file, byte[] content) throws IOException {
            if (Files.exists(reserve)) {
                throw new IOException("No space left on device");
            }
            super.write(file, content);
        }

        @Override
        public long usableBytes(Path folder) {
            return 0;
        }
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

    @Test
    void troublesBelowOneFolderDoNotEndThoseOfAnotherWhoseNameBeginsAlike() {
        var troubles = new Troubles(() -> NOW);
        Path parts = data.resolve("out/parts");
        Path order = data.resolve("out/parts-order/a.xml");
        troubles.report(Trouble.Kind.FILE_UNREADABLE, parts.resolve("a.xml").toString(), "locked");
        troubles.report(Trouble.Kind.FILE_UNREADABLE, order.toString(), "locked");
        troubles.endedBelow(Trouble.Kind.FILE_UNREADABLE, parts, Set.of());
        assertThat(troubles.open()).extracting(Trouble::where).containsExactly(order.toString());
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
                        "opel", 12, NOW.minus(Duration.ofMinutes(40)).toString(), 3, null)),
                NOW.plus(Duration.ofDays(9)).toString(),
                9,
                GatewayStatus.told(List.of(new Trouble(
                        Trouble.Kind.DISK_FULL, "/dms", "5 bytes free", NOW.minus(Duration.ofDays(2)), NOW))),
                List.of());
    }
}
