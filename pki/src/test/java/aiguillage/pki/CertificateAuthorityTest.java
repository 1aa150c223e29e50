package aiguillage.pki;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aiguillage.protocol.PartyId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CertificateAuthorityTest {

    private static final PartyId GARAGE = new PartyId("garage-1");
    private static final CertificateUse CLIENT = new CertificateUse.Client();
    private static final Duration LIFETIME = Duration.ofDays(30);

    @TempDir
    Path folder;

    private Scene scene;

    @BeforeEach
    void open() throws IOException {
        scene = new Scene(folder);
    }

    @Test
    void aCertificateNamesItsPartyAndNothingElse() throws Exception {
        X509Certificate certificate = scene.credential("garage-1").chain().leaf();
        assertThat(List.copyOf(certificate.getSubjectAlternativeNames()))
                .isEqualTo(List.of(List.of(6, GARAGE.urn().toString())));
        assertThat(certificate.getExtendedKeyUsage()).isEqualTo(List.of("1.3.6.1.5.5.7.3.2"));
        assertThat(certificate.getKeyUsage()).startsWith(true, false);
        assertThat(certificate.getBasicConstraints()).isEqualTo(-1);
        assertThat(certificate.getCriticalExtensionOIDs()).contains("2.5.29.19");
        assertThat(certificate.getSerialNumber().bitLength()).isEqualTo(128);
    }

    @Test
    void aCertificateIsValidForSlowClocksAndRenewedAtTwoThirds() {
        PartyCertificate certificate = scene.credential("garage-1").party();
        assertThat(certificate.notBefore()).isEqualTo(scene.now.minus(Duration.ofMinutes(5)));
        assertThat(certificate.notAfter()).isEqualTo(scene.now.plus(LIFETIME));
        assertThat(certificate.renewAt())
                .isBetween(scene.now.plus(Duration.ofDays(19)), scene.now.plus(Duration.ofDays(20)));
    }

    @Test
    void aServersCertificateHasTheNamesItsOperatorGave() throws Exception {
        X509Certificate certificate = scene.server("hub").chain().leaf();
        assertThat(certificate.getExtendedKeyUsage()).contains("1.3.6.1.5.5.7.3.1", "1.3.6.1.5.5.7.3.2");
        assertThat(certificate.getSubjectAlternativeNames()).contains(List.of(2, "localhost"), List.of(7, "127.0.0.1"));
    }

    @Test
    void theRootMayHaveOneAuthorityBelowItAndTheIssuingNone() {
        List<X509Certificate> chain = scene.authority.chain().certificates();
        assertThat(chain).extracting(X509Certificate::getBasicConstraints).containsExactly(0, 1);
    }

    @Test
    void aRequestOfAnotherPartyIsRefused() {
        CertificateRequest request = CertificateRequest.create(EcKeys.generate(), new PartyId("garage-2"));
        assertThatThrownBy(() -> scene.authority.issue(request, GARAGE, CLIENT, LIFETIME, scene.now))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("urn:aiguillage:party:garage-2")
                .hasMessageContaining("garage-1");
    }

    @Test
    void anAuthorityIsNeverOverwritten() throws IOException {
        byte[] key = Files.readAllBytes(folder.resolve("ca/root/key.pem"));
        assertThatThrownBy(() -> CertificateAuthority.init(folder.resolve("ca"), "Other", null, scene.now))
                .isInstanceOf(FileAlreadyExistsException.class)
                .hasMessageContaining("never overwritten");
        assertThat(Files.readAllBytes(folder.resolve("ca/root/key.pem"))).isEqualTo(key);
    }

    @Test
    void anAuthorityWhoseOwnCertificateEndedIssuesNothing() {
        CertificateRequest request = CertificateRequest.create(EcKeys.generate(), GARAGE);
        Instant later = scene.now.plus(Duration.ofDays(1200));
        assertThatThrownBy(() -> scene.authority.issue(request, GARAGE, CLIENT, LIFETIME, later))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("renew it with the root's key");
    }

    @Test
    void aCertificateEndsNoLaterThanItsAuthoritys() {
        Instant late = scene.now.plus(Duration.ofDays(1090));
        Credential credential = scene.credential("garage-1", CLIENT, late);
        assertThat(credential.party().notAfter())
                .isEqualTo(scene.authority.certificate().getNotAfter().toInstant());
    }

    @Test
    void aRenewedAuthorityIssuesBelowTheSameRoot() throws IOException {
        CertificateAuthority renewed = CertificateAuthority.renew(folder.resolve("ca"), null, scene.now);
        assertThat(renewed.certificate().getPublicKey())
                .isNotEqualTo(scene.authority.certificate().getPublicKey());
        assertThat(renewed.chain().certificates().getLast())
                .isEqualTo(scene.authority.chain().certificates().getLast());
        assertThat(CertificateAuthority.openIssuing(folder.resolve("ca")).certificate())
                .isEqualTo(renewed.certificate());
    }

    @Test
    void theRootsKeyCanBeUnderAPassphrase() throws IOException {
        Path sealed = folder.resolve("sealed");
        CertificateAuthority.init(sealed, "Test", "a long one".toCharArray(), scene.now);
        assertThatThrownBy(() -> KeyFile.read(sealed.resolve("root/key.pem"))).hasMessageContaining("passphrase");
        CertificateAuthority.renew(sealed, "a long one".toCharArray(), scene.now);
    }

    @Test
    void aPartysCertificateCannotActAsAnAuthority() throws IOException {
        Credential garage = scene.credential("garage-1");
        Path file = folder.resolve("garage.pem");
        garage.write(file);
        assertThatThrownBy(() -> CertificateAuthority.open(file, file, null))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("no authority's certificate");
    }

    @Test
    void opensslFindsOurCertificatesInOrder() throws IOException, InterruptedException {
        var openssl = new OpenSsl(folder);
        scene.server("hub").chain().write(folder.resolve("hub.pem"));
        String[] verify = {
            "verify",
            "-x509_strict",
            "-CAfile",
            "ca/root/certificate.pem",
            "-untrusted",
            "ca/issuing/chain.pem",
            "-purpose"
        };
        assertThat(openssl.run(with(verify, "sslserver", "hub.pem"))).contains("hub.pem: OK");
        assertThat(openssl.run(with(verify, "sslclient", "hub.pem"))).contains("hub.pem: OK");
        scene.credential("garage-1").chain().write(folder.resolve("garage.pem"));
        assertThat(openssl.run(with(verify, "sslclient", "garage.pem"))).contains("garage.pem: OK");
        assertThat(openssl.tried(with(verify, "sslserver", "garage.pem")).exitCode())
                .isNotZero();
    }

    private static String[] with(String[] command, String... more) {
        return Stream.concat(Arrays.stream(command), Arrays.stream(more)).toArray(String[]::new);
    }

    @Test
    void aCorporateAuthorityMadeByOpensslIssuesForUs() throws IOException, InterruptedException {
        var openssl = new OpenSsl(folder);
        openssl.run(
                "req",
                "-x509",
                "-newkey",
                "rsa:2048",
                "-nodes",
                "-keyout",
                "corp.key",
                "-out",
                "corp.pem",
                "-subj",
                "/O=Corp/CN=Corp CA",
                "-addext",
                "keyUsage=critical,keyCertSign,cRLSign",
                "-days",
                "30");
        Files.setPosixFilePermissions(folder.resolve("corp.key"), PosixFilePermissions.fromString("rw-------"));
        CertificateAuthority corporate =
                CertificateAuthority.open(folder.resolve("corp.key"), folder.resolve("corp.pem"), null);
        CertificateRequest request = CertificateRequest.create(EcKeys.generate(), GARAGE);
        corporate
                .issue(request, GARAGE, CLIENT, Duration.ofDays(1), scene.now.plusSeconds(60))
                .write(folder.resolve("garage.pem"));
        assertThat(openssl.run("verify", "-CAfile", "corp.pem", "-purpose", "sslclient", "garage.pem"))
                .contains("OK");
    }

    @Test
    void aCertificateWithoutPartyOrWithTwoIsRefused() throws IOException, InterruptedException {
        var openssl = new OpenSsl(folder);
        assertThatThrownBy(() -> PartyCertificate.of(selfSigned(openssl, "DNS:example.org")))
                .hasMessageContaining("names no party");
        assertThatThrownBy(() -> PartyCertificate.of(
                        selfSigned(openssl, "URI:urn:aiguillage:party:a,URI:urn:aiguillage:party:b")))
                .hasMessageContaining("several parties");
        assertThat(PartyCertificate.of(selfSigned(openssl, "URI:urn:aiguillage:party:a,URI:https://corp.example/a"))
                        .party())
                .isEqualTo(new PartyId("a"));
    }

    private X509Certificate selfSigned(OpenSsl openssl, String names) throws IOException, InterruptedException {
        openssl.run(
                "req",
                "-x509",
                "-newkey",
                "ec",
                "-pkeyopt",
                "ec_paramgen_curve:P-256",
                "-nodes",
                "-keyout",
                "x.key",
                "-out",
                "x.pem",
                "-subj",
                "/CN=x",
                "-addext",
                "subjectAltName=" + names);
        return CertificatePem.parse(Files.readString(folder.resolve("x.pem")).getBytes(StandardCharsets.US_ASCII))
                .getFirst();
    }

    @Test
    void aNewKeyPairIsNeverReused() {
        KeyPair one = EcKeys.generate();
        assertThat(one.getPrivate()).isNotEqualTo(EcKeys.generate().getPrivate());
    }
}
