package aiguillage.pki;

import aiguillage.protocol.PartyId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import javax.security.auth.x500.X500Principal;
import org.jspecify.annotations.Nullable;

/// An authority that issues certificates to parties: the built-in one, below an offline root, or a corporate
/// one that signs for us. Safe from any thread.
public final class CertificateAuthority {

    public static final Duration LIFETIME_MIN = Duration.ofMinutes(1);
    public static final Duration LIFETIME_MAX = Duration.ofDays(825);

    private static final Duration ROOT_LIFETIME = Duration.ofDays(3652);
    private static final Duration ISSUING_LIFETIME = Duration.ofDays(1096);

    private final CertificateChain chain;
    private final PrivateKey key;

    private CertificateAuthority(CertificateChain chain, PrivateKey key) {
        this.chain = chain;
        this.key = key;
    }

    /// Issues a certificate to a party.
    ///
    /// @param request gives the public key and nothing else; when it names a party, that must be this one
    /// @param lifetime from now; ends earlier where the authority's own certificate does
    /// @return the party's certificate, then the authority's and whatever is above it below the root
    /// @throws IllegalArgumentException when the request names another party, or the lifetime is out of bounds
    /// @throws IllegalStateException when the authority's own certificate is not valid now
    public CertificateChain issue(
            CertificateRequest request, PartyId party, CertificateUse use, Duration lifetime, Instant now) {
        if (lifetime.compareTo(LIFETIME_MIN) < 0 || lifetime.compareTo(LIFETIME_MAX) > 0) {
            throw new IllegalArgumentException("a certificate's lifetime is between " + LIFETIME_MIN + " and "
                    + LIFETIME_MAX + ", not " + lifetime);
        }
        request.refuseUnlessFor(party);
        refuseUnlessValid(now);
        var signer = new CertificateTemplate.Signer(chain.leaf(), key);
        X509Certificate certificate = CertificateTemplate.party(party, use, request.publicKey(), signer, now, lifetime);
        if (certificate.getBasicConstraints() != -1) {
            throw new AssertionError("a certificate issued to " + party + " is an authority's: " + certificate);
        }
        return chainBelowRoot(certificate);
    }

    /// Issues a certificate for a key that the caller made itself and holds, for messages and for no connection. No
    /// request proves that, since not every such key can sign one.
    ///
    /// @return the certificate, then the authority's and whatever is above it below the root
    /// @throws IllegalStateException when the authority's own certificate is not valid now
    public CertificateChain issueForMessages(PublicKey own, PartyId party, Duration lifetime, Instant now) {
        refuseUnlessValid(now);
        var signer = new CertificateTemplate.Signer(chain.leaf(), key);
        return chainBelowRoot(
                CertificateTemplate.party(party, new CertificateUse.Messages(), own, signer, now, lifetime));
    }

    private void refuseUnlessValid(Instant now) {
        X509Certificate own = chain.leaf();
        if (now.isAfter(own.getNotAfter().toInstant())
                || now.isBefore(own.getNotBefore().toInstant())) {
            throw new IllegalStateException("the issuing certificate \""
                    + own.getSubjectX500Principal().getName() + "\" is valid from "
                    + own.getNotBefore().toInstant() + " to "
                    + own.getNotAfter().toInstant() + ", and it is " + now
                    + "; set this machine's clock, or renew it with the root's key");
        }
    }

    private CertificateChain chainBelowRoot(X509Certificate certificate) {
        List<X509Certificate> below = new ArrayList<>();
        below.add(certificate);
        chain.certificates().stream().filter(above -> !isRoot(above)).forEach(below::add);
        return new CertificateChain(below);
    }

    /// Makes a root (10 years, in `root/`) and an issuing authority below it (3 years, in `issuing/`).
    ///
    /// @param folder exists or is created; must hold neither `root` nor `issuing`
    /// @param name of the organisation, as people read it in a certificate
    /// @param rootPassphrase encrypts the root's key file; null leaves it in clear
    /// @throws FileAlreadyExistsException when one of the two is there already; nothing is overwritten
    public static CertificateAuthority init(Path folder, String name, char @Nullable [] rootPassphrase, Instant now)
            throws IOException {
        Path root = newFolder(folder, "root");
        Path issuing = newFolder(folder, "issuing");
        KeyPair rootPair = EcKeys.generate();
        X509Certificate rootCertificate = CertificateTemplate.root(
                subject(name, "root"), rootPair.getPublic(), rootPair.getPrivate(), now, ROOT_LIFETIME);
        KeyFile.write(root.resolve("key.pem"), rootPair.getPrivate(), rootPassphrase);
        new CertificateChain(List.of(rootCertificate)).write(root.resolve("certificate.pem"));
        var signer = new CertificateTemplate.Signer(rootCertificate, rootPair.getPrivate());
        return newIssuing(issuing, subject(name, "issuing"), signer, now);
    }

    /// Replaces the issuing authority in `issuing/` by a new one with a new key, signed by the root in `root/`.
    /// What the old one issued stays valid, since gateways trust the root. Broken off half-way, it is simply
    /// run again.
    public static CertificateAuthority renew(Path folder, char @Nullable [] rootPassphrase, Instant now)
            throws IOException {
        Path issuing = folder.resolve("issuing");
        CertificateChain old = CertificateChain.read(issuing.resolve("chain.pem"));
        CertificateChain root = CertificateChain.read(folder.resolve("root").resolve("certificate.pem"));
        PrivateKey rootKey = KeyFile.read(folder.resolve("root").resolve("key.pem"), rootPassphrase);
        refuseUnlessPair(root.leaf().getPublicKey(), rootKey);
        var signer = new CertificateTemplate.Signer(root.leaf(), rootKey);
        return newIssuing(issuing, old.leaf().getSubjectX500Principal(), signer, now);
    }

    private static CertificateAuthority newIssuing(
            Path folder, X500Principal name, CertificateTemplate.Signer root, Instant now) throws IOException {
        KeyPair pair = EcKeys.generate();
        X509Certificate certificate = CertificateTemplate.issuing(name, pair.getPublic(), root, now, ISSUING_LIFETIME);
        var chain = new CertificateChain(List.of(certificate, root.certificate()));
        KeyFile.write(folder.resolve("key.pem"), pair.getPrivate());
        chain.write(folder.resolve("chain.pem"));
        return new CertificateAuthority(chain, pair.getPrivate());
    }

    private static Path newFolder(Path folder, String name) throws IOException {
        Files.createDirectories(folder);
        Path wanted = folder.resolve(name);
        try {
            return Files.createDirectory(wanted);
        } catch (FileAlreadyExistsException e) {
            var refusal = new FileAlreadyExistsException(
                    wanted.toString(),
                    null,
                    "an authority is here already and is never overwritten; give another folder, or remove both"
                            + " root and issuing if they are left over from an attempt that was broken off");
            refusal.initCause(e);
            throw refusal;
        }
    }

    private static X500Principal subject(String organisation, String level) {
        if (!organisation.matches("[\\p{L}\\p{N} .&'()_-]{1,48}")) {
            throw new IllegalArgumentException("\"" + organisation + "\" cannot be an authority's name: use 1 to 48"
                    + " letters, digits, spaces and . & ' ( ) _ -");
        }
        return new X500Principal("CN=" + organisation.strip() + " " + level + ",O=" + organisation.strip());
    }

    /// Opens the built-in issuing authority in `issuing/` of the folder given to [#init].
    public static CertificateAuthority openIssuing(Path folder) throws IOException {
        Path issuing = folder.resolve("issuing");
        return open(issuing.resolve("key.pem"), issuing.resolve("chain.pem"), null);
    }

    /// Opens an issuing authority, for example a corporate one.
    ///
    /// @param chainFile PEM: its certificate first, up to its root
    public static CertificateAuthority open(Path keyFile, Path chainFile, char @Nullable [] passphrase)
            throws IOException {
        CertificateChain chain = CertificateChain.read(chainFile);
        PrivateKey key = KeyFile.read(keyFile, passphrase);
        refuseUnlessAuthority(chainFile, chain.leaf());
        try {
            refuseUnlessPair(chain.leaf().getPublicKey(), key);
        } catch (IllegalArgumentException e) {
            throw new IOException(keyFile + " is not the key of the first certificate in " + chainFile, e);
        }
        return new CertificateAuthority(chain, key);
    }

    private static void refuseUnlessAuthority(Path file, X509Certificate certificate) throws IOException {
        boolean[] usage = certificate.getKeyUsage();
        boolean signsCertificates = usage == null || usage[5];
        if (certificate.getBasicConstraints() < 0 || !signsCertificates) {
            throw new IOException(file + " begins with \""
                    + certificate.getSubjectX500Principal().getName()
                    + "\", which is no authority's certificate (CA:TRUE and keyCertSign are needed)");
        }
    }

    static void refuseUnlessPair(PublicKey publicKey, PrivateKey privateKey) {
        try {
            byte[] probe = "do these two belong together?".getBytes(StandardCharsets.US_ASCII);
            Signature signature = Signature.getInstance(EcKeys.signatureAlgorithm(privateKey));
            signature.initSign(privateKey);
            signature.update(probe);
            byte[] signed = signature.sign();
            signature.initVerify(publicKey);
            signature.update(probe);
            if (!signature.verify(signed)) {
                throw new IllegalArgumentException("the private key does not belong to the certificate");
            }
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("the private key does not belong to the certificate", e);
        }
    }

    private static boolean isRoot(X509Certificate certificate) {
        return certificate.getSubjectX500Principal().equals(certificate.getIssuerX500Principal());
    }

    /// The authority's own certificate.
    public X509Certificate certificate() {
        return chain.leaf();
    }

    /// The authority's certificate and all above it, up to the root where the files hold it: what EST's
    /// `cacerts` gives.
    public CertificateChain chain() {
        return chain;
    }
}
