package aiguillage.hub.yard;

import aiguillage.hub.entry.ByteReader;
import aiguillage.hub.entry.ByteWriter;
import aiguillage.protocol.Digest;
import aiguillage.protocol.PartyId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// An enrolment code, known by its hash only.
///
/// @param key the hash of the public key it was used for, or null
/// @param serial of the last certificate it gave, or null
public record CodeRow(
        PartyId party,
        Instant expires,
        State state,
        @Nullable Digest key,
        @Nullable String serial) {

    /// What became of a code. The numbers are part of the format on disk.
    public enum State {
        UNUSED(0),
        USED(1),
        VOID(2);

        private final int number;

        State(int number) {
            this.number = number;
        }

        private static State of(int number) {
            for (State state : values()) {
                if (state.number == number) {
                    return state;
                }
            }
            throw new IllegalStateException("an enrolment code in state " + number + ": written by a newer hub");
        }
    }

    /// A new code.
    CodeRow(PartyId party, Instant expires) {
        this(party, expires, State.UNUSED, null, null);
    }

    byte[] encode() {
        var out = new ByteWriter(128).text(party.value()).time(expires).one(state.number);
        if (key != null) {
            out.fixed(key.bytes()).text(serial);
        }
        return out.done();
    }

    public static CodeRow decode(byte[] bytes) {
        var in = new ByteReader(bytes);
        var party = new PartyId(in.text());
        Instant expires = in.time();
        State state = State.of(in.one());
        Digest key = in.hasMore() ? new Digest(in.fixed(Digest.BYTES)) : null;
        return new CodeRow(party, expires, state, key, key == null ? null : in.textOrNull());
    }
}
