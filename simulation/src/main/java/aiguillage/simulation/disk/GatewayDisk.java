package aiguillage.simulation.disk;

import aiguillage.gateway.disk.Disk;
import aiguillage.simulation.fault.Fault;
import aiguillage.simulation.fault.Machine;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/// The file operations of one life of a gateway. Each takes time, may be refused, and may be the last.
public final class GatewayDisk implements Disk {

    private final Machine machine;
    private final GatewayFiles files;

    public GatewayDisk(Machine machine, GatewayFiles files) {
        this.machine = machine;
        this.files = files;
    }

    @Override
    public void write(Path file, byte[] content) throws IOException {
        begin();
        write(file, new byte[0], content);
    }

    /// A part of the bytes stands there before all do.
    private void write(Path file, byte[] before, byte[] content) throws IOException {
        byte[] whole = Arrays.copyOf(before, before.length + content.length);
        System.arraycopy(content, 0, whole, before.length, content.length);
        int part = before.length + machine.faults().random().nextInt(content.length + 1);
        files.written(file, Arrays.copyOf(whole, part));
        machine.diskWorks();
        machine.mayDie();
        files.written(file, whole);
        machine.mayDie();
    }

    @Override
    public void write(Path file, InputStream content, long bytesMax, boolean append) throws IOException {
        begin();
        byte[] before = append && Files.exists(file) ? Files.readAllBytes(file) : new byte[0];
        files.written(file, before);
        byte[] chunk = new byte[4_096];
        int arrived = 0;
        byte[] all = before;
        try {
            for (int n = content.read(chunk); n >= 0; n = content.read(chunk)) {
                arrived += n;
                if (arrived > bytesMax) {
                    throw new TooLong(bytesMax);
                }
                int end = all.length;
                all = Arrays.copyOf(all, end + n);
                System.arraycopy(chunk, 0, all, end, n);
                files.written(file, all);
            }
        } finally {
            machine.diskWorks();
        }
        machine.mayDie();
    }

    @Override
    public void move(Path from, Path to) throws IOException {
        begin();
        files.moved(from, to);
        machine.mayDie();
    }

    @Override
    public void delete(Path file) throws IOException {
        begin();
        files.deleted(file);
        machine.mayDie();
    }

    @Override
    public void folder(Path folder) throws IOException {
        Files.createDirectories(folder);
    }

    @Override
    public void force(Path folder) throws IOException {
        begin();
        machine.diskWorks();
        files.forced(folder);
        machine.mayDie();
    }

    @Override
    public long usableBytes(Path folder) {
        return Long.MAX_VALUE / 2;
    }

    private void begin() throws IOException {
        machine.mayDie();
        if (machine.faults().strikes(Fault.DISK_REFUSES)) {
            throw new IOException("the simulated disk refuses");
        }
        machine.diskWorks();
    }
}
