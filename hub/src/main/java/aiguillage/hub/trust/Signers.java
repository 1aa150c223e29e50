package aiguillage.hub.trust;

import aiguillage.hub.problem.Problem;
import aiguillage.hub.problem.Refused;
import aiguillage.pki.tls.PartyTrustManager;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLEngine;
import org.jspecify.annotations.Nullable;

/// Identifies who signed a message, by the certificate in it: the same roots, the same use, the same
/// revocations and the same parties as for a connection. Safe from any thread.
public final class Signers {

    /// A path has at most so many certificates.
    private static final int PATH_MAX = 6;

    private final Trust trust;
    private final PartyTrustManager roots;
    private final List<X509Certificate> issuing;

    /// @param issuing certificates of known issuing authorities: a message has often the signer's own alone
    public Signers(Trust trust, PartyTrustManager roots, List<X509Certificate> issuing) {
        this.trust = trust;
        this.roots = roots;
        this.issuing = List.copyOf(issuing);
    }

    /// Who it is.
    ///
    /// @param sent the signer's certificate first, then others that may be above it
    /// @throws Refused when it does not lead to a trusted root, is past its time or revoked, names no
    ///     party, or one that is not known here
    public Caller identify(List<X509Certificate> sent) {
        X509Certificate signer = sent.getFirst();
        X509Certificate[] path = path(signer, sent).toArray(X509Certificate[]::new);
        @Nullable SSLEngine none = null;
        try {
            roots.checkClientTrusted(path, signer.getPublicKey().getAlgorithm(), none);
        } catch (CertificateExpiredException e) {
            throw new Refused(Problem.CERTIFICATE_EXPIRED, "Of the signature: " + e.getMessage() + ".");
        } catch (CertificateException e) {
            throw new Refused(
                    Problem.CERTIFICATE_UNUSABLE,
                    "The certificate of the signature is of no authority that this hub believes: " + e.getMessage()
                            + ".");
        }
        return trust.identify(signer);
    }

    private List<X509Certificate> path(X509Certificate signer, List<X509Certificate> sent) {
        List<X509Certificate> above = new ArrayList<>(sent);
        above.addAll(issuing);
        List<X509Certificate> path = new ArrayList<>();
        X509Certificate last = signer;
        path.add(last);
        for (X509Certificate next = issuer(last, above); next != null && path.size() < PATH_MAX; ) {
            path.add(next);
            last = next;
            next = issuer(last, above);
        }
        return path;
    }

    private static @Nullable X509Certificate issuer(X509Certificate of, List<X509Certificate> among) {
        for (X509Certificate one : among) {
            boolean isNamed = one.getSubjectX500Principal().equals(of.getIssuerX500Principal());
            if (isNamed && !one.equals(of) && signed(one, of)) {
                return one;
            }
        }
        return null;
    }

    private static boolean signed(X509Certificate by, X509Certificate of) {
        try {
            of.verify(by.getPublicKey());
            return true;
        } catch (GeneralSecurityException e) {
            return false; // another of the same name
        }
    }
}
