package aiguillage.hub.health;

import aiguillage.hub.problem.Problem;
import aiguillage.hub.problem.Refused;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The room on the disk that holds the data folder. New documents are refused while less than the reserve is free;
/// what is there goes on being delivered and acknowledged out of the reserve. Safe from any thread.
public final class Space {

    private static final Logger LOG = LoggerFactory.getLogger(Space.class);

    private final Disk disk;
    private final long reserveBytes;
    private final AtomicLong freeBytes = new AtomicLong();
    private volatile boolean isShort;

    /// Where the free bytes are counted.
    @FunctionalInterface
    interface Disk {
        long freeBytes() throws IOException;
    }

    /// @param folder on the disk that is watched
    /// @param reserveBytes below this new documents are refused; again accepted from a tenth more
    public Space(Path folder, long reserveBytes) throws IOException {
        this(() -> Files.getFileStore(folder).getUsableSpace(), reserveBytes);
    }

    Space(Disk disk, long reserveBytes) throws IOException {
        this.disk = disk;
        this.reserveBytes = reserveBytes;
        look();
    }

    /// Measures anew; to be called every second.
    public synchronized void look() throws IOException {
        long freeBytes = disk.freeBytes();
        this.freeBytes.set(freeBytes);
        if (!isShort && freeBytes < reserveBytes) {
            isShort = true;
            LOG.atError()
                    .addKeyValue("freeBytes", freeBytes)
                    .addKeyValue("reserveBytes", reserveBytes)
                    .log("The disk is nearly full: new documents are refused. Make room; the hub recovers by itself.");
        } else if (isShort && freeBytes >= reserveBytes + reserveBytes / 10) {
            isShort = false;
            LOG.atInfo().addKeyValue("freeBytes", freeBytes).log("There is room again: new documents are accepted.");
        }
    }

    /// Requires room for a document.
    ///
    /// @param bytes its size, as far as known
    /// @throws Refused when there is none
    public void require(long bytes) {
        if (isShort || freeBytes.get() - bytes < reserveBytes) {
            throw full();
        }
    }

    /// Takes room for bytes that are about to be written. Many large documents that came in together were each told
    /// that there was room, so the reserve is defended while they are written, too.
    ///
    /// @throws Refused when there is none
    public void take(long bytes) {
        if (freeBytes.addAndGet(-bytes) < reserveBytes) {
            throw full();
        }
    }

    private Refused full() {
        return new Refused(
                Problem.DISK_FULL, "The hub keeps " + reserveBytes + " bytes free, and has " + freeBytes.get() + ".");
    }

    public boolean isShort() {
        return isShort;
    }

    public long freeBytes() {
        return freeBytes.get();
    }
}
