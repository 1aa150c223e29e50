package aiguillage.hub.admission;

import aiguillage.pki.est.EnrolmentCode;
import aiguillage.protocol.PartyId;
import java.time.Instant;

/// A code with which a party enrols, once. The hub keeps its hash alone: whoever asked for it shows it, once.
public record Invitation(PartyId party, EnrolmentCode code, Instant expires) {

    /// Without the code: what is logged by mistake lets nobody in.
    @Override
    public String toString() {
        return "Invitation of " + party + " until " + expires;
    }
}
