package aiguillage.hub.trust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aiguillage.hub.HubConfig;
import aiguillage.hub.testing.CorporateAuthority;
import aiguillage.hub.testing.RunningHub;
import aiguillage.hub.testing.TestClock;
import aiguillage.pki.CertificateChain;
import aiguillage.pki.Credential;
import java.io.IOException;
import java.math.BigInteger;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// I8 with a company's own authority: what revocation data says, and what happens while it cannot be had: never
/// everyone revoked, never silently everyone fine.
class CorporateTrustTest {

    private final Instant began = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    private static final Duration GRACE = Duration.ofHours(24);
    private static final String CLAIMS = "opel/warranty-claim";

    @TempDir
    Path folder;

    private final TestClock clock = new TestClock(began);
    private CorporateAuthority company;
    private CorporateAuthority.Below issuing;
    private Path list;

    @BeforeEach
    void found() throws Exception {
        company = new CorporateAuthority(began);
        issuing = company.below("Corporate issuing");
        company.writeRoot(folder.resolve("root.pem"));
        new CertificateChain(List.of(issuing.certificate())).write(folder.resolve("issuing.pem"));
        list = folder.resolve("list.crl");
    }

    private RunningHub hub() throws Exception {
        HubConfig plain = RunningHub.config(folder, RunningHub.FLOWS, clock);
        var authority =
                new HubConfig.Authority(folder.resolve("root.pem"), folder.resolve("issuing.pem"), list.toUri(), GRACE);
        return new RunningHub(RunningHub.trusting(authority, plain), clock);
    }

    @Test
    void aListIsBelievedUntilItsGraceEndsAndThenNewDocumentsWaitWhileDeliveriesGoOn() throws Exception {
        company.writeList(list, issuing, began.plus(Duration.ofHours(1)));
        try (RunningHub hub = hub();
                HttpClient dealer = hub.client(company.issue(issuing, "dealer-7"))) {
            assertThat(submit(hub, dealer, "fresh").statusCode()).isEqualTo(201);
            assertThat(hub.figures()).contains("aiguillage_revocation_lists_stale 0.0");
            clock.advance(Duration.ofHours(2));
            assertThat(submit(hub, dealer, "stale").statusCode()).isEqualTo(201);
            assertThat(hub.figures()).contains("aiguillage_revocation_lists_stale 1.0");
            clock.advance(GRACE);
            assertUnknown(hub, dealer, "too-old");
            try (HttpClient ours = hub.client("dealer-8")) {
                assertThat(hub.submit(ours, "dealer-8", CLAIMS, "ours", "c").statusCode())
                        .isEqualTo(201);
            }
        }
    }

    @Test
    void aListThatNeverCameMakesItsCertificatesUnknown() throws Exception {
        try (RunningHub hub = hub();
                HttpClient dealer = hub.client(company.issue(issuing, "dealer-7"))) {
            assertUnknown(hub, dealer, "claim-1");
        }
    }

    @Test
    void anAuthorityOfTheSameRootWithoutAListIsUnknownToo() throws Exception {
        company.writeList(list, issuing, began.plus(Duration.ofHours(1)));
        CorporateAuthority.Below other = company.below("Corporate branch office");
        try (RunningHub hub = hub();
                HttpClient dealer = hub.client(company.issue(other, "dealer-7"))) {
            assertUnknown(hub, dealer, "claim-1");
        }
    }

    @Test
    void whomTheListNamesIsRefused() throws Exception {
        Credential revoked = company.issue(issuing, "dealer-7");
        BigInteger serial = revoked.chain().leaf().getSerialNumber();
        company.writeList(list, issuing, began.plus(Duration.ofHours(1)), serial);
        try (RunningHub hub = hub();
                HttpClient dealer = hub.client(revoked)) {
            assertThat(hub.get(dealer, "/v1/inbox").statusCode()).isEqualTo(401);
            assertThat(submit(hub, dealer, "claim-1").body()).contains("certificate-revoked");
        }
    }

    @Test
    void aCertificateThatNamesNoPartyIsUnusable() throws Exception {
        company.writeList(list, issuing, began.plus(Duration.ofHours(1)));
        try (RunningHub hub = hub();
                HttpClient somebody = hub.client(company.issue(issuing, null))) {
            HttpResponse<String> answer = hub.get(somebody, "/v1/inbox");
            assertThat(answer.statusCode()).isEqualTo(401);
            assertThat(answer.body()).contains("certificate-unusable");
        }
    }

    @Test
    void aCertificateThatIsNotForClientsGetsNoAnswer() throws Exception {
        company.writeList(list, issuing, began.plus(Duration.ofHours(1)));
        Credential server = company.issue(issuing, "dealer-7", KeyPurposeId.id_kp_serverAuth);
        try (RunningHub hub = hub();
                HttpClient dealer = hub.client(server)) {
            assertThatThrownBy(() -> submit(hub, dealer, "claim-1")).isInstanceOf(IOException.class);
            try (HttpClient known = hub.client("dealer-7")) {
                assertThat(hub.get(known, "/v1/documents/claim-1").statusCode()).isEqualTo(404);
            }
        }
    }

    private static HttpResponse<String> submit(RunningHub hub, HttpClient dealer, String id) throws Exception {
        return hub.submit(dealer, "dealer-7", CLAIMS, id, "content");
    }

    private static void assertUnknown(RunningHub hub, HttpClient dealer, String id) throws Exception {
        HttpResponse<String> refused = submit(hub, dealer, id);
        assertThat(refused.statusCode()).isEqualTo(503);
        assertThat(refused.body()).contains("revocation-unknown");
        assertThat(refused.headers().firstValue("Retry-After")).isPresent();
        assertThat(hub.get(dealer, "/v1/inbox").statusCode()).isEqualTo(200);
        assertThat(hub.get(dealer, "/v1/documents/" + id).statusCode()).isEqualTo(404);
    }
}
