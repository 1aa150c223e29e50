package aiguillage.console.prices;

import aiguillage.hub.dataset.Versions;
import aiguillage.hub.entry.Entry;
import aiguillage.hub.entry.VersionContent;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// One version.
///
/// @param state `withdrawn`, `to-come`, `holds` or `past`
/// @param path of its page
/// @param holdsIn how long until it holds; null when it does, or never will
/// @param restores the version whose rows it has, or null
/// @param released whether it was held, and released by `by`
public record VersionView(
        long number,
        String path,
        String state,
        Instant effective,
        @Nullable Duration holdsIn,
        Instant published,
        boolean isSealed,
        VersionContent content,
        String by,
        long from,
        @Nullable Long restores,
        boolean released) {

    /// Only what names it.
    public record Brief(
            long number, Instant effective, @Nullable Duration holdsIn, boolean isSealed) {

        static @Nullable Brief of(Entry.@Nullable VersionPublished entry, Instant now) {
            return entry == null
                    ? null
                    : new Brief(entry.number(), entry.effective(), until(entry.effective(), now), entry.isSealed());
        }
    }

    static @Nullable Duration until(Instant effective, Instant now) {
        return effective.isAfter(now) ? Duration.between(now, effective) : null;
    }

    /// @param holding the version that holds; 0: none
    static VersionView of(Versions.Past past, long holding, String path, Instant now) {
        Entry.VersionPublished entry = past.entry();
        Duration until = until(entry.effective(), now);
        String state;
        if (past.withdrawn() != null) {
            state = "withdrawn";
        } else if (until != null) {
            state = "to-come";
        } else {
            state = entry.number() == holding ? "holds" : "past";
        }
        return new VersionView(
                entry.number(),
                path + "/versions/" + entry.number(),
                state,
                entry.effective(),
                past.withdrawn() == null ? until : null,
                entry.time(),
                entry.isSealed(),
                entry.content(),
                entry.by(),
                entry.from(),
                entry.restores(),
                entry.held() != null);
    }

    public boolean isToCome() {
        return state.equals("to-come");
    }

    /// Whether its rows may be published again: it stands, and something else holds.
    public boolean isRestorable() {
        return state.equals("past");
    }

    /// Whether it is compared with others: it stands.
    public boolean isStanding() {
        return !state.equals("withdrawn");
    }
}
