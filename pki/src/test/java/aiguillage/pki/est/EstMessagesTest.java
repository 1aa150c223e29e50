package aiguillage.pki.est;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aiguillage.pki.CertificateRequest;
import aiguillage.pki.EcKeys;
import aiguillage.pki.OpenSsl;
import aiguillage.pki.Scene;
import aiguillage.protocol.PartyId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EstMessagesTest {

    @TempDir
    Path folder;

    private static CertificateRequest request() {
        return CertificateRequest.create(EcKeys.generate(), new PartyId("garage-1"));
    }

    @Test
    void aRequestIsReadHoweverItsBase64IsBroken() {
        CertificateRequest request = request();
        String whole = Base64.getEncoder().encodeToString(request.der());
        String armoured = "-----BEGIN CERTIFICATE REQUEST-----\n" + whole.replaceAll("(.{64})", "$1\n")
                + "\n-----END CERTIFICATE REQUEST-----\n";
        for (byte[] body : List.of(ascii(whole), ascii(whole + "\r\n"), ascii(armoured), EstMessages.body(request))) {
            assertThat(EstMessages.request(body).publicKey()).isEqualTo(request.publicKey());
        }
    }

    @Test
    void aBodyTooLargeIsNotRead() {
        byte[] body = new byte[EstMessages.REQUEST_BODY_BYTES_MAX + 1];
        assertThatThrownBy(() -> EstMessages.request(body)).hasMessageContaining("at most 16384");
    }

    @Test
    void derWithoutBase64SaysWhatIsMissing() {
        assertThatThrownBy(() -> EstMessages.request(request().der())).hasMessageContaining("not base64");
    }

    @Test
    void anyBodyIsReadOrRefused() throws IOException {
        var random = new Random(7);
        List<byte[]> whole = List.of(
                request().der(),
                Base64.getMimeDecoder()
                        .decode(EstMessages.body(
                                new Scene(folder).authority.chain().certificates())));
        for (int i = 0; i < 300; i++) {
            byte[] body = new byte[random.nextInt(300)];
            random.nextBytes(body);
            byte[] cut = whole.get(i % 2);
            cut = Arrays.copyOf(cut, random.nextInt(cut.length));
            for (byte[] sent : List.of(
                    body, Base64.getEncoder().encode(body), Base64.getEncoder().encode(cut))) {
                assertThatThrownBy(() -> EstMessages.request(sent))
                        .as("round %d", i)
                        .isInstanceOf(IllegalArgumentException.class);
                assertThatThrownBy(() -> EstMessages.certificates(sent))
                        .as("round %d", i)
                        .isInstanceOf(IllegalArgumentException.class);
            }
        }
    }

    @Test
    void certificatesComeBackAsTheyWere() throws IOException {
        List<X509Certificate> chain = new Scene(folder).authority.chain().certificates();
        assertThat(EstMessages.certificates(EstMessages.body(chain))).containsExactlyInAnyOrderElementsOf(chain);
    }

    @Test
    void opensslReadsOurCertificatesAndWeReadItsOwn() throws IOException, InterruptedException {
        var openssl = new OpenSsl(folder);
        List<X509Certificate> chain = new Scene(folder).authority.chain().certificates();
        Files.write(folder.resolve("ours.b64"), EstMessages.body(chain));
        openssl.run("base64", "-d", "-in", "ours.b64", "-out", "ours.der");
        assertThat(openssl.run("pkcs7", "-inform", "DER", "-in", "ours.der", "-print_certs"))
                .contains("CN = Test issuing", "CN = Test root");
        openssl.run("crl2pkcs7", "-nocrl", "-certfile", "ca/issuing/chain.pem", "-out", "theirs.pem");
        assertThat(EstMessages.certificates(Files.readAllBytes(folder.resolve("theirs.pem"))))
                .containsExactlyInAnyOrderElementsOf(chain);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
