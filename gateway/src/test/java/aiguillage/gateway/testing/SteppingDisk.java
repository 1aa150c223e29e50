package aiguillage.gateway.testing;

import aiguillage.gateway.disk.Disk;
import aiguillage.gateway.disk.RealDisk;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.function.Consumer;

/// The real disk, step by step.
public final class SteppingDisk implements Disk {

    private final Disk real = new RealDisk();
    private final Steps steps;
    private final Consumer<Path> moved;

    /// The real disk with its steps counted.
    ///
    /// @param moved told of each file that appeared under a new name: a DMS that acts at once
    public SteppingDisk(Steps steps, Consumer<Path> moved) {
        this.steps = steps;
        this.moved = moved;
    }

    @Override
    public void write(Path file, byte[] content) throws IOException {
        steps.pass();
        real.write(file, content);
        steps.pass();
    }

    @Override
    public void write(Path file, InputStream content, long bytesMax, boolean append) throws IOException {
        steps.pass();
        real.write(file, content, bytesMax, append);
        steps.pass();
    }

    @Override
    public void move(Path from, Path to) throws IOException {
        steps.pass();
        real.move(from, to);
        moved.accept(to);
        steps.pass();
    }

    @Override
    public void delete(Path file) throws IOException {
        steps.pass();
        real.delete(file);
        steps.pass();
    }

    @Override
    public void folder(Path folder) throws IOException {
        real.folder(folder);
    }

    @Override
    public void force(Path folder) throws IOException {
        steps.pass();
    }

    @Override
    public long usableBytes(Path folder) throws IOException {
        return real.usableBytes(folder);
    }
}
