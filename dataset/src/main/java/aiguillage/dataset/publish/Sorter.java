package aiguillage.dataset.publish;

import aiguillage.dataset.row.Key;
import aiguillage.dataset.row.Rows;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
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

    /// How many runs are merged at once; each holds a file open and [#BUFFER_BYTES].
    private static final int RUNS_MAX = 512;

    private static final int BUFFER_BYTES = 32 << 10;

    /// What a line takes besides the bytes of its key and its row.
    private static final int OBJECTS_BYTES = 128;

    private final Path folder;
    private final int bytesMax;
    private final List<Checked> waiting = new ArrayList<>();
    private final List<Path> files = new ArrayList<>();
    private final List<Run> runs = new ArrayList<>();
    private long bytes;
    private @Nullable DataOutputStream out;
    private @Nullable Checked last;

    /// @param folder where runs may lie until this is closed
    Sorter(Path folder, int bytesMax) {
        this.folder = folder;
        this.bytesMax = bytesMax;
    }

    void add(Checked line) throws IOException {
        waiting.add(line);
        bytes += OBJECTS_BYTES + line.key().bytes().length + line.rows().bytes().length;
        if (bytes > bytesMax) {
            spill();
        }
    }

    /// All lines in order, once. Reading may fail with an [UncheckedIOException].
    Iterator<Checked> sorted() throws IOException {
        if (files.isEmpty()) {
            waiting.sort(Checked.ORDER);
            return waiting.iterator();
        }
        spill();
        endRun();
        for (Path file : files) {
            runs.add(new Run(file));
        }
        return new Merged(runs);
    }

    private void spill() throws IOException {
        waiting.sort(Checked.ORDER);
        for (Checked line : waiting) {
            boolean goesOn = last != null && Checked.ORDER.compare(last, line) < 0;
            write(goesOn && out != null ? out : newRun(), line);
            last = line;
        }
        waiting.clear();
        bytes = 0;
    }

    private DataOutputStream newRun() throws IOException {
        endRun();
        if (files.size() == RUNS_MAX) {
            throw new IOException("The lines take more than " + RUNS_MAX + " times " + bytesMax
                    + " bytes: publish them in several deltas.");
        }
        Path file = Files.createTempFile(folder, "run-", ".tmp");
        files.add(file);
        DataOutputStream run =
                new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file), BUFFER_BYTES));
        out = run;
        return run;
    }

    private void endRun() throws IOException {
        if (out != null) {
            out.close();
            out = null;
        }
    }

    private static void write(DataOutputStream out, Checked line) throws IOException {
        byte[] key = line.key().bytes();
        byte[] rows = line.rows().bytes();
        out.writeLong(line.line());
        out.writeBoolean(line.removes());
        out.writeInt(key.length);
        out.write(key);
        out.writeInt(rows.length);
        out.write(rows);
    }

    /// A run, as far as it has been read.
    private static final class Run implements Closeable {

        private final DataInputStream in;
        private @Nullable Checked head;

        Run(Path file) throws IOException {
            in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file), BUFFER_BYTES));
            step();
        }

        void step() throws IOException {
            // A run ends between lines: it was written by this process, and whole.
            in.mark(1);
            if (in.read() < 0) {
                head = null;
                return;
            }
            in.reset();
            long number = in.readLong();
            boolean removes = in.readBoolean();
            Key key = Key.ofBytes(field());
            head = new Checked(key, number, removes, Rows.ofBytes(field()));
        }

        private byte[] field() throws IOException {
            var field = new byte[in.readInt()];
            in.readFully(field);
            return field;
        }

        Checked head() {
            if (head == null) {
                throw new NoSuchElementException();
            }
            return head;
        }

        @Override
        public void close() throws IOException {
            in.close();
        }
    }

    private static final class Merged implements Iterator<Checked> {

        private final PriorityQueue<Run> runs =
                new PriorityQueue<>((one, other) -> Checked.ORDER.compare(one.head(), other.head()));

        Merged(List<Run> all) {
            runs.addAll(all);
        }

        @Override
        public boolean hasNext() {
            return !runs.isEmpty();
        }

        @Override
        public Checked next() {
            Run run = runs.remove();
            Checked line = run.head();
            try {
                run.step();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            if (run.head != null) {
                runs.add(run);
            }
            return line;
        }
    }

    @Override
    public void close() throws IOException {
        endRun();
        for (Run run : runs) {
            run.close();
        }
        for (Path file : files) {
            Files.deleteIfExists(file);
        }
    }
}
