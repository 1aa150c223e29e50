package aiguillage.fuzz;

import static aiguillage.fuzz.Inputs.require;

import aiguillage.pki.CertificateRequest;
import aiguillage.pki.est.EstMessages;
import java.io.IOException;
import java.util.List;

/// The body of an enrolment: base64 of PKCS#10, from strangers.
final class EstRequestTarget implements Target {

    @Override
    public List<byte[]> seeds() throws IOException {
        byte[] body = EstMessages.body(Keys.make().request());
        String armoured =
                "-----BEGIN CERTIFICATE REQUEST-----\n" + Inputs.text(body) + "\n-----END CERTIFICATE REQUEST-----\n";
        return List.of(body, armoured.getBytes(java.nio.charset.StandardCharsets.US_ASCII));
    }

    @Override
    public void run(byte[] input) {
        CertificateRequest request;
        try {
            request = EstMessages.request(input);
        } catch (IllegalArgumentException refused) {
            return;
        }
        CertificateRequest again = EstMessages.request(EstMessages.body(request));
        require(again.publicKey().equals(request.publicKey()), "reads what it wrote", request);
    }
}
