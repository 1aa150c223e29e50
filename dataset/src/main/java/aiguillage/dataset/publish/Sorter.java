package aiguillage.dataset.publish;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/// Sorts more lines than memory holds, by key and then by their number: sorted runs go into files and are
/// merged. Lines that come in order, as most lists do, make a single run. Not for several threads.
final class Sorter implements Closeable {

    /// What lines in memory may take, about.
    static final int BYTES_MAX = 24 << 20;

    /// How many runs are merged at once; each holds a file open and some memory.
    private static final int RUNS_MAX = 512;

    /// What a line takes besides the bytes of its key and its row.
    private static final int OBJECTS_BYTES = 128;

    private final Path folder;
    private final int bytesMax;
    private final List<Checked> waiting = new ArrayList<>();
    private final List<Path> files = new ArrayList<>();
    private final List<Run> runs = new ArrayList<>();
    private long bytes;

    /// The last line that was added, and whether it and all that wait came in order.
    private @Nullable Checked newest;

    private boolean inOrder = true;

    /// The last line in a run.
    private @Nullable Checked last;

    /// @param folder where runs may lie until this is closed
    Sorter(Path folder, int bytesMax) {
        this.folder = folder;
        this.bytesMax = bytesMax;
    }

    void add(Checked line) throws IOException {
        inOrder &= newest == null || Checked.ORDER.compare(newest, line) < 0;
        newest = line;
        waiting.add(line);
        bytes += OBJECTS_BYTES + line.key().bytes().length + line.rows().bytes().length;
        if (bytes > bytesMax) {
            spill();
        }
    }

    /// All lines in order, once. Reading may fail with an [UncheckedIOException].
    Iterator<Checked> sorted() throws IOException {
        if (runs.isEmpty()) {
            sort();
            return waiting.iterator();
        }
        spill();
        runs.getLast().end();
        for (Run run : runs) {
            run.begin();
        }
        return new Merged(runs);
    }

    private void sort() {
        if (!inOrder) {
            waiting.sort(Checked.ORDER);
        }
        inOrder = true;
    }

    private void spill() throws IOException {
        sort();
        if (!waiting.isEmpty() && (last == null || Checked.ORDER.compare(last, waiting.getFirst()) > 0)) {
            newRun();
        }
        for (Checked line : waiting) {
            runs.getLast().write(line);
            last = line;
        }
        waiting.clear();
        newest = null;
        bytes = 0;
    }

    private void newRun() throws IOException {
        if (runs.size() == RUNS_MAX) {
            throw new IOException("The lines take more than " + RUNS_MAX + " times " + bytesMax
                    + " bytes: publish them in several deltas.");
        }
        if (!runs.isEmpty()) {
            runs.getLast().end();
        }
        Path file = Files.createTempFile(folder, "run-", ".tmp");
        files.add(file);
        runs.add(new Run(file));
    }

    private static final class Merged implements Iterator<Checked> {

        private final PriorityQueue<Run> runs = new PriorityQueue<>(Comparator.comparing(Merged::head, Checked.ORDER));

        Merged(List<Run> all) {
            runs.addAll(all);
        }

        private static Checked head(Run run) {
            Checked head = run.head();
            if (head == null) {
                throw new NoSuchElementException();
            }
            return head;
        }

        @Override
        public boolean hasNext() {
            return !runs.isEmpty();
        }

        @Override
        public Checked next() {
            Run run = runs.remove();
            Checked line = head(run);
            try {
                run.step();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            if (run.head() != null) {
                runs.add(run);
            }
            return line;
        }
    }

    @Override
    public void close() throws IOException {
        for (Run run : runs) {
            run.close();
        }
        for (Path file : files) {
            Files.deleteIfExists(file);
        }
    }
}
