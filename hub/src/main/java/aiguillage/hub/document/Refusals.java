package aiguillage.hub.document;

import aiguillage.hub.entry.Entry;
import aiguillage.hub.memory.Latest;
import aiguillage.hub.store.Key;
import aiguillage.hub.store.Store;
import aiguillage.hub.store.Table;
import aiguillage.protocol.PartyId;
import aiguillage.protocol.Position;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;

/// The last documents that were refused for their content, by sender. Safe from any thread.
public final class Refusals {

    /// Of one party.
    public static final int KEPT_MAX = 20;

    /// Beyond them those whose last refusal is the oldest are forgotten.
    static final int PARTIES_MAX = 1_000;

    /// How many of those before its start a hub takes up again: a few milliseconds for each thousand.
    static final int BEFORE_MAX = 5_000;

    private final Map<PartyId, Deque<Entry.DocumentRefused>> parties = Latest.put(PARTIES_MAX);

    /// Those before a hub's start, the oldest first.
    public static List<Entry.DocumentRefused> before(Store store, Documents documents) {
        var found = new ArrayList<Entry.DocumentRefused>();
        byte[] behind = Key.of(Long.MAX_VALUE);
        while (found.size() < BEFORE_MAX) {
            Store.Row row = store.last(Table.REFUSED, Key.of(1), behind);
            if (row == null) {
                break;
            }
            if (documents.entry(new Position(Key.lastNumber(row.key()))) instanceof Entry.DocumentRefused refused) {
                found.add(refused);
            }
            behind = row.key();
        }
        return found.reversed();
    }

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
