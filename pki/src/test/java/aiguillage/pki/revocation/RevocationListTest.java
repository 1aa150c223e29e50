package aiguillage.pki.revocation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.concurrent.CountDownLatch;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.IssuingDistributionPoint;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class RevocationListTest {

    private static final Instant NOW = CorporateAuthority.NOW;
    private static final Instant NEXT = NOW.plus(Duration.ofHours(6));
    private static final Duration GRACE = Duration.ofHours(24);

    @TempDir
    Path folder;

    private CorporateAuthority corporate;
    private X509Certificate good;
    private X509Certificate revoked;
    private Path file;
    private RevocationList list;

    @BeforeEach
    void open() throws Exception {
        corporate = new CorporateAuthority();
        good = corporate.issued(10);
        revoked = corporate.issued(11);
        file = folder.resolve("corp.crl");
        list = list(file.toUri());
    }

    private RevocationList list(URI source) {
        return new RevocationList(source, corporate.certificate, folder.resolve("kept.crl"), GRACE, NOW);
    }

    private void published(byte[] crl) throws IOException {
        Files.write(file, crl);
    }

    @Test
    @Timeout(30)
    void aListThatStopsInTheMiddleHoldsNobody() throws Exception {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        var over = new CountDownLatch(1);
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, 1_000);
            exchange.getResponseBody().write(1);
            exchange.getResponseBody().flush();
            try {
                over.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        server.start();
        try {
            var source = new CrlSource(
                    URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/corp.crl"),
                    Duration.ofMillis(500));
            assertThatThrownBy(source::fetched)
                    .isInstanceOf(HttpTimeoutException.class)
                    .hasMessageContaining("did not send its whole answer");
        } finally {
            over.countDown();
            server.stop(0);
        }
    }

    @Test
    void aFreshListTellsGoodFromRevoked() throws Exception {
        published(corporate.list(NOW, NEXT, 11));
        assertThat(list.refresh(NOW)).isEqualTo(new Refreshed.Loaded(NOW, NEXT, 1));
        assertThat(list.status(good, NOW)).isEqualTo(new CertificateStatus.Good());
        assertThat(list.status(revoked, NOW)).isEqualTo(new CertificateStatus.Revoked(NOW, "KEY_COMPROMISE"));
        assertThat(list.state(NOW.plusSeconds(60))).isEqualTo(new RevocationState.Fresh(Duration.ofMinutes(1)));
    }

    @Test
    void withoutAnyListNobodyIsRevokedAndNobodyIsFine() throws Exception {
        assertThat(list.status(good, NOW)).isInstanceOf(CertificateStatus.Unknown.class);
        assertThat(list.refresh(NOW)).isInstanceOf(Refreshed.Failed.class);
        assertThat(list.status(good, NOW)).isInstanceOf(CertificateStatus.Unknown.class);
        assertThat(list.status(revoked, NOW)).isInstanceOf(CertificateStatus.Unknown.class);
        assertThat(list.state(NOW)).isInstanceOf(RevocationState.Missing.class);
    }

    @Test
    void aStaleListAppliesWithinTheGraceAndSaysThatItIsStale() throws Exception {
        published(corporate.list(NOW, NEXT, 11));
        list.refresh(NOW);
        Instant late = NEXT.plus(GRACE);
        assertThat(list.state(late)).isEqualTo(new RevocationState.Stale(Duration.ofHours(30), Duration.ofHours(24)));
        assertThat(list.status(good, late)).isEqualTo(new CertificateStatus.Good());
        assertThat(list.status(revoked, late)).isInstanceOf(CertificateStatus.Revoked.class);
    }

    @Test
    void pastTheGraceWhatIsNotNamedIsUnknownAndWhatIsNamedStaysRevoked() throws Exception {
        published(corporate.list(NOW, NEXT, 11));
        list.refresh(NOW);
        Instant tooLate = NEXT.plus(GRACE).plusSeconds(1);
        assertThat(list.status(good, tooLate)).isInstanceOf(CertificateStatus.Unknown.class);
        assertThat(list.status(revoked, tooLate)).isInstanceOf(CertificateStatus.Revoked.class);
    }

    @Test
    void anOlderListPlayedBackChangesNothing() throws Exception {
        published(corporate.list(NOW, NEXT, 11));
        list.refresh(NOW);
        published(corporate.list(NOW.minusSeconds(60), NEXT));
        assertThat(list.refresh(NOW).toString()).contains("older than the one held");
        assertThat(list.status(revoked, NOW)).isInstanceOf(CertificateStatus.Revoked.class);
    }

    @Test
    void aListOfAnotherAuthorityOfTheSameNameIsRefused() throws Exception {
        published(new CorporateAuthority().list(NOW, NEXT, 10));
        assertThat(list.refresh(NOW)).isInstanceOf(Refreshed.Failed.class);
        assertThat(list.status(good, NOW)).isInstanceOf(CertificateStatus.Unknown.class);
        X509Certificate foreign = new CorporateAuthority().issued(10);
        assertThat(list.covers(foreign)).isFalse();
        assertThatThrownBy(() -> list.status(foreign, NOW)).hasMessageContaining("says nothing about");
    }

    @Test
    void brokenDeltaFutureAndEndlessListsAreRefused() throws Exception {
        byte[] broken = corporate.list(NOW, NEXT, 11);
        broken[broken.length / 2] ^= 1;
        assertRefused(broken, "");
        assertRefused(corporate.list(NOW, NEXT, Extension.deltaCRLIndicator, new ASN1Integer(1)), "delta");
        assertRefused(corporate.list(NOW.plus(Duration.ofDays(1)), NEXT.plus(Duration.ofDays(1))), "set the clock");
        assertRefused(corporate.list(NOW, null), "nextUpdate");
        assertRefused(new byte[0], "");
    }

    private void assertRefused(byte[] crl, String why) throws Exception {
        published(crl);
        assertThat(list.refresh(NOW))
                .isInstanceOfSatisfying(
                        Refreshed.Failed.class,
                        failed -> assertThat(failed.why()).contains(why));
        assertThat(list.state(NOW)).isInstanceOf(RevocationState.Missing.class);
    }

    @Test
    void aListOfPartiesCertificatesIsTakenAndOneOfAuthoritiesOnlyIsNot() throws Exception {
        var authorities = new IssuingDistributionPoint(null, false, true, null, false, false);
        assertRefused(corporate.list(NOW, NEXT, Extension.issuingDistributionPoint, authorities), "does not cover");
        var parties = new IssuingDistributionPoint(null, true, false, null, false, false);
        published(corporate.list(NOW, NEXT, Extension.issuingDistributionPoint, parties, 11));
        assertThat(list.refresh(NOW)).isInstanceOf(Refreshed.Loaded.class);
        assertThat(list.status(revoked, NOW)).isInstanceOf(CertificateStatus.Revoked.class);
    }

    @Test
    void theKeptCopyAppliesAfterARestartWhileTheSourceIsDown() throws Exception {
        published(corporate.list(NOW, NEXT, 11));
        list.refresh(NOW);
        Files.delete(file);
        RevocationList restarted = list(file.toUri());
        assertThat(restarted.refresh(NOW)).isInstanceOf(Refreshed.Failed.class);
        assertThat(restarted.status(revoked, NOW)).isInstanceOf(CertificateStatus.Revoked.class);
        assertThat(restarted.status(good, NOW)).isEqualTo(new CertificateStatus.Good());
    }

    @Test
    void aBrokenKeptCopyIsSaidToBeBroken() throws Exception {
        Files.writeString(folder.resolve("kept.crl"), "no list");
        assertThat(list(file.toUri()).state(NOW).toString()).contains("kept.crl cannot be used");
    }

    @Test
    void aListComesOverHttpAndItsFailureIsTold() throws Exception {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        byte[] pem = pem(corporate.list(NOW, NEXT, 11));
        server.createContext("/corp.crl", exchange -> {
            try (exchange) {
                exchange.sendResponseHeaders(200, pem.length);
                exchange.getResponseBody().write(pem);
            }
        });
        server.start();
        try {
            String base = "http://127.0.0.1:" + server.getAddress().getPort();
            RevocationList overHttp = list(URI.create(base + "/corp.crl"));
            assertThat(overHttp.refresh(NOW)).isInstanceOf(Refreshed.Loaded.class);
            assertThat(list(URI.create(base + "/gone.crl")).refresh(NOW).toString())
                    .contains("404");
        } finally {
            server.stop(0);
        }
    }

    private static byte[] pem(byte[] der) {
        String text = "-----BEGIN X509 CRL-----\n" + Base64.getMimeEncoder().encodeToString(der)
                + "\n-----END X509 CRL-----\n";
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    @Test
    void anAddressOfAnotherKindIsRefused() {
        assertThatThrownBy(() -> list(URI.create("ldap://corp.example/crl"))).hasMessageContaining("http://");
    }
}
