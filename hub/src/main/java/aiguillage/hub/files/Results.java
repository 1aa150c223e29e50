package aiguillage.hub.files;

import aiguillage.hub.memory.Latest;
import aiguillage.protocol.FlowName;
import aiguillage.protocol.PartyId;
import aiguillage.protocol.Position;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;

/// What became of files that were put, for their senders to fetch: `done` and `refused`. Receipts that the journal
/// can make again are not kept ([Receipts]); reports and refusals are, a file each. Safe from any thread; no writer
/// of files waits for another.
final class Results {

    /// The newest of a folder that are kept.
    static final int FILES_MAX = 1_000;

    /// So many more there may be before the oldest go, all at once: sorting costs, and would cost at each
    /// write.
    static final int SLACK = 100;

    /// What the newest of a folder may have together; those of [#SMALL_BYTES] and less are bounded by their
    /// number.
    static final long BYTES_MAX = 128L << 20;

    private static final int SMALL_BYTES = 64 << 10;

    /// Of which it is known how many were written.
    private static final int FOLDERS_MAX = 10_000;

    static final Duration KEPT_FOR = Duration.ofDays(14);

    static final String UNFINISHED = ".new";

    private static final String DONE = "done";

    private final Path folder;
    private final Receipts receipts;

    /// Files written since a folder was last looked into.
    private final Map<Path, Integer> writtenSince = Latest.used(FOLDERS_MAX); // guarded by itself

    private final AtomicLong unfinished =
            new AtomicLong(ThreadLocalRandom.current().nextLong());

    /// @param folder of the files
    Results(Path folder, Receipts receipts) {
        this.folder = folder;
        this.receipts = receipts;
    }

    private Path folder(PartyId party, String branch, FlowName flow) {
        return Kept.folder(folder.resolve(party.value()).resolve(branch), flow);
    }

    private Path file(PartyId party, String branch, FlowName flow, String name) {
        return Kept.file(folder(party, branch, flow), name);
    }

    List<Node> list(PartyId party, String branch, FlowName flow) throws IOException {
        List<Node> files = Kept.nodes(folder(party, branch, flow));
        if (!branch.equals(DONE)) {
            return files;
        }
        var both = new ArrayList<>(files);
        both.addAll(receipts.list(party, flow));
        return both;
    }

    Optional<Node> find(PartyId party, String branch, FlowName flow, String name) throws IOException {
        Optional<Node> receipt = branch.equals(DONE) ? receipts.find(party, flow, name) : Optional.empty();
        return receipt.isPresent() ? receipt : Kept.node(file(party, branch, flow, name));
    }

    /// The whole content; it was made by the hub, which held it then too.
    byte[] read(PartyId party, String branch, FlowName flow, String name) throws IOException {
        Optional<byte[]> receipt = branch.equals(DONE) ? receipts.read(party, flow, name) : Optional.empty();
        try {
            return receipt.isPresent() ? receipt.get() : Files.readAllBytes(file(party, branch, flow, name));
        } catch (NoSuchFileException e) {
            throw FileRefused.notThere(name);
        }
    }

    /// Puts the receipt of a file there that became one document, in the place of an earlier one of its name, or of a
    /// report.
    void receipt(PartyId party, FlowName flow, String name, Position document, long bytes) throws IOException {
        Files.deleteIfExists(file(party, DONE, flow, name));
        receipts.write(party, flow, name, document, bytes);
    }

    /// Puts one there in the place of an earlier one of its name.
    void write(PartyId party, String branch, FlowName flow, String name, byte[] content) throws IOException {
        Path into = folder(party, branch, flow);
        Path begun = into.resolve(Long.toHexString(unfinished.incrementAndGet()) + UNFINISHED);
        boolean isThere = false;
        try {
            begin(begun, content);
            Files.move(begun, Kept.file(into, name), StandardCopyOption.ATOMIC_MOVE);
            isThere = true;
        } finally {
            if (!isThere) {
                Files.deleteIfExists(begun);
            }
        }
        if (branch.equals(DONE)) {
            receipts.remove(party, flow, name);
        }
        boolean bySize = content.length > SMALL_BYTES;
        if (isToBeTrimmed(into) || bySize) {
            trim(into, bySize);
        }
    }

    private static void begin(Path file, byte[] content) throws IOException {
        try {
            Files.write(file, content, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        } catch (NoSuchFileException firstOfAll) {
            Files.createDirectories(file.getParent());
            Files.write(file, content, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        }
    }

    /// Looking into a folder costs more than writing a file there, so it is done once for as many as may be
    /// there too many; in a folder that was not written to for long, at once.
    private boolean isToBeTrimmed(Path folder) {
        synchronized (writtenSince) {
            int more = writtenSince.merge(folder, 1, Integer::sum);
            if (more > 1 && more <= SLACK) {
                return false;
            }
            writtenSince.put(folder, 1);
            return true;
        }
    }

    /// The newest stays, whatever its size.
    ///
    /// @param bySize whether the folder may have come to hold too many bytes
    private static void trim(Path folder, boolean bySize) throws IOException {
        List<Path> there = Kept.files(folder);
        if (there.size() <= FILES_MAX && !bySize) {
            return;
        }
        record Dated(Path file, Instant modified, long bytes) {}
        var dated = new ArrayList<Dated>();
        long bytes = 0;
        for (Path file : there) {
            var one = new Dated(file, modified(file), bytes(file));
            dated.add(one);
            bytes += one.bytes();
        }
        dated.sort(Comparator.comparing(Dated::modified));
        int tooMany = Math.max(0, dated.size() - FILES_MAX);
        for (int i = 0; i < dated.size() - 1 && (i < tooMany || bytes > BYTES_MAX); i++) {
            Files.deleteIfExists(dated.get(i).file());
            bytes -= dated.get(i).bytes();
        }
    }

    private static long bytes(Path file) {
        try {
            return Files.size(file);
        } catch (IOException gone) {
            return 0; // its party removed it meanwhile
        }
    }

    private static Instant modified(Path file) {
        try {
            return Files.getLastModifiedTime(file).toInstant();
        } catch (IOException gone) {
            return Instant.EPOCH; // its party removed it meanwhile
        }
    }

    boolean remove(PartyId party, String branch, FlowName flow, String name) throws IOException {
        boolean wasReceipt = branch.equals(DONE) && receipts.remove(party, flow, name);
        return Files.deleteIfExists(file(party, branch, flow, name)) || wasReceipt;
    }

    /// Removes what has been there long enough; to be called once in a while.
    void sweep(Instant now) throws IOException {
        receipts.sweep(now);
        Instant before = now.minus(KEPT_FOR);
        for (Path file : Kept.all(folder)) {
            if (modified(file).isBefore(before)) {
                Files.deleteIfExists(file);
            }
        }
    }
}
