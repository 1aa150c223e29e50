package aiguillage.hub.files;

import aiguillage.hub.health.Space;
import aiguillage.hub.problem.Refused;
import aiguillage.protocol.FlowName;
import aiguillage.protocol.PartyId;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// Files on their way in: what was written of each, until it has arrived or its time is over. Safe from any
/// thread.
///
/// A file has one writer. Whoever opens it again takes it over, since a party whose line broke comes back
/// before the hub knows that the line is broken; the earlier writer is told when it writes next.
final class Staging {

    /// Of one party at a time, all flows together.
    static final int PARTS_MAX = 64;

    /// Of all parties together.
    static final long BYTES_MAX = 20L << 30;

    /// How long a part waits to be resumed.
    static final Duration KEPT_FOR = Duration.ofDays(1);

    private final Path folder;
    private final Space space;
    private final AtomicLong bytes = new AtomicLong();
    // Both below are guarded by this.
    private final Map<Path, Part> open = new HashMap<>();
    private long claims = ThreadLocalRandom.current().nextLong(); // other names than a crash may have left

    Staging(Path folder, Space space) throws IOException {
        this.folder = Files.createDirectories(folder);
        this.space = space;
        for (Path file : Results.all(folder)) {
            bytes.addAndGet(Files.size(file));
        }
    }

    private Path folder(PartyId party, FlowName flow) {
        return Kept.folder(folder.resolve(party.value()), flow);
    }

    Path file(PartyId party, FlowName flow, String name) {
        return Kept.file(folder(party, flow), name);
    }

    List<Node> list(PartyId party, FlowName flow) throws IOException {
        return Kept.nodes(folder(party, flow));
    }

    Optional<Node> find(PartyId party, FlowName flow, String name) throws IOException {
        return Kept.node(file(party, flow, name));
    }

    /// Begins to write a file, or goes on.
    ///
    /// @param isAnew whether what is there of it is dropped
    /// @param bytesMax the most it may become
    synchronized Part open(PartyId party, FlowName flow, String name, boolean isAnew, long bytesMax)
            throws IOException {
        Path file = file(party, flow, name);
        Part earlier = open.remove(file);
        if (earlier != null) {
            earlier.takenOver();
        }
        if (!Files.exists(file) && Results.all(folder.resolve(party.value())).size() >= PARTS_MAX) {
            throw FileRefused.failed("You have " + PARTS_MAX
                    + " unfinished files here, which is all that you may. Finish or remove one.");
        }
        Files.createDirectories(file.getParent());
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        long there = channel.size();
        if (isAnew && there > 0) {
            channel.truncate(0);
            bytes.addAndGet(-there);
        }
        Part part = new Part(channel, isAnew ? 0 : there, bytesMax, this::grows);
        open.put(file, part);
        return part;
    }

    /// Room is taken before it is used.
    private void grows(long more) throws FileRefused {
        if (bytes.addAndGet(more) > BYTES_MAX && more > 0) {
            bytes.addAndGet(-more);
            throw FileRefused.failed("Too much is on its way into the hub. Send the file again in a while.");
        }
        if (more > 0) {
            try {
                space.take(more);
            } catch (Refused full) {
                bytes.addAndGet(-more);
                throw full;
            }
        }
    }

    /// Its writer has ended.
    synchronized void ended(Path file, Part part) {
        open.remove(file, part);
    }

    /// Takes a file that has arrived out of its writers' reach.
    ///
    /// @param writer who has written it to its end; null: nobody is writing it
    /// @return where it is now
    /// @throws FileRefused when somebody else is writing it: half of that would arrive
    synchronized Path claim(Path file, @Nullable Part writer) throws IOException {
        requireWriter(file, writer);
        open.remove(file);
        Path claimed = file.resolveSibling(file.getFileName() + ".a" + Long.toHexString(claims++));
        Files.move(file, claimed, StandardCopyOption.REPLACE_EXISTING);
        return claimed;
    }

    /// Puts it back, to be taken later, unless somebody has begun it anew.
    synchronized void giveBack(Path claimed, Path file) throws IOException {
        if (Files.exists(file)) {
            remove(claimed);
        } else {
            Files.move(claimed, file, StandardCopyOption.ATOMIC_MOVE);
        }
    }

    /// Gives a file another name; one that had it is replaced.
    synchronized void rename(Path from, Path to) throws IOException {
        requireWriter(from, null);
        requireWriter(to, null);
        if (from.equals(to)) {
            return;
        }
        Files.createDirectories(to.getParent());
        long replaced = Files.exists(to) ? Files.size(to) : 0;
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        bytes.addAndGet(-replaced);
    }

    private void requireWriter(Path file, @Nullable Part writer) throws FileRefused {
        if (open.get(file) != writer) {
            throw FileRefused.failed("The file is being written by another session of yours: close it there first.");
        }
    }

    synchronized boolean remove(Path file) throws IOException {
        Part writer = open.remove(file);
        if (writer != null) {
            writer.takenOver();
        }
        long size = Files.exists(file) ? Files.size(file) : 0;
        bytes.addAndGet(-size);
        return Files.deleteIfExists(file);
    }

    /// Removes parts that nobody has come back for; to be called once in a while.
    synchronized void sweep(Instant now) throws IOException {
        Instant before = now.minus(KEPT_FOR);
        for (Path file : Results.all(folder)) {
            if (!open.containsKey(file)
                    && Files.getLastModifiedTime(file).toInstant().isBefore(before)) {
                remove(file);
            }
        }
    }

    /// All that lies here.
    long bytes() {
        return bytes.get();
    }
}
