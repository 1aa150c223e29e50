package aiguillage.dataset.publish;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
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

    private static final int BLOCK_BYTES = 64 << 10;

    /// As long as all lines come in order, waiting for others brings nothing: this part of memory is enough.
    private static final int IN_ORDER_SHARE = 8;

    private final Path folder;
    private final int bytesMax;

    /// Lines that wait, as a [Run] has them: as objects they would cost the garbage collector more than sorting
    /// costs. What is left of each block is free.
    private final List<ByteBuffer> blocks = new ArrayList<>();

    private final Deque<ByteBuffer> spare = new ArrayDeque<>();
    private final List<Path> files = new ArrayList<>();
    private final List<Run> runs = new ArrayList<>();
    private long bytes;

    /// The first and the last of the lines that wait, and whether they came in order.
    private @Nullable Checked first;

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
        first = first == null ? line : first;
        inOrder &= newest == null || Checked.ORDER.compare(newest, line) < 0;
        newest = line;
        int size = Run.bytes(line);
        if (blocks.isEmpty() || blocks.getLast().remaining() < size) {
            ByteBuffer free = size > BLOCK_BYTES ? null : spare.poll();
            blocks.add(free == null ? ByteBuffer.allocate(Math.max(BLOCK_BYTES, size)) : free);
        }
        Run.put(blocks.getLast(), line);
        bytes += OBJECTS_BYTES + size; // out of order they become objects
        boolean isOneRun = inOrder && (last == null || (runs.size() == 1 && Checked.ORDER.compare(last, first) < 0));
        if (bytes > (isOneRun ? bytesMax / IN_ORDER_SHARE : bytesMax)) {
            spill();
        }
    }

    /// All lines in order, once. Reading may fail with an [UncheckedIOException].
    Iterator<Checked> sorted() throws IOException {
        if (runs.isEmpty()) {
            return inOrder ? new Waiting() : sortedWaiting().iterator();
        }
        spill();
        runs.getLast().end();
        for (Run run : runs) {
            run.begin();
        }
        return new Merged(runs);
    }

    private List<Checked> sortedWaiting() {
        List<Checked> lines = new ArrayList<>();
        new Waiting().forEachRemaining(lines::add);
        lines.sort(Checked.ORDER);
        return lines;
    }

    private void spill() throws IOException {
        if (first == null || newest == null) {
            return;
        }
        if (inOrder) {
            run(first);
            for (ByteBuffer block : blocks) {
                runs.getLast().write(block.flip());
            }
            last = newest;
        } else {
            List<Checked> lines = sortedWaiting();
            run(lines.getFirst());
            for (Checked line : lines) {
                runs.getLast().write(line);
            }
            last = lines.getLast();
        }
        for (ByteBuffer block : blocks) {
            if (block.capacity() == BLOCK_BYTES) {
                spare.add(block.clear());
            }
        }
        blocks.clear();
        first = null;
        newest = null;
        inOrder = true;
        bytes = 0;
    }

    /// Has the last run go on with this line, or another one begin.
    private void run(Checked next) throws IOException {
        if (last == null || Checked.ORDER.compare(last, next) > 0) {
            newRun();
        }
    }

    /// The lines that wait, as they came.
    private final class Waiting implements Iterator<Checked> {

        private final Iterator<ByteBuffer> rest = blocks.iterator();
        private ByteBuffer block = ByteBuffer.allocate(0);

        @Override
        public boolean hasNext() {
            if (!block.hasRemaining() && rest.hasNext()) {
                block = rest.next().duplicate().flip();
            }
            return block.hasRemaining();
        }

        @Override
        public Checked next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            return Run.get(block);
        }
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
