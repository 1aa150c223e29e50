package aiguillage.pki;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// The roots one believes: the built-in authority's, and corporate ones beside it.
public record TrustAnchors(Set<X509Certificate> roots) {

    public static final int ROOTS_MAX = 64;

    public TrustAnchors {
        if (roots.isEmpty() || roots.size() > ROOTS_MAX) {
            throw new IllegalArgumentException("between 1 and " + ROOTS_MAX + " roots can be trusted, not "
                    + roots.size() + "; without one every connection would be refused");
        }
        for (X509Certificate root : roots) {
            if (root.getBasicConstraints() < 0) {
                throw new IllegalArgumentException(
                        "\"" + root.getSubjectX500Principal().getName()
                                + "\" is no authority's certificate (CA:TRUE), so it cannot be trusted as a root");
            }
        }
        roots = Collections.unmodifiableSet(new LinkedHashSet<>(roots));
    }

    public static TrustAnchors of(X509Certificate... roots) {
        return new TrustAnchors(new LinkedHashSet<>(List.of(roots)));
    }

    /// Reads a PEM file of one or more roots.
    public static TrustAnchors read(Path file) throws IOException {
        try {
            return new TrustAnchors(new LinkedHashSet<>(CertificatePem.parse(Files.readAllBytes(file))));
        } catch (IllegalArgumentException e) {
            throw new IOException(file + ": " + e.getMessage(), e);
        }
    }

    /// These and others.
    public TrustAnchors and(TrustAnchors others) {
        Set<X509Certificate> all = new LinkedHashSet<>(roots);
        all.addAll(others.roots);
        return new TrustAnchors(all);
    }

    /// Those whose own certificate is valid at an instant: path validation (RFC 5280, 6.1) does not ask.
    public List<X509Certificate> validAt(Instant now) {
        return roots.stream()
                .filter(root -> !now.isBefore(root.getNotBefore().toInstant())
                        && !now.isAfter(root.getNotAfter().toInstant()))
                .toList();
    }
}
