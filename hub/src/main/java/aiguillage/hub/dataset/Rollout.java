package aiguillage.hub.dataset;

import aiguillage.protocol.PartyId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How far a dataset's version that holds has come among its readers, as far as the hub heard since its start.
///
/// @param holding the number of the version that holds; 0: none
/// @param readers everybody who has a replica, by name
public record Rollout(long holding, List<Reader> readers) {

    public Rollout {
        readers = List.copyOf(readers);
    }

    /// What is known of one reader.
    public enum State {
        /// It said that it has the version that holds, or one behind it.
        HAS,
        /// Its stream was told of it, and it did not ask for anything since.
        TOLD,
        /// It said that it has an earlier one, or none.
        BEHIND,
        /// It was not heard since the hub's start.
        UNKNOWN
    }

    /// One reader.
    ///
    /// @param has the version it said it has; 0: none; null: it said nothing
    /// @param heard when it said so, or when its stream was told, whichever is later; null: neither
    /// @param behindSince when the first version held that it lacks; null when it lacks none, or nothing is
    ///     known
    public record Reader(
            PartyId party,
            State state,
            @Nullable Long has,
            long told,
            @Nullable Instant heard,
            @Nullable Instant behindSince) {}

    static Rollout of(List<Versions.Standing> standing, List<PartyId> readers, Heard heard, Instant now) {
        List<Versions.Standing> due = standing.stream()
                .filter(version -> !version.entry().effective().isAfter(now))
                .toList();
        long holding = due.isEmpty() ? 0 : due.getLast().number();
        return new Rollout(
                holding,
                readers.stream()
                        .map(reader -> reader(reader, heard.of(reader), holding, due))
                        .toList());
    }

    /// What was heard of a reader.
    @FunctionalInterface
    interface Heard {
        Spread.Heard of(PartyId reader);
    }

    private static Reader reader(PartyId party, Spread.Heard heard, long holding, List<Versions.Standing> due) {
        Long has = heard.has();
        State state;
        if (has != null && has >= holding) {
            state = State.HAS;
        } else if (holding > 0 && heard.told() >= holding) {
            state = State.TOLD;
        } else {
            state = has == null ? State.UNKNOWN : State.BEHIND;
        }
        Instant since = state != State.BEHIND || has == null
                ? null
                : due.stream()
                        .filter(version -> version.number() > has)
                        .map(version -> version.entry().effective())
                        .findFirst()
                        .orElse(null);
        return new Reader(party, state, has, heard.told(), later(heard.said(), heard.toldAt()), since);
    }

    private static @Nullable Instant later(@Nullable Instant one, @Nullable Instant other) {
        return one == null || (other != null && one.isBefore(other)) ? other : one;
    }
}
