package aiguillage.conformance.driver;

import aiguillage.hub.as4.As4Writer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;

/// AS4 (ebMS 3.0, OASIS AS4 1.0) at `/as4`: documents are pushed, deliveries are pulled. All is signed by the
/// key that the party connects with; what is pushed is encrypted to the hub's X25519 certificate.
public final class As4Door implements Door {

    private static final Words WHAT_IT_HAS_IT_HAS = new Words(
            "Un système AS4 garde ce qu'il a reçu jusqu'à son accusé : que le hub ne l'offre plus, il ne le voit pas.",
            "An AS4 system keeps what it was given until its receipt: that the hub offers it no longer it does not see.");
    private static final Words OF_WHAT_WAS_SENT = new Words(
            "Un accusé est celui d'un message envoyé à ce lecteur ; celui d'un autre est EBMS:0302.",
            "A receipt is for a message that this reader was sent; one for another's is EBMS:0302.");

    private static final Words SIGNED = new Words(
            "Chaque message d'AS4 est signé : c'est la preuve.", "Each message of AS4 is signed: that is the proof.");

    @Override
    public String name() {
        return "as4";
    }

    @Override
    public DealerDriver open(Identity identity, Place place) {
        return new As4Driver(identity, new HttpLine(identity, place));
    }

    /// Payloads are packed.
    @Override
    public int bytesOnTheLine(Offer offer) {
        try {
            return (int) As4Writer.digested(() -> new ByteArrayInputStream(offer.content()))
                    .bytes();
        } catch (IOException e) {
            throw new UncheckedIOException("bytes in memory could not be read", e);
        }
    }

    @Override
    public Map<String, Words> inexpressible() {
        return Map.of("expires", WHAT_IT_HAS_IT_HAS);
    }

    @Override
    public Map<String, Otherwise> otherwise() {
        return Map.of(
                "of-another-party",
                new Otherwise(
                        "not offered, refused bad-request, offered, done · journal: 1 accepted, 1 acknowledged",
                        OF_WHAT_WAS_SENT),
                "unsigned",
                new Otherwise("accepted · journal: 1 accepted", SIGNED));
    }
}
