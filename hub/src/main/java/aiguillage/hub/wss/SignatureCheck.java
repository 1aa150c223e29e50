package aiguillage.hub.wss;

import aiguillage.hub.star.SoapReader;
import aiguillage.protocol.Digest;
import aiguillage.protocol.Rfc3339;
import aiguillage.protocol.signature.Freshness;
import aiguillage.xml.HardenedXml;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.xml.sax.SAXException;
import org.xml.sax.helpers.DefaultHandler;

/// Checks that a SOAP 1.1 message is signed as a whole (WS-Security 1.1 with X.509 certificates): its body, its
/// timestamp and every block of its header. Whether the certificate is to be believed is for the caller.
public final class SignatureCheck {

    /// Text and elements of a Security header.
    public static final int HEADER_CHARS_MAX = 64 << 10;

    static final int REFERENCES_MAX = 20;
    static final int PATH_MAX = 5;
    static final int PREFIXES_MAX = 64;

    private SignatureCheck() {}

    /// What a signer stated of a message: by when and by whom it was signed, and the digests of its parts. It
    /// is proven that this signer stated it, not that it is to be believed, and not of which message.
    public static final class Statement {

        private final List<X509Certificate> signer;
        private final Instant created;
        private final Digest signed;
        private final List<SecurityHeader.Reference> references;

        private Statement(
                List<X509Certificate> signer,
                Instant created,
                Digest signed,
                List<SecurityHeader.Reference> references) {
            this.signer = List.copyOf(signer);
            this.created = created;
            this.signed = signed;
            this.references = List.copyOf(references);
        }

        /// The signer's certificate first, then those above it as far as it sent them; not yet believed.
        public List<X509Certificate> signer() {
            return signer;
        }

        /// When it says that it signed.
        public Instant created() {
            return created;
        }

        /// The digest of what was signed: no other message has it.
        public Digest signed() {
            return signed;
        }
    }

    /// Reads what a message's signer states; goes no further than its header, so that strangers cost no more.
    ///
    /// @throws BadSignature when it is not signed, or not so that it holds now
    /// @throws IOException when its bytes cannot be had
    public static Statement statement(SoapReader.Source message, Freshness freshness, Instant now)
            throws IOException, BadSignature {
        SecurityHeader header = header(message)
                .orElseThrow(() -> new BadSignature("The message has no Security header before its Body."));
        List<X509Certificate> signer = certificates(header);
        var info = new SignedInfo(header.prefixes());
        read(message, new PartReader(info));
        if (!Algorithms.verifies(header.method(), signer.getFirst().getPublicKey(), info.form(), header.value())) {
            throw new BadSignature(
                    "SignatureValue was not made with the certificate's key, which must be on P-256, P-384"
                            + " or P-521 or be of RSA with at least " + Algorithms.RSA_BITS_MIN + " bits.");
        }
        Instant created = instant(header.created());
        requireFresh(header, created, freshness, now);
        return new Statement(signer, created, Digest.of(info.form()), header.references());
    }

    /// Requires that a message is the one of which its signer stated this, as a whole, in constant memory.
    ///
    /// @param message the one that the statement is from
    /// @throws BadSignature otherwise
    /// @throws IOException when its bytes cannot be had
    public static void requireWhole(SoapReader.Source message, Statement statement) throws IOException, BadSignature {
        Map<String, Digests.Wanted> wanted = new HashMap<>();
        for (SecurityHeader.Reference one : statement.references) {
            MessageDigest digest = Algorithms.digest(one.method()).orElseThrow();
            if (wanted.put(one.id(), new Digests.Wanted(one.prefixes(), digest)) != null) {
                throw new BadSignature("The signature refers twice to #" + one.id() + ".");
            }
        }
        var digests = new Digests(wanted, true);
        read(message, new PartReader(digests));
        if (!digests.isWellBuilt() || !digests.covers(Digests.Part.BODY)) {
            throw new BadSignature("A signed envelope has a Header and then a Body.");
        }
        if (!digests.covers(Digests.Part.TIMESTAMP)) {
            throw new BadSignature("The signature does not cover wsu:Timestamp of the Security header.");
        }
        for (SecurityHeader.Reference one : statement.references) {
            byte[] found = digests.digest(one.id());
            if (found == null || !MessageDigest.isEqual(found, one.digest())) {
                throw new BadSignature(
                        found == null
                                ? "The signature refers to #" + one.id() + ", which is no part of the message."
                                : "What has the Id " + one.id() + " was changed after it was signed.");
            }
        }
    }

    private static Optional<SecurityHeader> header(SoapReader.Source message) throws IOException, BadSignature {
        var handler = new SecurityHandler();
        read(message, handler);
        return handler.header();
    }

    private static void read(SoapReader.Source message, DefaultHandler handler) throws IOException, BadSignature {
        try (InputStream in = message.open()) {
            HardenedXml.read(in, handler);
        } catch (SecurityHandler.Done done) {
            return; // it needs no more
        } catch (SAXException e) {
            if (e.getException() instanceof BadSignature bad) {
                throw bad;
            }
            throw new BadSignature("The message is not XML as SOAP wants it: " + e.getMessage() + ".");
        }
    }

    private static Instant instant(String text) throws BadSignature {
        try {
            return Rfc3339.instant(text);
        } catch (DateTimeException e) {
            throw new BadSignature("A time of the Timestamp is none in UTC, as in 2026-03-18T00:00:00Z.");
        }
    }

    private static void requireFresh(SecurityHeader header, Instant created, Freshness freshness, Instant now)
            throws BadSignature {
        Optional<String> objection = freshness.objection(created, now);
        if (objection.isPresent()) {
            throw new BadSignature("Of the signature: " + objection.get() + ".", true);
        }
        if (header.expires() != null && !instant(header.expires()).isAfter(now)) {
            throw new BadSignature(
                    "Its signer let it expire at " + header.expires() + ", and it is " + now + ".", true);
        }
    }

    private static List<X509Certificate> certificates(SecurityHeader header) throws BadSignature {
        try {
            CertificateFactory factory = CertificateFactory.getInstance("X.509");
            var in = new ByteArrayInputStream(header.token());
            List<? extends Certificate> read = switch (header.tokenType()) {
                case Names.X509_V3 -> List.of(factory.generateCertificate(in));
                case Names.X509_PATH -> factory.generateCertPath(in, "PkiPath").getCertificates();
                default ->
                    throw new BadSignature(
                            "The BinarySecurityToken is neither " + Names.X509_V3 + " nor " + Names.X509_PATH + ".");
            };
            var certificates = new ArrayList<X509Certificate>();
            for (Certificate one : read) {
                if (one instanceof X509Certificate certificate && certificates.size() < PATH_MAX) {
                    certificates.add(certificate);
                }
            }
            if (certificates.isEmpty()) {
                throw new BadSignature("The BinarySecurityToken holds no certificate.");
            }
            return certificates;
        } catch (CertificateException e) {
            throw new BadSignature("The BinarySecurityToken is no certificate that can be read.");
        }
    }
}
