package aiguillage.hub.replay;

import aiguillage.protocol.FlowName;
import aiguillage.protocol.PartyId;

/// Which documents are to be offered once more, and to whom.
///
/// @param from the position of the first document that may be among them
/// @param to of the last
/// @param isMissingOnly whether what the reader has acknowledged is left out
/// @param asOf the journal's last position when the wish was made: an end behind it does not count, and
///     what was offered once more behind it has been done
public record Wish(PartyId reader, FlowName flow, long from, long to, boolean isMissingOnly, long asOf) {

    /// In one line, the same in each language: `opel/warranty-claim → opel-centre, 3–17 @42`, and `missing` where
    /// what was acknowledged is left out.
    public String text() {
        return flow + " → " + reader + ", " + from + "–" + to + " @" + asOf + (isMissingOnly ? " missing" : "");
    }

    /// The same, up to another document.
    Wish upTo(long last) {
        return new Wish(reader, flow, from, last, isMissingOnly, asOf);
    }
}
