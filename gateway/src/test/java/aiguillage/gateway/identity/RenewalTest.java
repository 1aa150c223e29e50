package aiguillage.gateway.identity;

import static aiguillage.gateway.testing.GatewayScene.DEALER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aiguillage.gateway.status.Trouble.Kind;
import aiguillage.gateway.status.Troubles;
import aiguillage.gateway.testing.TestAuthority;
import aiguillage.gateway.testing.TestEst;
import aiguillage.pki.Credential;
import aiguillage.pki.Fingerprint;
import aiguillage.pki.TrustAnchors;
import aiguillage.pki.est.EnrolmentCode;
import aiguillage.pki.est.EstClient;
import aiguillage.pki.est.EstServer;
import aiguillage.protocol.Digest;
import aiguillage.protocol.PartyId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// One identity: enrolled with a code, renewed at two thirds of its life, tried more often as its end comes near.
final class RenewalTest {

    @TempDir
    private Path root;

    private final EnrolmentCode code = EnrolmentCode.random(new SecureRandom());
    private Duration ahead = Duration.ZERO;
    private final InstantSource clock = () -> Instant.now().plus(ahead);
    private final Troubles troubles = new Troubles(clock);
    private TestAuthority authority;
    private TestEst est;
    private EstClient client;
    private IdentityFiles files;
    private int renewals;

    @BeforeEach
    void start() throws IOException {
        authority = new TestAuthority(root.resolve("ca"));
        est = new TestEst(authority, DEALER, code.printed());
        client = new EstClient(new EstServer(est.address(), null, EstServer.TIMEOUT_DEFAULT), clock);
        files = IdentityFiles.below(root.resolve("data"));
    }

    @AfterEach
    void stop() {
        est.close();
    }

    @Test
    void aCodeAndAFingerprintGiveAnIdentity() throws Exception {
        Identity identity = enrolled();
        assertThat(identity.certificate().party()).isEqualTo(DEALER);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(files.credential())))
                .isEqualTo("rw-------");
    }

    @Test
    void anotherFingerprintSendsNoCode() {
        var wrong = new Fingerprint(Digest.of(new byte[] {1}));
        assertThatThrownBy(() -> new Enrolment(client, files).enrol(DEALER, code, wrong))
                .isInstanceOf(IOException.class);
        assertThat(est.issued()).isZero();
        assertThat(files.credential()).doesNotExist();
    }

    @Test
    void aRefusalIsSaidByItsDetailOrElseByItsBeginning() {
        assertThat(Said.by("{\"title\":\"No\",\"detail\":\"The code\\u001b is spent.\",\"remedy\":\"cut o"))
                .isEqualTo("The code  is spent");
        assertThat(Said.by("the code is not known")).isEqualTo("the code is not known");
        assertThat(Said.by("[1]")).isEqualTo("[1]");
        assertThat(Said.by("<html>" + "x".repeat(400)))
                .hasSize(201)
                .startsWith("<html>x")
                .endsWith("x…");
        assertThat(Said.by("")).isEqualTo("it gave no reason");
    }

    @Test
    void aWrongCodeSaysWhatToDo() {
        EnrolmentCode wrong = EnrolmentCode.random(new SecureRandom());
        assertThatThrownBy(() -> new Enrolment(client, files).enrol(DEALER, wrong, fingerprint()))
                .hasMessageContaining("new code");
    }

    @Test
    void anEnrolmentWhoseAnswerIsLostIsRepeatedWithTheSameCodeAndKey() throws Exception {
        est.loseAnswers(1);
        var enrolment = new Enrolment(client, files);
        assertThatThrownBy(() -> enrolment.enrol(DEALER, code, fingerprint())).isInstanceOf(IOException.class);
        assertThat(files.credential()).doesNotExist();

        new Enrolment(client, files).enrol(DEALER, code, fingerprint()); // as after a restart
        assertThat(est.issued()).isEqualTo(2);
        assertThat(Identity.open(files, DEALER, clock).certificate().party()).isEqualTo(DEALER);
        assertThat(files.enrolling()).doesNotExist();
    }

    @Test
    void aCodeIsSpentOnceItGaveTheCredentialThatIsHere() throws Exception {
        enrolled();
        assertThat(files.isSpent(code)).isTrue();
        assertThat(files.isSpent(EnrolmentCode.random(new SecureRandom()))).isFalse();
    }

    @Test
    void nothingIsRenewedBeforeTwoThirdsOfTheLife() throws Exception {
        Identity identity = enrolled();
        ahead = Duration.ofDays(19);
        assertThat(renewal(identity).look()).isBetween(Duration.ofHours(20), Duration.ofDays(1));
        assertThat(est.issued()).isEqualTo(1);
    }

    @Test
    void atTwoThirdsANewKeyTakesOverAndTheOldOneStaysUntilItEnds() throws Exception {
        Identity identity = enrolled();
        var before = identity.certificate();
        ahead = Duration.ofDays(21);
        renewal(identity).look();

        assertThat(renewals).isEqualTo(1);
        assertThat(identity.certificate().thumbprint()).isNotEqualTo(before.thumbprint());
        assertThat(identity.credential().key())
                .isNotEqualTo(
                        Credential.read(files.previous(), files.previous()).key());
        assertThat(Identity.open(files, DEALER, clock).certificate().thumbprint())
                .isEqualTo(identity.certificate().thumbprint());
    }

    @Test
    void aRenewalThatFailsIsTriedDailyThenHourly() throws Exception {
        Identity identity = enrolled();
        est.breakDown();
        ahead = Duration.ofDays(20).plusHours(1);
        assertThat(renewal(identity).look()).isBetween(Duration.ofHours(23), Duration.ofDays(1));
        ahead = Duration.ofDays(30).minusHours(8);
        assertThat(renewal(identity).look()).isEqualTo(Duration.ofHours(1));
        assertThat(troubles.open()).extracting(t -> t.kind()).containsExactly(Kind.CERTIFICATE_NOT_RENEWED);
    }

    @Test
    void anotherPartysCertificateIsNotUsed() throws Exception {
        enrolled();
        assertThatThrownBy(() -> Identity.open(files, new PartyId("dealer-8"), clock))
                .hasMessageContaining("is for dealer-7");
    }

    private Identity enrolled() throws IOException, InterruptedException {
        new Enrolment(client, files).enrol(DEALER, code, fingerprint());
        return Identity.open(files, DEALER, clock);
    }

    private Fingerprint fingerprint() throws IOException {
        return Fingerprint.of(
                TrustAnchors.read(authority.root()).roots().iterator().next());
    }

    private Renewal renewal(Identity identity) {
        return new Renewal(identity, client, "est", () -> renewals++, pause -> {}, clock, troubles);
    }
}
