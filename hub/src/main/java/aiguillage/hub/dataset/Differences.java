package aiguillage.hub.dataset;

import aiguillage.dataset.layer.Change;
import aiguillage.dataset.layer.Layer;
import aiguillage.dataset.row.Key;
import aiguillage.dataset.row.Rows;
import aiguillage.dataset.schema.Schema;
import aiguillage.hub.memory.Latest;
import aiguillage.hub.problem.Problem;
import aiguillage.hub.problem.Refused;
import aiguillage.protocol.DatasetName;
import aiguillage.protocol.Digest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// How versions differ. Made when it is asked for, one at a time, in memory that does not grow with the rows;
/// what was asked for last is kept, since neither version changes any more. Safe from any thread; runs on
/// threads that may wait.
///
/// Where few keys changed, the layers name them and each is looked up; where many did, all rows of both
/// versions are read once, side by side: that costs the same for any number of changes.
final class Differences {

    /// Kept; each has at most 5,000 entries, some 2 MB.
    static final int KEPT_MAX = 16;

    /// So many layers are read at once; behind more versions all rows are compared.
    private static final int LAYERS_MAX = 64;

    /// A look-up costs about as much as so many rows that are read in their order.
    private static final int LOOKUP_COSTS = 8;

    private static final int PATIENCE_SECONDS = 30;

    private final ReentrantLock turn = new ReentrantLock();
    private final Map<Pair, Difference> kept = Latest.used(KEPT_MAX);

    /// @param after names what is compared: a version's layer
    private record Pair(
            DatasetName dataset,
            long before,
            Digest after,
            long version,
            @Nullable String column) {}

    /// Gives something for each key that may differ, in the order of keys.
    private interface Step {
        void run(Comparing to) throws IOException;
    }

    /// How a version differs from an earlier one.
    ///
    /// @param before 0: from nothing
    /// @throws Refused when one of them does not stand, or others are compared for long
    Difference between(Master master, Schema schema, long before, long after, @Nullable String column)
            throws IOException {
        master.requireStanding(before);
        master.requireStanding(after);
        if (before >= after) {
            throw new Refused(Problem.BAD_REQUEST, "A version is compared with one before it.");
        }
        Digest layer =
                master.versions().published(master.name(), after).content().layer();
        return of(
                new Pair(master.name(), before, layer, after, column),
                new Comparing(schema, column),
                to -> between(master, before, after, to));
    }

    /// What the layer in a file would make another of a version that stands.
    ///
    Difference with(Master master, Schema schema, long before, Path file, @Nullable String column) throws IOException {
        master.requireStanding(before);
        try (Layer layer = Layer.open(file, null)) {
            return of(
                    new Pair(master.name(), before, Folder.digest(file), 0, column),
                    new Comparing(schema, column),
                    to -> over(master, before, layer, to));
        }
    }

    /// Kept by the column that is compared, not by how it was asked for: nobody has the same compared anew.
    private Difference of(Pair asked, Comparing comparing, Step step) throws IOException {
        var pair = new Pair(asked.dataset, asked.before, asked.after, asked.version, comparing.column());
        Difference known = find(pair);
        if (known != null) {
            return known;
        }
        try {
            if (!turn.tryLock(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new Refused(Problem.TOO_MANY_REQUESTS, "Other versions are being compared. Ask again.")
                        .with("retryAfter", (long) PATIENCE_SECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("stopped while others were compared", e);
        }
        try {
            Difference meanwhile = find(pair);
            return meanwhile != null ? meanwhile : keep(pair, run(comparing, step));
        } finally {
            turn.unlock();
        }
    }

    private static Difference run(Comparing comparing, Step step) throws IOException {
        try {
            step.run(comparing);
            return comparing.found();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private @Nullable Difference find(Pair pair) {
        synchronized (kept) {
            return kept.get(pair);
        }
    }

    private Difference keep(Pair pair, Difference made) {
        synchronized (kept) {
            kept.put(pair, made);
            return made;
        }
    }

    private static void between(Master master, long before, long after, Comparing to) throws IOException {
        List<Versions.Standing> behind = master.between(before, after);
        long changes = behind.stream()
                .mapToLong(version -> version.entry().content().added()
                        + version.entry().content().changed()
                        + version.entry().content().removed())
                .sum();
        long rows = master.versions().published(master.name(), after).content().rows();
        if (before == 0 || behind.size() > LAYERS_MAX || changes * LOOKUP_COSTS > rows) {
            side(master.walk(before), master.walk(after), to);
            return;
        }
        var layers = new ArrayList<Iterator<Change>>();
        for (Versions.Standing version : behind) {
            Layer layer = master.layer(version.number());
            if (layer.replaces()) {
                side(master.walk(before), master.walk(after), to);
                return;
            }
            layers.add(layer.all());
        }
        var keys = new Merged(layers);
        for (Key key = keys.next(); key != null; key = keys.next()) {
            to.take(key, master.rowsOf(before, key), master.rowsOf(after, key));
        }
    }

    private static void over(Master master, long before, Layer layer, Comparing to) throws IOException {
        if (layer.replaces()) {
            side(master.walk(before), layer.all(), to);
            return;
        }
        for (Iterator<Change> changes = layer.all(); changes.hasNext(); ) {
            Change change = changes.next();
            to.take(change.key(), master.rowsOf(before, change.key()), change.rows());
        }
    }

    /// Compares all rows of both, read once.
    private static void side(Iterator<Change> before, Iterator<Change> after, Comparing to) {
        Change was = next(before);
        Change is = next(after);
        while (was != null || is != null) {
            int order = was == null ? 1 : is == null ? -1 : was.key().compareTo(is.key());
            if (order < 0 && was != null) {
                to.take(was.key(), was.rows(), Rows.NONE);
                was = next(before);
            } else if (order > 0 && is != null) {
                to.take(is.key(), Rows.NONE, is.rows());
                is = next(after);
            } else if (was != null && is != null) {
                to.take(is.key(), was.rows(), is.rows());
                was = next(before);
                is = next(after);
            }
        }
    }

    private static @Nullable Change next(Iterator<Change> some) {
        return some.hasNext() ? some.next() : null;
    }

    /// The keys of several layers in one order, each once.
    private static final class Merged {

        private record Head(Key key, Iterator<Change> rest) {}

        private final PriorityQueue<Head> heads = new PriorityQueue<>(Comparator.comparing(Head::key));

        Merged(List<Iterator<Change>> layers) {
            layers.forEach(this::add);
        }

        private void add(Iterator<Change> layer) {
            if (layer.hasNext()) {
                heads.add(new Head(layer.next().key(), layer));
            }
        }

        @Nullable
        Key next() {
            Head first = heads.poll();
            if (first == null) {
                return null;
            }
            add(first.rest());
            for (Head same = heads.peek(); same != null && same.key().equals(first.key()); same = heads.peek()) {
                heads.remove();
                add(same.rest());
            }
            return first.key();
        }
    }
}
