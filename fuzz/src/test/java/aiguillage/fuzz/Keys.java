package aiguillage.fuzz;

import aiguillage.pki.CertificateAuthority;
import aiguillage.pki.CertificateRequest;
import aiguillage.pki.CertificateUse;
import aiguillage.pki.EcKeys;
import aiguillage.protocol.PartyId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// A party with a key and a certificate.
record Keys(
        KeyPair pair,
        X509Certificate certificate,
        List<X509Certificate> chain,
        CertificateRequest request,
        Instant now) {

    static Keys make() throws IOException {
        Instant now = Instant.now();
        Path folder = Files.createTempDirectory("fuzz").resolve("ca");
        CertificateAuthority.init(folder, "Fuzz", null, now);
        var authority = CertificateAuthority.openIssuing(folder);
        KeyPair pair = EcKeys.generate();
        var party = new PartyId("dealer-7");
        CertificateRequest request = CertificateRequest.create(pair, party);
        List<X509Certificate> chain = authority
                .issue(request, party, new CertificateUse.Client(), Duration.ofDays(30), now)
                .certificates();
        return new Keys(pair, chain.getFirst(), chain, request, now);
    }
}
