package aiguillage.fuzz;

import static aiguillage.fuzz.Inputs.require;

import aiguillage.pki.est.EstMessages;
import java.io.IOException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Set;

/// The answer to an enrolment: base64 of PKCS#7, from whoever a gateway takes for its hub.
final class EstCertificatesTarget implements Target {

    @Override
    public List<byte[]> seeds() throws IOException {
        return List.of(EstMessages.body(Keys.make().chain()));
    }

    @Override
    public void run(byte[] input) {
        List<X509Certificate> certificates;
        try {
            certificates = EstMessages.certificates(input);
        } catch (IllegalArgumentException refused) {
            return;
        }
        // What came may be written in another form than DER; what we write is, and stays as it is.
        List<X509Certificate> written = EstMessages.certificates(EstMessages.body(certificates));
        require(
                Set.copyOf(EstMessages.certificates(EstMessages.body(written))).equals(Set.copyOf(written)),
                "reads what it wrote");
    }
}
