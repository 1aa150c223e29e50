package aiguillage.console.prices;

import aiguillage.hub.dataset.Rollout;
import aiguillage.protocol.PartyId;
import java.util.EnumMap;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Predicate;

/// How many readers have which version.
///
/// @param holding the version that holds; 0: none
/// @param stale how many were not heard for longer than the dataset allows: their replicas say that they
///     may be old
public record SpreadView(
        long holding, int readers, int has, int told, int behind, int unknown, int stale, List<Count> versions) {

    public SpreadView {
        versions = List.copyOf(versions);
    }

    /// One version.
    ///
    /// @param version 0: none at all
    /// @param said how many said that they have it
    /// @param told how many more were told of it and did not say so yet
    public record Count(long version, int said, int told) {}

    static SpreadView of(Rollout rollout, Predicate<PartyId> isStale) {
        var said = new TreeMap<Long, Integer>();
        var told = new TreeMap<Long, Integer>();
        int stale = 0;
        var states = new EnumMap<Rollout.State, Integer>(Rollout.State.class);
        for (Rollout.Reader reader : rollout.readers()) {
            states.merge(reader.state(), 1, Integer::sum);
            stale += isStale.test(reader.party()) ? 1 : 0;
            Long has = reader.has();
            if (reader.told() > (has == null ? 0 : has)) {
                told.merge(reader.told(), 1, Integer::sum);
            } else if (has != null) {
                said.merge(has, 1, Integer::sum);
            }
        }
        var all = new TreeMap<Long, Count>();
        said.forEach((version, count) -> all.put(version, new Count(version, count, told.getOrDefault(version, 0))));
        told.forEach(
                (version, count) -> all.putIfAbsent(version, new Count(version, said.getOrDefault(version, 0), count)));
        return new SpreadView(
                rollout.holding(),
                rollout.readers().size(),
                states.getOrDefault(Rollout.State.HAS, 0),
                states.getOrDefault(Rollout.State.TOLD, 0),
                states.getOrDefault(Rollout.State.BEHIND, 0),
                states.getOrDefault(Rollout.State.UNKNOWN, 0),
                stale,
                List.copyOf(all.descendingMap().values()));
    }

    static SpreadView none() {
        return new SpreadView(0, 0, 0, 0, 0, 0, 0, List.of());
    }
}
