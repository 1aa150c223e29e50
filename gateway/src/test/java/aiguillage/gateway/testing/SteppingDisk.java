package aiguillage.gateway.testing;

import aiguillage.gateway.disk.Disk;
import aiguillage.gateway.disk.RealDisk;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import java.util.function.Consumer;

/// The real disk, step by step. When the power fails it forgets the names that were not forced: what was created or
/// deleted in a folder, or moved into it, since its last forcing is undone.
public final class SteppingDisk implements Disk {

    private final Disk real = new RealDisk();
    private final Steps steps;
    private final Consumer<Path> moved;
    private volatile long usableBytesMax = Long.MAX_VALUE;
    private final Deque<Unforced> unforced = new ArrayDeque<>();

    /// The real disk with its steps counted.
    ///
    /// @param moved told of each file that appeared under a new name: a DMS that acts at once
    public SteppingDisk(Steps steps, Consumer<Path> moved) {
        this.steps = steps;
        this.moved = moved;
    }

    /// From now on at most so much is left.
    public void leave(long bytes) {
        usableBytesMax = bytes;
    }

    /// The machine lost its power: names that were not forced are as they were.
    public synchronized void losePower() throws IOException {
        while (!unforced.isEmpty()) {
            unforced.pop().undo().run();
        }
    }

    @Override
    public void write(Path file, byte[] content) throws IOException {
        steps.pass();
        boolean fresh = !Files.exists(file);
        real.write(file, content);
        appeared(file, fresh);
        steps.pass();
    }

    @Override
    public void write(Path file, InputStream content, long bytesMax, boolean append) throws IOException {
        steps.pass();
        boolean fresh = !Files.exists(file);
        real.write(file, content, bytesMax, append);
        appeared(file, fresh);
        steps.pass();
    }

    @Override
    public void move(Path from, Path to) throws IOException {
        steps.pass();
        Kept kept = Kept.of(from);
        real.move(from, to);
        movedTo(to, from, kept);
        moved.accept(to);
        steps.pass();
    }

    @Override
    public void delete(Path file) throws IOException {
        steps.pass();
        if (Files.exists(file)) {
            Kept kept = Kept.of(file);
            real.delete(file);
            gone(file, kept);
        }
        steps.pass();
    }

    @Override
    public void folder(Path folder) throws IOException {
        real.folder(folder);
    }

    @Override
    public void force(Path folder) throws IOException {
        steps.pass();
        synchronized (this) {
            unforced.removeIf(name -> name.folder().equals(folder));
        }
        steps.pass();
    }

    @Override
    public long usableBytes(Path folder) throws IOException {
        return Math.min(usableBytesMax, real.usableBytes(folder));
    }

    private synchronized void appeared(Path file, boolean fresh) {
        if (fresh) {
            unforced.push(new Unforced(parent(file), () -> Files.deleteIfExists(file)));
        }
    }

    private synchronized void movedTo(Path to, Path from, Kept kept) {
        unforced.push(new Unforced(parent(to), () -> {
            Files.deleteIfExists(to);
            kept.write(from);
        }));
    }

    private synchronized void gone(Path file, Kept kept) {
        unforced.push(new Unforced(parent(file), () -> kept.write(file)));
    }

    private static Path parent(Path file) {
        return Objects.requireNonNull(file.getParent(), file::toString);
    }

    /// A name that is not yet on the disk, or not yet away from it.
    private record Unforced(Path folder, Undo undo) {}

    @FunctionalInterface
    private interface Undo {
        void run() throws IOException;
    }

    /// A file as it was.
    @SuppressWarnings("ArrayRecordComponent") // a test's file, written back once
    private record Kept(byte[] content, FileTime modified) {

        static Kept of(Path file) throws IOException {
            return new Kept(Files.readAllBytes(file), Files.getLastModifiedTime(file));
        }

        void write(Path file) throws IOException {
            Files.write(file, content);
            Files.setLastModifiedTime(file, modified);
        }
    }
}
