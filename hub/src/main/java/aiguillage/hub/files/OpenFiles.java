package aiguillage.hub.files;

import aiguillage.protocol.PartyId;
import java.util.HashMap;
import java.util.Map;

/// How many files and folders are open, of each party over all its sessions and of all together: each holds
/// memory, and most a descriptor of this process. Safe from any thread.
final class OpenFiles {

    /// Of one party.
    static final int PARTY_MAX = 128;

    /// Of all parties.
    static final int ALL_MAX = 4_000;

    // Both below are guarded by this.
    private final Map<PartyId, Integer> open = new HashMap<>();
    private int all;

    /// Takes a place; [#closed] must follow unless this throws.
    ///
    /// @throws FileRefused when there is none
    synchronized void opened(PartyId party) throws FileRefused {
        int of = open.getOrDefault(party, 0);
        if (of >= PARTY_MAX) {
            throw FileRefused.failed("You have " + PARTY_MAX
                    + " files and folders open, which is all that one party may. Close some first.");
        }
        if (all >= ALL_MAX) {
            throw FileRefused.failed("All parties together have too many files open. Try again in a while.");
        }
        open.put(party, of + 1);
        all++;
    }

    synchronized void closed(PartyId party) {
        all--;
        open.computeIfPresent(party, (_, of) -> of == 1 ? null : of - 1);
    }
}
