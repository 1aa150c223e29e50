package aiguillage.gateway.page;

import aiguillage.pki.Credential;
import aiguillage.pki.SelfSigned;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What the listener in the local network proves itself with: a certificate of the dealer's own, or one that
/// the gateway makes, whose fingerprint is compared the first time.
public final class PageCredential {

    /// Browsers take no longer ones (CA/Browser Forum baseline requirements, 6.3.2); the day is for their
    /// clocks.
    private static final Duration LASTS = Duration.ofDays(397);

    private static final Duration RENEWED_BEFORE_END = Duration.ofDays(30);

    private PageCredential() {}

    /// Opens the credential; makes one where the present one is missing, for other names, or about to end.
    ///
    /// @param own of the dealer's: key and chain, PEM; null: the gateway makes one
    /// @param data the gateway's data folder
    /// @param names that browsers type: DNS names and IP addresses
    public static Credential open(@Nullable Path own, Path data, List<String> names, Instant now) throws IOException {
        if (own != null) {
            return Credential.read(own, own);
        }
        Path file = Files.createDirectories(data.resolve("page")).resolve("certificate.pem");
        if (Files.exists(file)) {
            Credential present = Credential.read(file, file);
            X509Certificate certificate = present.chain().leaf();
            boolean isFresh = certificate.getNotAfter().toInstant().isAfter(now.plus(RENEWED_BEFORE_END));
            if (isFresh && names(certificate).equals(Set.copyOf(names))) {
                return present;
            }
        }
        Credential made = SelfSigned.server(names, now, LASTS);
        made.write(file);
        return made;
    }

    private static Set<String> names(X509Certificate certificate) throws IOException {
        try {
            var names = certificate.getSubjectAlternativeNames();
            return names == null
                    ? Set.of()
                    : names.stream().map(name -> String.valueOf(name.get(1))).collect(Collectors.toSet());
        } catch (CertificateParsingException e) {
            throw new IOException("the page's certificate cannot be read: " + e.getMessage(), e);
        }
    }
}
