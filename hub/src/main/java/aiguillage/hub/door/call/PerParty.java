package aiguillage.hub.door.call;

import aiguillage.protocol.PartyId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// What each party holds open, at most so many: one more takes the place of its oldest. Safe from any thread.
public final class PerParty<T> {

    private final int most;
    private final Map<PartyId, Deque<T>> open = new ConcurrentHashMap<>();

    public PerParty(int most) {
        this.most = most;
    }

    /// Adds one.
    ///
    /// @return the oldest, when it was one too many: it is no longer held here, and the caller ends it
    @Nullable
    public T add(PartyId party, T one) {
        var replaced = new ArrayList<T>(1);
        open.compute(party, (same, held) -> {
            Deque<T> more = held == null ? new ArrayDeque<>(1) : held;
            more.addLast(one);
            if (more.size() > most) {
                replaced.add(more.removeFirst());
            }
            return more;
        });
        return replaced.isEmpty() ? null : replaced.getFirst();
    }

    public void remove(PartyId party, T one) {
        open.computeIfPresent(party, (same, held) -> {
            held.remove(one);
            return held.isEmpty() ? null : held;
        });
    }

    public List<T> all() {
        var all = new ArrayList<T>();
        open.forEach((party, held) -> open.computeIfPresent(party, (same, now) -> {
            all.addAll(now);
            return now;
        }));
        return all;
    }
}
