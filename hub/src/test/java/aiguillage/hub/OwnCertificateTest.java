package aiguillage.hub;

import static org.assertj.core.api.Assertions.assertThat;

import aiguillage.hub.testing.Documents;
import aiguillage.hub.testing.TestClock;
import aiguillage.pki.CertificateAuthority;
import aiguillage.pki.Credential;
import aiguillage.protocol.PartyId;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The hub's own certificate is always what a new one would be.
class OwnCertificateTest {

    private static final Duration LIFETIME = Duration.ofDays(30);
    private static final List<String> NAMES = List.of("door.example", "192.0.2.7", "2001:db8::7");

    @TempDir
    Path folder;

    private final TestClock clock = new TestClock(Instant.parse("2026-03-01T09:30:00Z"));
    private Path ca;

    @BeforeEach
    void init() throws IOException {
        ca = folder.resolve("ca");
        CertificateAuthority.init(ca, "Test", null, clock.instant());
    }

    private OwnCertificate opened(PartyId hub, List<String> names) throws IOException {
        return OwnCertificate.open(
                folder.resolve("hub.pem"),
                hub,
                new HubConfig.Certificates(ca, names, LIFETIME),
                CertificateAuthority.openIssuing(ca),
                clock.instant());
    }

    private Credential opened(List<String> names) throws IOException {
        return opened(Documents.HUB, names).keys().current();
    }

    private static BigInteger serial(Credential credential) {
        return credential.chain().leaf().getSerialNumber();
    }

    @Test
    void asLongAsNothingChangedItStaysInWhateverOrderTheNamesStand() throws Exception {
        BigInteger first = serial(opened(NAMES));
        assertThat(serial(opened(NAMES))).isEqualTo(first);
        assertThat(serial(opened(NAMES.reversed()))).isEqualTo(first);
        assertThat(serial(opened(List.of("DOOR.example", "192.0.2.7", "2001:db8:0::7"))))
                .isEqualTo(first);
    }

    @Test
    void aHubWhoseNamesChangedGetsANewOne() throws Exception {
        BigInteger first = serial(opened(NAMES));
        Credential second = opened(List.of("door.example", "192.0.2.7", "2001:db8::7", "new.example"));
        assertThat(serial(second)).isNotEqualTo(first);
        assertThat(second.chain().leaf().getSubjectAlternativeNames().toString())
                .contains("new.example");
        Credential third = opened(List.of("new.example"));
        assertThat(third.chain().leaf().getSubjectAlternativeNames().toString())
                .contains("new.example")
                .doesNotContain("door.example", "192.0.2.7");
    }

    @Test
    void aHubBelowANewRootGetsANewOne() throws Exception {
        BigInteger first = serial(opened(NAMES));
        ca = folder.resolve("other-ca");
        CertificateAuthority.init(ca, "Test", null, clock.instant());
        Credential second = opened(NAMES);
        assertThat(serial(second)).isNotEqualTo(first);
        second.chain()
                .leaf()
                .verify(CertificateAuthority.openIssuing(ca).certificate().getPublicKey());
    }

    @Test
    void aRenewedIssuingAuthorityLeavesItAsItIs() throws Exception {
        BigInteger first = serial(opened(NAMES));
        CertificateAuthority.renew(ca, null, clock.instant());
        assertThat(serial(opened(NAMES))).isEqualTo(first);
    }

    @Test
    void aHubWithAnotherNameGetsANewOne() throws Exception {
        BigInteger first = serial(opened(NAMES));
        assertThat(serial(opened(new PartyId("hub-2.example"), NAMES).keys().current()))
                .isNotEqualTo(first);
    }

    @Test
    void itIsRenewedAtTwoThirdsOfItsLifetime() throws Exception {
        OwnCertificate own = opened(Documents.HUB, NAMES);
        BigInteger first = serial(own.keys().current());
        clock.advance(LIFETIME.multipliedBy(2).dividedBy(3).minusMinutes(5));
        own.renewIfDue(clock.instant());
        assertThat(serial(own.keys().current())).isEqualTo(first);
        clock.advance(Duration.ofMinutes(10));
        own.renewIfDue(clock.instant());
        BigInteger second = serial(own.keys().current());
        assertThat(second).isNotEqualTo(first);
        assertThat(serial(opened(NAMES))).as("it was written").isEqualTo(second);
    }

    @Test
    void oneWhoseTimeCameWhileTheHubStoodIsRenewedAtTheStart() throws Exception {
        BigInteger first = serial(opened(NAMES));
        clock.advance(LIFETIME);
        assertThat(serial(opened(NAMES))).isNotEqualTo(first);
    }
}
