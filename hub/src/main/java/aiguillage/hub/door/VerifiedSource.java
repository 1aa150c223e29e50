package aiguillage.hub.door;

import aiguillage.protocol.Digest;
import java.io.IOException;
import java.security.MessageDigest;
import org.eclipse.jetty.io.Content;
import org.jspecify.annotations.Nullable;

/// A payload on its way out, hashed as it goes. What comes last is held back until the whole was found to be what
/// was accepted: a reader of a damaged payload sees its answer break off and never has it whole. Holds one chunk more
/// than the source below. Not for several threads at once.
final class VerifiedSource implements Content.Source {

    private final Content.Source below;
    private final Digest expected;
    private final MessageDigest sha256 = Digest.sha256();
    private Content.@Nullable Chunk held;
    private Content.@Nullable Chunk end;

    VerifiedSource(Content.Source below, Digest expected) {
        this.below = below;
        this.expected = expected;
    }

    /// The bytes are not those that were accepted.
    static final class Damaged extends IOException {

        @java.io.Serial
        private static final long serialVersionUID = 1;

        Damaged(Digest expected, Digest found) {
            super("its digest is " + found + ", not " + expected);
        }
    }

    @Override
    public Content.@Nullable Chunk read() {
        if (end != null) {
            return end;
        }
        while (true) {
            Content.Chunk next = below.read();
            if (next == null) {
                return null;
            }
            if (Content.Chunk.isFailure(next)) {
                release(held);
                held = null;
                return next;
            }
            sha256.update(next.getByteBuffer().slice());
            Content.Chunk before = held;
            held = next;
            if (next.isLast()) {
                return ended(before, next);
            }
            if (before != null) {
                return before;
            }
        }
    }

    private Content.Chunk ended(Content.@Nullable Chunk before, Content.Chunk last) {
        held = null;
        var found = new Digest(sha256.digest());
        if (!found.equals(expected)) {
            release(before);
            last.release();
            end = Content.Chunk.from(new Damaged(expected, found), true);
            return end;
        }
        end = last;
        return before == null ? last : before;
    }

    private static void release(Content.@Nullable Chunk chunk) {
        if (chunk != null) {
            chunk.release();
        }
    }

    @Override
    public void demand(Runnable demanded) {
        if (end == null) {
            below.demand(demanded);
        } else {
            demanded.run();
        }
    }

    @Override
    public void fail(Throwable failure) {
        release(held);
        held = null;
        below.fail(failure);
    }
}
