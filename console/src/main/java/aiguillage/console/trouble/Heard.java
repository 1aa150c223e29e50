package aiguillage.console.trouble;

import aiguillage.hub.presence.Contact;
import aiguillage.hub.presence.Seen;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Whether a reader is there.
///
/// @param at when it was last heard; null: not since the hub listens
/// @param door by which it came then; empty when it was not heard
public record Heard(State state, @Nullable Instant at, String door) {

    /// As the words for it are called.
    public enum State {
        CONNECTED,
        SILENT,
        NEVER,
        UNKNOWN
    }

    static Heard of(Contact contact) {
        return switch (contact) {
            case Contact.Connected(var seen) -> of(State.CONNECTED, seen);
            case Contact.Silent(var seen) -> of(State.SILENT, seen);
            case Contact.Never _ -> new Heard(State.NEVER, null, "");
            case Contact.Unknown _ -> new Heard(State.UNKNOWN, null, "");
        };
    }

    private static Heard of(State state, Seen seen) {
        return new Heard(state, seen.at(), seen.door().name());
    }

    public boolean isSilent() {
        return state == State.SILENT;
    }
}
