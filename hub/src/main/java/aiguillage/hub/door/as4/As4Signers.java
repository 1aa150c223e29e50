package aiguillage.hub.door.as4;

import aiguillage.hub.problem.Problem;
import aiguillage.hub.problem.Refused;
import aiguillage.hub.trust.Signers;
import aiguillage.hub.trust.Trust;
import aiguillage.protocol.PartyId;
import java.security.cert.X509Certificate;
import java.util.List;

/// With which certificates messages of a party may be signed: those that the flows file names for it, and those
/// that would open a connection of it.
public record As4Signers(Trust trust, Signers signers) {

    /// @throws Refused when it is no certificate of that party, past its time, or revoked
    void require(PartyId party, X509Certificate signer) {
        if (trust.isNamedSigner(party, signer)) {
            return;
        }
        PartyId named;
        try {
            named = signers.identify(List.of(signer)).party();
        } catch (Refused refused) {
            if (refused.problem() != Problem.CERTIFICATE_UNUSABLE) {
                throw refused;
            }
            throw unknown(party);
        }
        if (!named.equals(party)) {
            throw unknown(party);
        }
    }

    /// Refuses new documents on a certificate that counts by who issued it, and of which nobody can say whether
    /// it was revoked.
    ///
    /// @throws Refused then
    void requireKnownStatus(PartyId party, X509Certificate signer) {
        if (!trust.isNamedSigner(party, signer)) {
            trust.requireKnownStatus(signer);
        }
    }

    private static Refused unknown(PartyId party) {
        return new Refused(
                Problem.SIGNATURE_INVALID,
                "The message is signed with a certificate that is not known here as one of " + party
                        + ": the flows file does not name it, and no authority that this hub believes issued it to the"
                        + " party.");
    }
}
