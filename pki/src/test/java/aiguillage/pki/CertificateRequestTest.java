package aiguillage.pki;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aiguillage.protocol.PartyId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CertificateRequestTest {

    private static final PartyId GARAGE = new PartyId("garage-1");

    @TempDir
    Path folder;

    /// However it is malformed, it is refused in the same way: what a parser throws besides would look like a fault of
    /// the authority.
    @Test
    void everyChangedByteIsRefusedOrReadButNeverAnotherFailure() throws Exception {
        byte[] der = CertificateRequest.create(EcKeys.generate(), GARAGE).der();
        int refused = 0;
        for (int at = 0; at < der.length; at++) {
            for (int value : new int[] {0x00, 0x80, 0xa0, 0xff, der[at] ^ 0x20, der[at] ^ 1}) {
                byte[] changed = der.clone();
                changed[at] = (byte) value;
                try {
                    var _ = CertificateRequest.parse(changed);
                } catch (IllegalArgumentException e) {
                    refused++;
                }
            }
        }
        assertThat(refused).isGreaterThan(der.length);
    }

    @Test
    void aRequestMadeByOpensslIsIssuedAndFitsItsKey() throws IOException, InterruptedException {
        var openssl = new OpenSsl(folder);
        var scene = new Scene(folder);
        byte[] der = request(openssl, "ec", "ec_paramgen_curve:P-256", "DNS:bank.example,URI:" + GARAGE.urn());
        CertificateChain chain = scene.authority.issue(
                CertificateRequest.parse(der), GARAGE, new CertificateUse.Client(), Duration.ofDays(1), scene.now);
        chain.write(folder.resolve("chain.pem"));
        assertThat(openssl.run("x509", "-in", "chain.pem", "-noout", "-pubkey"))
                .isEqualTo(openssl.run("pkey", "-in", "key.pem", "-pubout"));
        assertThat(openssl.run("x509", "-in", "chain.pem", "-noout", "-text"))
                .contains("URI:urn:aiguillage:party:garage-1", "CA:FALSE")
                .doesNotContain("bank.example", "Acme");
    }

    @Test
    void anRsaKeyIsRefused() throws IOException, InterruptedException {
        byte[] der = request(new OpenSsl(folder), "rsa", "rsa_keygen_bits:2048", "URI:" + GARAGE.urn());
        assertThatThrownBy(() -> CertificateRequest.parse(der))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("use an elliptic-curve key on P-256");
    }

    @Test
    void anotherCurveIsRefused() throws IOException, InterruptedException {
        byte[] der = request(new OpenSsl(folder), "ec", "ec_paramgen_curve:P-521", "URI:" + GARAGE.urn());
        assertThatThrownBy(() -> CertificateRequest.parse(der)).hasMessageContaining("use P-256 or P-384");
    }

    private byte[] request(OpenSsl openssl, String algorithm, String option, String names)
            throws IOException, InterruptedException {
        openssl.run(
                "req",
                "-new",
                "-newkey",
                algorithm,
                "-pkeyopt",
                option,
                "-nodes",
                "-keyout",
                "key.pem",
                "-out",
                "request.der",
                "-outform",
                "DER",
                "-subj",
                "/O=Acme/CN=anything",
                "-addext",
                "subjectAltName=" + names);
        return Files.readAllBytes(folder.resolve("request.der"));
    }

    @Test
    void aRequestSignedWithAnotherKeyIsRefused() {
        byte[] der = CertificateRequest.create(EcKeys.generate(), GARAGE).der();
        byte[] other = EcKeys.generate().getPublic().getEncoded();
        byte[] mine = CertificateRequest.parse(der).publicKey().getEncoded();
        int at = indexOf(der, mine);
        System.arraycopy(other, 0, der, at, other.length);
        assertThatThrownBy(() -> CertificateRequest.parse(der)).hasMessageContaining("does not fit its public key");
    }

    private static int indexOf(byte[] whole, byte[] part) {
        for (int at = 0; at + part.length <= whole.length; at++) {
            if (Arrays.equals(whole, at, at + part.length, part, 0, part.length)) {
                return at;
            }
        }
        throw new AssertionError("not found");
    }

    @Test
    void anyBytesAreARequestOrRefused() {
        byte[] der = CertificateRequest.create(EcKeys.generate(), GARAGE).der();
        for (int at = 0; at < der.length; at++) {
            byte[] broken = der.clone();
            broken[at] ^= 0x21;
            assertThatThrownBy(() -> CertificateRequest.parse(broken))
                    .as("byte %d", at)
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void aLargeRequestIsNotRead() {
        assertThatThrownBy(() -> CertificateRequest.parse(new byte[CertificateRequest.BYTES_MAX + 1]))
                .hasMessageContaining("at most 16384");
    }
}
