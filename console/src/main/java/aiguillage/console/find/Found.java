package aiguillage.console.find;

import aiguillage.console.document.Line;
import aiguillage.console.web.Address;
import java.util.List;

/// What a search came to.
///
/// @param asked as typed
/// @param documents newest first
/// @param parties by name
/// @param entries positions of the journal whose entries are about no document
/// @param isCut whether more may be there than was looked at
public record Found(String asked, List<Line> documents, List<String> parties, List<Long> entries, boolean isCut) {

    public int hits() {
        return documents.size() + parties.size() + entries.size();
    }

    public boolean isNothing() {
        return hits() == 0;
    }

    /// Where the only hit is.
    String only() {
        if (!documents.isEmpty()) {
            return documents.getFirst().path();
        }
        return parties.isEmpty() ? "/ledger/entries/" + entries.getFirst() : partyPath(parties.getFirst());
    }

    /// A party's page.
    public static String partyPath(String party) {
        return Address.ofParty(party).toString();
    }
}
