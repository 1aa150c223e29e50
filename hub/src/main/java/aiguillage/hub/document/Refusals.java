package aiguillage.hub.document;

import aiguillage.hub.entry.Entry;
import aiguillage.hub.memory.Latest;
import aiguillage.hub.store.Key;
import aiguillage.hub.store.Store;
import aiguillage.hub.store.StoreFailed;
import aiguillage.hub.store.Table;
import aiguillage.protocol.PartyId;
import aiguillage.protocol.Position;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The last documents that were refused for their content, by sender. Safe from any thread.
public final class Refusals {

    /// Of one party.
    public static final int KEPT_MAX = 20;

    /// Beyond them those whose last refusal is the oldest are forgotten.
    static final int PARTIES_MAX = 1_000;

    /// At its start a hub takes up again the newest, whoever sent them: a few milliseconds for each thousand.
    static final int BEFORE_MAX = 5_000;

    /// So many rows it looks at, and of those behind the newest takes up what a party has not [#KEPT_MAX] of.
    static final int LOOKED_AT_MAX = 20_000;

    private static final Logger LOG = LoggerFactory.getLogger(Refusals.class);

    private final Map<PartyId, Deque<Entry.DocumentRefused>> parties = Latest.put(PARTIES_MAX);

    /// Those before a hub's start, the oldest first. What cannot be read is left out: it is only to be shown.
    public static List<Entry.DocumentRefused> before(Store store, Documents documents) {
        var found = new ArrayList<Entry.DocumentRefused>();
        var ofParty = new HashMap<String, Integer>();
        byte[] behind = Key.of(Long.MAX_VALUE);
        for (int looked = 0; looked < LOOKED_AT_MAX; looked++) {
            Store.Row row = store.last(Table.REFUSED, Key.of(1), behind);
            if (row == null) {
                break;
            }
            behind = row.key();
            String sender = new String(row.value(), StandardCharsets.UTF_8);
            int known = sender.isEmpty() ? KEPT_MAX : ofParty.merge(sender, 1, Integer::sum) - 1;
            if (looked < BEFORE_MAX || known < KEPT_MAX) {
                read(documents, new Position(Key.lastNumber(row.key()))).ifPresent(found::add);
            }
        }
        return found.reversed();
    }

    private static Optional<Entry.DocumentRefused> read(Documents documents, Position position) {
        try {
            return documents.entry(position) instanceof Entry.DocumentRefused refused
                    ? Optional.of(refused)
                    : Optional.empty();
        } catch (IllegalArgumentException | IllegalStateException | StoreFailed | AssertionError e) {
            LOG.atWarn()
                    .addKeyValue("position", position)
                    .addKeyValue("why", e.getMessage())
                    .log("A refused document is not shown: its entry cannot be read. Verify the journal.");
            return Optional.empty();
        }
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
