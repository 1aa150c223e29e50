package aiguillage.pki.revocation;

import aiguillage.pki.DurableFile;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReference;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.x509.AuthorityKeyIdentifier;
import org.bouncycastle.asn1.x509.SubjectKeyIdentifier;
import org.jspecify.annotations.Nullable;

/// One corporate authority's revocation list, as last seen. Safe from any thread; has none of its own: somebody
/// calls [#refresh] now and then, say every quarter of an hour.
public final class RevocationList {

    private static final String AUTHORITY_KEY = "2.5.29.35";
    private static final String SUBJECT_KEY = "2.5.29.14";

    private final CrlSource source;
    private final X509Certificate authority;
    private final @Nullable Path kept;
    private final RevocationRule rule;
    private final AtomicReference<Held> held;

    /// What is in hand, and if nothing is, why.
    private record Held(@Nullable VerifiedCrl crl, String whyMissing) {}

    /// Takes up the kept copy, and fetches nothing yet.
    ///
    /// @param source `file:`, `http:` or `https:`
    /// @param authority whose list it is: the certificate that signed the parties' certificates
    /// @param kept where a copy of the list is kept, so that it applies after a restart while the source is
    ///     down; or null
    /// @param grace see the package's page
    /// @param now to judge the kept copy by
    public RevocationList(URI source, X509Certificate authority, @Nullable Path kept, Duration grace, Instant now) {
        this.source = new CrlSource(source);
        this.authority = authority;
        this.kept = kept;
        this.rule = new RevocationRule(grace);
        this.held = new AtomicReference<>(fromCopy(now));
    }

    private Held fromCopy(Instant now) {
        String missing = "no revocation list of \""
                + authority.getSubjectX500Principal().getName() + "\" could be had yet from " + source.address();
        if (kept == null || !Files.exists(kept)) {
            return new Held(null, missing);
        }
        try {
            return new Held(VerifiedCrl.parse(CrlSource.ofFile(kept), authority, now), missing);
        } catch (IOException | IllegalArgumentException e) {
            return new Held(null, missing + "; the copy in " + kept + " cannot be used: " + e.getMessage());
        }
    }

    /// Fetches the list once. Whatever goes wrong, what was held goes on applying.
    public Refreshed refresh(Instant now) throws InterruptedException {
        try {
            byte[] bytes = source.fetched();
            VerifiedCrl fetched = VerifiedCrl.parse(bytes, authority, now);
            VerifiedCrl newest =
                    held.updateAndGet(before -> newer(before, fetched)).crl();
            if (newest != fetched) {
                return new Refreshed.Failed(source.address() + " gives a list of " + fetched.thisUpdate()
                        + ", older than the one held, which goes on applying");
            }
            if (kept != null) {
                DurableFile.write(kept, bytes);
            }
            return new Refreshed.Loaded(fetched.thisUpdate(), fetched.nextUpdate(), fetched.entries());
        } catch (IOException | IllegalArgumentException e) {
            String why = source.address() + ": " + e;
            held.updateAndGet(before -> before.crl() == null ? new Held(null, why) : before);
            return new Refreshed.Failed(why);
        }
    }

    private static Held newer(Held before, VerifiedCrl fetched) {
        VerifiedCrl old = before.crl();
        return old != null && fetched.isOlderThan(old) ? before : new Held(fetched, before.whyMissing());
    }

    /// What is known of a certificate at an instant.
    ///
    /// @param certificate one that this list [#covers]
    /// @throws IllegalArgumentException when another authority issued it: this list says nothing about it
    public CertificateStatus status(X509Certificate certificate, Instant now) {
        if (!covers(certificate)) {
            throw new IllegalArgumentException("the list of \""
                    + authority.getSubjectX500Principal().getName() + "\" says nothing about a certificate of \""
                    + certificate.getIssuerX500Principal().getName() + "\"");
        }
        Held current = held.get();
        return rule.status(current.crl(), current.whyMissing(), certificate, now);
    }

    /// Where it comes from.
    public URI address() {
        return source.address();
    }

    /// How good the list in hand is; an operator is told when it is not fresh.
    public RevocationState state(Instant now) {
        Held current = held.get();
        return RevocationRule.state(current.crl(), current.whyMissing(), now);
    }

    /// Whether this list's authority issued a certificate whose chain has been verified: by name, and by key
    /// where both certificates identify it, since an authority keeps its name when it changes its key.
    public boolean covers(X509Certificate certificate) {
        if (!certificate.getIssuerX500Principal().equals(authority.getSubjectX500Principal())) {
            return false;
        }
        byte @Nullable [] issuers = certificate.getExtensionValue(AUTHORITY_KEY);
        byte @Nullable [] own = authority.getExtensionValue(SUBJECT_KEY);
        if (issuers == null || own == null) {
            return true;
        }
        byte @Nullable [] issuersKey = AuthorityKeyIdentifier.getInstance(
                        ASN1OctetString.getInstance(issuers).getOctets())
                .getKeyIdentifierOctets();
        byte[] ownKey = SubjectKeyIdentifier.getInstance(
                        ASN1OctetString.getInstance(own).getOctets())
                .getKeyIdentifier();
        return issuersKey == null || Arrays.equals(issuersKey, ownKey);
    }
}
