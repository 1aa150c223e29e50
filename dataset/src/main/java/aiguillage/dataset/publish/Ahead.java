package aiguillage.dataset.publish;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Future;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/// Reads ahead in the helper's thread: some items, while those before them are worked on. Not for several
/// threads otherwise.
final class Ahead<T> {

    /// Items are read together until they have so many bytes, about; the last of them may have more.
    private static final int BYTES_AT_ONCE = 64 << 10;

    /// How many such parts may wait, so that neither thread waits for the other at each.
    private static final int PARTS_AHEAD = 4;

    private final Next<T> from;
    private final ToIntFunction<T> bytes;
    private final Helper helper;
    private Some<T> some = new Some<>(List.of(), null, false);
    private final Deque<Future<Some<T>>> coming = new ArrayDeque<>();

    /// How many items there may be in a part; the helper's.
    private int expected = 16;

    /// Whether all is read, or reading failed; the helper's.
    private boolean ended;

    private int at;

    /// What is read.
    interface Next<T> {

        /// The next item, or null behind the last.
        @Nullable
        T next() throws IOException;
    }

    /// @param failure what ended the reading behind these items
    private record Some<T>(List<T> items, @Nullable Exception failure, boolean last) {}

    /// @param bytes of an item, about
    Ahead(Next<T> from, ToIntFunction<T> bytes, Helper helper) {
        this.from = from;
        this.bytes = bytes;
        this.helper = helper;
        for (int i = 0; i < PARTS_AHEAD; i++) {
            coming.add(helper.start(this::read));
        }
    }

    private Some<T> read() {
        List<T> items = new ArrayList<>(expected);
        int read = 0;
        if (ended) {
            return new Some<>(items, null, true);
        }
        try {
            while (read < BYTES_AT_ONCE) {
                T item = from.next();
                if (item == null) {
                    ended = true;
                    return new Some<>(items, null, true);
                }
                items.add(item);
                read += bytes.applyAsInt(item);
            }
            expected = items.size();
            return new Some<>(items, null, false);
        } catch (IOException | RuntimeException e) {
            ended = true;
            return new Some<>(items, e, true);
        }
    }

    /// The next item, or null behind the last.
    ///
    /// @throws IOException when reading it failed; all before it have been given
    @Nullable
    T next() throws IOException {
        while (at == some.items().size()) {
            if (some.last()) {
                return ended(some.failure());
            }
            some = Helper.await(coming.remove());
            at = 0;
            if (!some.last()) {
                coming.add(helper.start(this::read));
            }
        }
        return some.items().get(at++);
    }

    private @Nullable T ended(@Nullable Exception failure) throws IOException {
        return switch (failure) {
            case null -> null;
            case IOException io -> throw io;
            case RuntimeException unchecked -> throw unchecked;
            default -> throw new AssertionError("reading throws no other", failure);
        };
    }
}
