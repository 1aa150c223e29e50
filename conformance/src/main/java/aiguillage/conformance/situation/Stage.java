package aiguillage.conformance.situation;

import aiguillage.conformance.driver.Door;
import aiguillage.conformance.driver.Doors;
import aiguillage.conformance.driver.Identity;
import aiguillage.conformance.driver.Place;
import aiguillage.conformance.ground.Journal;
import aiguillage.conformance.ground.PracticeHub;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Where situations are played: a hub, and who is at hand there.
///
/// @param place where the hub answers
/// @param identities by the party's name in the kit's table; the player of one door at least
/// @param journals gives the journal as it is open now; null: nobody lets us look into it
/// @param hub null: it is not ours to stop
public record Stage(
        Place place,
        Map<String, Identity> identities,
        @Nullable Supplier<Journal> journals,
        @Nullable PracticeHub hub) {

    /// The journal, where we may look into it.
    public @Nullable Journal journal() {
        return journals == null ? null : journals.get();
    }

    /// Why a situation cannot be played here, or empty.
    public Optional<Need> missing(Situation situation) {
        if (situation.needs().contains(Need.OPERATOR) && hub == null) {
            return Optional.of(Need.OPERATOR);
        }
        Set<String> players = Doors.every().all().stream().map(Door::player).collect(Collectors.toSet());
        boolean isAlone = hub == null && players.containsAll(identities.keySet());
        return situation.needs().contains(Need.COUNTERPART) && isAlone
                ? Optional.of(Need.COUNTERPART)
                : Optional.empty();
    }

    /// Whether a door is open here, and who comes through it is at hand.
    public boolean isOpen(Door door) {
        return door.isOpenAt(place) && (hub != null || identities.containsKey(door.player()));
    }
}
