package aiguillage.gateway.testing;

import aiguillage.gateway.disk.Disk;
import aiguillage.gateway.disk.RealDisk;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;

/// The machine's disk, for tests to make worse.
public class WrappedDisk implements Disk {

    private final Disk real = new RealDisk();

    @Override
    public void write(Path file, byte[] content) throws IOException {
        real.write(file, content);
    }

    @Override
    public void write(Path file, InputStream content, long bytesMax, boolean append) throws IOException {
        real.write(file, content, bytesMax, append);
    }

    @Override
    public void move(Path from, Path to) throws IOException {
        real.move(from, to);
    }

    @Override
    public void delete(Path file) throws IOException {
        real.delete(file);
    }

    @Override
    public void folder(Path folder) throws IOException {
        real.folder(folder);
    }

    @Override
    public void force(Path folder) throws IOException {
        real.force(folder);
    }

    @Override
    public long usableBytes(Path folder) throws IOException {
        return real.usableBytes(folder);
    }
}
