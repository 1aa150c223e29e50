package aiguillage.hub.document;

import aiguillage.hub.entry.Entry;
import aiguillage.hub.memory.Latest;
import aiguillage.protocol.PartyId;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;

/// The last documents that were refused for their content, by sender, since the hub's start. Safe from any thread.
public final class Refusals {

    /// Of one party.
    public static final int KEPT_MAX = 20;

    /// Beyond them those whose last refusal is the oldest are forgotten.
    static final int PARTIES_MAX = 1_000;

    private final Map<PartyId, Deque<Entry.DocumentRefused>> parties = Latest.put(PARTIES_MAX);

    /// Tells of a recorded entry.
    public void recorded(Entry entry) {
        if (entry instanceof Entry.DocumentRefused refused) {
            add(refused);
        }
    }

    private synchronized void add(Entry.DocumentRefused refused) {
        Deque<Entry.DocumentRefused> known = parties.remove(refused.sender());
        Deque<Entry.DocumentRefused> last = known == null ? new ArrayDeque<>() : known;
        last.addFirst(refused);
        if (last.size() > KEPT_MAX) {
            last.removeLast();
        }
        parties.put(refused.sender(), last);
    }

    /// The newest first.
    public synchronized List<Entry.DocumentRefused> of(PartyId sender) {
        Deque<Entry.DocumentRefused> last = parties.get(sender);
        return last == null ? List.of() : List.copyOf(last);
    }
}
