package aiguillage.console.document;

import aiguillage.hub.entry.Entry;
import aiguillage.hub.entry.Evidence;
import aiguillage.pki.PartyCertificate;
import aiguillage.protocol.Digest;
import aiguillage.protocol.PartyId;
import aiguillage.protocol.signature.EnvelopeEvidence;
import aiguillage.protocol.signature.SignatureEvidence;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;

/// What a look at the sender's signature, as it is kept, came to.
///
/// @param verdict `none`: not signed. `message`: it came in a signed message, which was checked at the door
///     and is kept whole. `good`: the kept signature is of this document and was made with a certificate of its
///     sender. `wrong`: the kept signature does not prove this document; `other`: it does, by a certificate
///     that does not name its sender
/// @param signer whom the certificate names; empty unless it was looked at
/// @param serial of the certificate, in hex; empty likewise
public record Checked(String verdict, String signer, String serial) {

    /// The class of what shows it.
    public String look() {
        return switch (verdict) {
            case "good", "message" -> "good";
            case "none" -> "";
            default -> "bad";
        };
    }

    static Checked of(Entry.DocumentAccepted document) {
        Evidence evidence = document.evidence();
        if (evidence == null) {
            return new Checked("none", "", "");
        }
        if (EnvelopeEvidence.isOne(evidence.encoded())) {
            return new Checked("message", "", "");
        }
        try {
            return of(SignatureEvidence.decoded(evidence.encoded()), document);
        } catch (IllegalArgumentException damaged) {
            return new Checked("wrong", "", "");
        }
    }

    private static Checked of(SignatureEvidence evidence, Entry.DocumentAccepted document) {
        X509Certificate certificate = evidence.certificate();
        String serial = certificate.getSerialNumber().toString(16);
        String signer = certificate.getSubjectX500Principal().getName();
        if (!evidence.verify() || !isOf(evidence.components(), document)) {
            return new Checked("wrong", signer, serial);
        }
        boolean isSenders = names(certificate, document.envelope().sender()) && isValid(certificate, document.time());
        return new Checked(isSenders ? "good" : "other", signer, serial);
    }

    private static boolean isOf(Map<String, String> signed, Entry.DocumentAccepted document) {
        String digest = signed.get("content-digest");
        return digest != null
                && Objects.equals(signed.get("ce-id"), document.envelope().id().value())
                && Digest.ofHeader(digest).equals(document.payload().digest());
    }

    private static boolean isValid(X509Certificate certificate, Instant at) {
        return !at.isBefore(certificate.getNotBefore().toInstant())
                && !at.isAfter(certificate.getNotAfter().toInstant());
    }

    private static boolean names(X509Certificate certificate, PartyId party) {
        try {
            return PartyCertificate.of(certificate).party().equals(party);
        } catch (IllegalArgumentException e) {
            return false; // it names nobody, or several
        }
    }
}
