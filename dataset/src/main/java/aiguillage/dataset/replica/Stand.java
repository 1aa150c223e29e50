package aiguillage.dataset.replica;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// The one thing of a replica that changes: the standing, which the next one takes the place of as a whole.
///
/// A reader takes the standing, reads what it needs from layers and store, and looks whether the same still
/// stands; if not, it reads again. So before anything is changed that a standing needs as it was, another one
/// must stand.
final class Stand {

    private final ReentrantLock changing = new ReentrantLock();
    private volatile Standing now;

    Stand(Standing first) {
        this.now = first;
    }

    Standing now() {
        return now;
    }

    interface Turn<T extends @Nullable Object> {
        T take(Standing before) throws IOException;
    }

    /// Makes another standing, alone: in a turn, what must be durable before it is written, then [#stand] is
    /// called.
    <T extends @Nullable Object> T change(Turn<T> turn) throws IOException {
        changing.lock();
        try {
            return turn.take(now);
        } catch (UncheckedIOException e) {
            throw failed(e);
        } finally {
            changing.unlock();
        }
    }

    /// Only within [#change].
    void stand(Standing next) {
        if (!changing.isHeldByCurrentThread()) {
            throw new AssertionError("a standing is made only within a turn");
        }
        now = next;
    }

    interface Question<T> {
        T ask(Standing seen) throws NotKnown, IOException;
    }

    @SuppressWarnings("ReferenceEquality") // whether it is still the same one, not one that is equal
    <T> T read(Question<T> question) throws NotKnown, UnreadableRows {
        while (true) {
            Standing seen = now;
            try {
                T answer = question.ask(seen);
                if (seen == now) {
                    return answer;
                }
            } catch (IOException e) {
                if (seen == now) {
                    throw new UnreadableRows(e);
                }
            } catch (UncheckedIOException e) {
                if (seen == now) {
                    throw new UnreadableRows(failed(e));
                }
            }
        }
    }

    static IOException failed(UncheckedIOException e) {
        return new IOException(e.getMessage(), e);
    }
}
