package aiguillage.hub.files;

import aiguillage.hub.health.Space;
import aiguillage.hub.problem.Refused;
import aiguillage.protocol.FlowName;
import aiguillage.protocol.PartyId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// Files on their way in: what was written of each, until it has arrived or its time is over. Safe from any
/// thread.
///
/// A file has one writer. Whoever opens it again takes it over, since a party whose line broke comes back
/// before the hub knows that the line is broken; the earlier writer is told when it writes next.
///
/// A small part is in memory as long as its first writer is there ([Part]): most files arrive without ever
/// having been on the disk here.
///
/// A part is *whole* once its writer has ended properly. That is written beside it, with its size, so that it
/// holds over a restart of the hub: only a whole part can arrive by a rename.
final class Staging {

    /// Of one party at a time, all flows together.
    static final int PARTS_MAX = 64;

    /// Of all parties together.
    static final long BYTES_MAX = 20L << 30;

    /// How long a part waits to be resumed.
    static final Duration KEPT_FOR = Duration.ofDays(1);

    private static final String WHOLE = ".whole";
    private static final String CLAIMED = ".a";

    private final Path folder;
    private final Space space;
    private final AtomicLong bytes = new AtomicLong();
    private final Map<Path, Long> onDisk = new ConcurrentHashMap<>(); // files of a party, as long as they are the same
    // All below is guarded by this.
    private final Map<Path, Part> open = new HashMap<>();
    private final Map<Path, Set<Part>> inMemory = new HashMap<>(); // begun there, by the folder of their party
    private final Set<Path> claimed = new HashSet<>();
    private long claims = ThreadLocalRandom.current().nextLong(); // other names than a crash may have left

    Staging(Path folder, Space space) throws IOException {
        this.folder = Files.createDirectories(folder);
        this.space = space;
        for (Path file : Kept.all(folder)) {
            if (isClaimed(file)) {
                unclaim(file);
            }
        }
        for (Path file : Kept.all(folder)) {
            bytes.addAndGet(isPart(file) ? Files.size(file) : 0);
        }
    }

    /// The hub was killed while it took this one: it is a part again.
    private static void unclaim(Path file) throws IOException {
        String name = String.valueOf(file.getFileName());
        Path part = file.resolveSibling(name.substring(0, name.indexOf(CLAIMED)));
        if (Files.exists(part)) {
            Files.delete(file);
        } else {
            Files.move(file, part, StandardCopyOption.ATOMIC_MOVE);
        }
    }

    private static boolean isPart(Path file) {
        return String.valueOf(file.getFileName()).indexOf('.') < 0;
    }

    private static boolean isClaimed(Path file) {
        return String.valueOf(file.getFileName()).contains(CLAIMED);
    }

    private Path folder(PartyId party, FlowName flow) {
        return Kept.folder(folder.resolve(party.value()), flow);
    }

    Path file(PartyId party, FlowName flow, String name) {
        return Kept.file(folder(party, flow), name);
    }

    synchronized List<Node> list(PartyId party, FlowName flow) throws IOException {
        Path of = folder(party, flow);
        List<Node> nodes = Kept.nodes(of);
        if (inMemory.containsKey(folder.resolve(party.value()))) {
            open.forEach((file, part) -> {
                if (of.equals(file.getParent()) && part.isInMemory()) {
                    nodes.add(node(file, part));
                }
            });
        }
        return nodes;
    }

    synchronized Optional<Node> find(PartyId party, FlowName flow, String name) throws IOException {
        Path file = file(party, flow, name);
        Part part = open.get(file);
        return part != null && part.isInMemory() ? Optional.of(node(file, part)) : Kept.node(file);
    }

    private static Node node(Path file, Part part) {
        return new Node(Kept.name(file), false, part.bytes(), Instant.now()); // somebody is writing it
    }

    /// Begins to write a file, or goes on.
    ///
    /// @param bytesMax the most it may become
    synchronized Part open(PartyId party, FlowName flow, String name, PartyTree.Mode mode, long bytesMax)
            throws IOException {
        Path file = file(party, flow, name);
        Part earlier = open.get(file);
        boolean isThere = earlier != null || Files.exists(file);
        if (isThere && !mode.mayBeThere()) {
            throw FileRefused.failed("There is a file of this name already.");
        }
        if (!isThere && !mode.mayBeNew()) {
            throw FileRefused.notThere(name);
        }
        if (earlier != null) {
            try {
                earlier.takenOver();
            } finally {
                left(file, earlier);
            }
        }
        if (!isThere) {
            return begun(file, folder.resolve(party.value()), bytesMax);
        }
        boolean isBroken = !mode.isAnew() && !isWhole(file);
        Files.deleteIfExists(mark(file));
        FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
        long there = channel.size();
        if (mode.isAnew() && there > 0) {
            channel.truncate(0);
            bytes.addAndGet(-there);
        }
        Part part = new Part(channel, mode.isAnew() ? 0 : there, isBroken, bytesMax, this::grows);
        open.put(file, part);
        return part;
    }

    private Part begun(Path file, Path party, long bytesMax) throws FileRefused {
        Set<Part> small = inMemory.computeIfAbsent(party, _ -> new HashSet<>());
        small.removeIf(part -> !part.isInMemory());
        if (small.size() + onDisk(party) >= PARTS_MAX) {
            throw FileRefused.failed("You have " + PARTS_MAX
                    + " unfinished files here, which is all that you may. Finish or remove one.");
        }
        var part = new Part(() -> created(file), bytesMax, this::grows);
        small.add(part);
        open.put(file, part);
        return part;
    }

    /// From any thread that writes.
    private FileChannel created(Path file) throws IOException {
        Files.createDirectories(file.getParent());
        Files.deleteIfExists(mark(file));
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        changed(file);
        return channel;
    }

    private long onDisk(Path party) {
        return onDisk.computeIfAbsent(party, _ -> {
            try {
                return Kept.all(party).stream()
                        .filter(file -> isPart(file) || isClaimed(file))
                        .count();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    /// A file of a party has come or gone; to be called after that.
    private void changed(Path file) {
        onDisk.remove(folder.resolve(folder.relativize(file).getName(0)));
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

    private static Path mark(Path file) {
        return file.resolveSibling(file.getFileName() + WHOLE);
    }

    private static void markWhole(Path file) throws IOException {
        Files.writeString(mark(file), String.valueOf(Files.size(file)), StandardCharsets.US_ASCII);
    }

    private static boolean isWhole(Path file) throws IOException {
        try {
            return Files.readString(mark(file), StandardCharsets.US_ASCII).equals(String.valueOf(Files.size(file)));
        } catch (NoSuchFileException broken) {
            return false;
        }
    }

    /// Its writer has ended, or is gone.
    synchronized void left(Path file, Part part) {
        open.remove(file, part);
        Path party = folder.resolve(folder.relativize(file).getName(0));
        Set<Part> small = inMemory.get(party);
        if (small != null && small.remove(part) && small.isEmpty()) {
            inMemory.remove(party);
        }
    }

    /// Its writer has ended properly: what there is of it is all.
    ///
    /// @throws FileRefused when somebody else is writing it by now
    synchronized void finished(Path file, Part part) throws IOException {
        requireWriter(file, part);
        left(file, part);
        markWhole(file);
    }

    /// Takes a file that has arrived out of its writers' reach.
    ///
    /// @param writer who has written it to its end, and ends by this; null: nobody is writing it
    /// @throws FileRefused when somebody else is writing it, or it broke off: half of it would arrive
    synchronized Claimed claim(Path file, @Nullable Part writer) throws IOException {
        requireWriter(file, writer);
        if (writer != null) {
            byte[] content = writer.taken();
            left(file, writer);
            if (content != null) {
                return new Claimed.InMemory(content);
            }
        } else if (!isWhole(file)) {
            throw FileRefused.failed("Not all of the file has come: it broke off, or a part of it was refused. Resume"
                    + " it, or send it from its beginning, and rename it then.");
        }
        Path taken = file.resolveSibling(file.getFileName() + CLAIMED + Long.toHexString(claims++));
        Files.move(file, taken, StandardCopyOption.ATOMIC_MOVE);
        claimed.add(taken);
        return new Claimed.InFile(taken);
    }

    /// Puts a claimed file back, to be taken later, unless somebody has begun it anew.
    ///
    /// @param file what it was
    synchronized void giveBack(Claimed taken, Path file) throws IOException {
        if (open.containsKey(file) || Files.exists(file)) {
            drop(taken, file);
            return;
        }
        switch (taken) {
            case Claimed.InMemory(var content) -> keep(content, file);
            case Claimed.InFile(var from) -> {
                Files.move(from, file, StandardCopyOption.ATOMIC_MOVE);
                claimed.remove(from);
            }
        }
        markWhole(file);
    }

    /// Without room on the disk it is gone: its sender was told to put it again.
    private void keep(byte[] content, Path file) throws IOException {
        try (FileChannel into = created(file)) {
            ByteBuffer rest = ByteBuffer.wrap(content);
            while (rest.hasRemaining()) {
                into.write(rest);
            }
        } catch (IOException e) {
            bytes.addAndGet(-content.length);
            Files.deleteIfExists(file);
            changed(file);
            throw e;
        }
    }

    /// Removes a claimed file.
    ///
    /// @param file what it was
    synchronized void drop(Claimed taken, Path file) throws IOException {
        bytes.addAndGet(-taken.bytes());
        if (taken instanceof Claimed.InFile(var from)) {
            Files.deleteIfExists(from);
            claimed.remove(from);
            if (!Files.exists(file)) {
                Files.deleteIfExists(mark(file));
            }
            changed(file);
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
        boolean isWhole = isWhole(from);
        long replaced = size(to);
        Files.deleteIfExists(mark(to));
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        bytes.addAndGet(-replaced);
        Files.deleteIfExists(mark(from));
        if (isWhole) {
            markWhole(to);
        }
        changed(to);
    }

    private void requireWriter(Path file, @Nullable Part writer) throws FileRefused {
        if (open.get(file) != writer) {
            throw FileRefused.failed("The file is being written by another session of yours: close it there first.");
        }
    }

    private static long size(Path file) throws IOException {
        return Files.exists(file) ? Files.size(file) : 0;
    }

    synchronized boolean remove(Path file) throws IOException {
        Part writer = open.get(file);
        boolean wasInMemory = false;
        if (writer != null) {
            wasInMemory = writer.isInMemory();
            writer.dropped();
            left(file, writer);
        }
        bytes.addAndGet(-size(file));
        Files.deleteIfExists(mark(file));
        boolean wasOnDisk = Files.deleteIfExists(file);
        changed(file);
        return wasInMemory || wasOnDisk;
    }

    /// Removes parts that nobody has come back for; to be called once in a while. What is being taken just now
    /// stays, however old it is.
    synchronized void sweep(Instant now) throws IOException {
        Instant before = now.minus(KEPT_FOR);
        for (Path file : Kept.all(folder)) {
            if (isPart(file)
                    && !open.containsKey(file)
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
