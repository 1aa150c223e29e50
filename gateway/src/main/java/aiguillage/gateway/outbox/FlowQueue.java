package aiguillage.gateway.outbox;

import aiguillage.gateway.disk.Book;
import aiguillage.gateway.disk.Disk;
import aiguillage.gateway.disk.FileDigest;
import aiguillage.gateway.dms.FileNames;
import aiguillage.gateway.dms.SideFile;
import aiguillage.protocol.DocumentId;
import aiguillage.protocol.FlowName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The waiting documents of one flow, in order. Memory holds a count and the documents whose file is not yet moved;
/// the others are in the book and on disk, however many wait.
///
/// The lock is held over the disk's work of one batch, so that numbers, records and files agree. Whoever sends
/// holds no lock while it sends.
final class FlowQueue {

    /// One batch is one durable write of the book; what is not moved after a crash is within the last batch.
    static final int BATCH_FILES_MAX = 64;

    /// What [HexFormat#toHexDigits(long)] writes, and so the names of our files.
    private static final Pattern NUMBER = Pattern.compile("[0-9a-f]{16}");

    private final FlowName flow;
    private final Path folder;
    private final Path out;
    private final Records records;
    private final Disk disk;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition arrived = lock.newCondition();
    private final Deque<Waiting> unmoved = new ArrayDeque<>();

    /// Files were moved and their folders not yet forced: nobody has been told of them.
    private boolean unforced;

    private long lastNumber;
    private long count;

    /// What takes back a document that the door handed in and that could not be stored: its records, and its file
    /// under the next number. Empty when there is none.
    private List<Book.Change> takeBack = List.of();

    FlowQueue(FlowName flow, Path folder, Path out, Records records, Disk disk) throws IOException {
        this.flow = flow;
        this.folder = folder;
        this.out = out;
        this.records = records;
        this.disk = disk;
        this.lastNumber = records.lastNumber(flow);
        disk.folder(folder);
    }

    FlowName flow() {
        return flow;
    }

    Path payload(Waiting document) {
        return folder.resolve(HexFormat.of().toHexDigits(document.number()));
    }

    /// A record found at start. Records come in order; only those of the last batch may still have their file in
    /// `out`.
    void found(Waiting document) {
        if (document.ending() == null) {
            count++;
            boolean lastBatch = document.number() > lastNumber - BATCH_FILES_MAX;
            if (lastBatch && document.origin() != null && !Files.exists(payload(document))) {
                unmoved.add(document);
            }
        }
    }

    /// Sets files aside that have no record. Most often the door stored one and was interrupted before it said
    /// yes, and whoever handed it in does so again. But they are not deleted: a book that was lost would look the
    /// same. Files that are not ours, such as `desktop.ini`, stay.
    ///
    /// @return how many
    int setOrphansAside(Path aside) throws IOException {
        int orphans = 0;
        try (var files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                String number = file.getFileName().toString();
                if (NUMBER.matcher(number).matches() && HexFormat.fromHexDigitsToLong(number) > lastNumber) {
                    disk.folder(aside);
                    String name = FileNames.free(number, number, taken -> Files.exists(aside.resolve(taken)));
                    disk.move(file, aside.resolve(name));
                    orphans++;
                }
            }
        }
        if (orphans > 0) {
            disk.force(aside);
            disk.force(folder);
        }
        return orphans;
    }

    /// Takes files out of the `out` folder: first what an earlier call left undone, then these.
    ///
    /// @param fresh at most [#BATCH_FILES_MAX], without numbers
    void take(List<Waiting> fresh) throws IOException {
        lock.lock();
        try {
            moveFiles();
            if (fresh.isEmpty()) {
                return;
            }
            takeBack();
            List<Book.Change> changes = new ArrayList<>();
            List<Waiting> numbered = new ArrayList<>();
            Set<DocumentId> ids = new HashSet<>(); // the book does not yet show what this batch writes
            for (Waiting document : fresh) {
                Waiting next = document.numbered(lastNumber + numbered.size() + 1);
                numbered.add(next);
                changes.add(records.put(next));
                DocumentId id = next.envelope().id();
                if (mayHaveTheId(records.document(flow.brand(), id)) && ids.add(id)) {
                    changes.add(records.put(flow.brand(), waitingState(next)));
                }
            }
            changes.add(records.lastNumber(flow, lastNumber + numbered.size()));
            records.write(changes, true);
            lastNumber += numbered.size();
            count += numbered.size();
            unmoved.addAll(numbered);
            moveFiles();
        } finally {
            lock.unlock();
        }
    }

    /// Takes a document whose payload the door has stored, durable, in `stored`.
    Taken accept(Waiting fresh, Path stored) throws IOException {
        lock.lock();
        try {
            moveFiles();
            DocumentState before =
                    records.document(flow.brand(), fresh.envelope().id());
            if (before != null && !mayHaveTheId(before)) {
                disk.delete(stored);
                return before.content().equals(fresh.content())
                        ? new Taken.Repeated(before)
                        : new Taken.Conflict(before);
            }
            takeBack();
            Waiting next = fresh.numbered(lastNumber + 1);
            takeBack = List.of(
                    records.remove(next),
                    before == null
                            ? records.remove(flow.brand(), next.envelope().id())
                            : records.put(flow.brand(), before),
                    records.lastNumber(flow, lastNumber));
            disk.move(stored, payload(next));
            disk.force(folder);
            DocumentState state = waitingState(next);
            records.write(
                    List.of(
                            records.put(next),
                            records.put(flow.brand(), state),
                            records.lastNumber(flow, next.number())),
                    true);
            takeBack = List.of();
            lastNumber = next.number();
            count++;
            arrived.signalAll();
            return new Taken.Fresh(state);
        } finally {
            lock.unlock();
        }
    }

    /// Ends what an [#accept] that failed has left under the next number, before another document gets that
    /// number: it would be sent with the other one's bytes. First the records, since a write that failed may be in
    /// the log after all, and a record without its file would end the gateway.
    private void takeBack() throws IOException {
        if (!takeBack.isEmpty()) {
            records.write(takeBack, true);
            disk.delete(folder.resolve(HexFormat.of().toHexDigits(lastNumber + 1)));
            disk.force(folder);
            takeBack = List.of();
        }
    }

    /// The first document after this number that may be sent; waits for one.
    Waiting awaitAfter(long number) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            Waiting next = after(number);
            while (next == null) {
                arrived.await();
                next = after(number);
            }
            return next;
        } finally {
            lock.unlock();
        }
    }

    /// The first document after this number that may be sent, or null.
    @Nullable
    Waiting after(long number) {
        lock.lock();
        try {
            Waiting next = records.from(flow, number + 1);
            while (next != null && next.ending() != null) {
                next = records.from(flow, next.number() + 1);
            }
            boolean sendable = next != null
                    && (unmoved.isEmpty() || next.number() < unmoved.getFirst().number());
            return sendable ? next : null;
        } finally {
            lock.unlock();
        }
    }

    /// How many wait for an answer.
    long count() {
        lock.lock();
        try {
            return count;
        } finally {
            lock.unlock();
        }
    }

    @Nullable
    Instant oldest() {
        lock.lock();
        try {
            Waiting first = count == 0 ? null : records.from(flow, 0);
            return first == null ? null : first.taken();
        } finally {
            lock.unlock();
        }
    }

    void answered(int documents) {
        lock.lock();
        try {
            count -= documents;
        } finally {
            lock.unlock();
        }
    }

    private void moveFiles() throws IOException {
        if (unmoved.isEmpty() && !unforced) {
            return;
        }
        deleteSideFiles();
        unforced = true;
        while (!unmoved.isEmpty()) {
            moveFile(unmoved.getFirst());
            unmoved.removeFirst();
        }
        disk.force(folder);
        disk.force(out);
        unforced = false;
        arrived.signalAll();
    }

    /// Their content is in the records. One that a power cut left behind after its document was moved would be
    /// taken for the side file of the next document of that name; so they go first, for good.
    private void deleteSideFiles() throws IOException {
        boolean deleted = false;
        for (Waiting document : unmoved) {
            Origin origin = document.origin();
            if (origin != null && !Files.exists(payload(document)) && looksAs(origin, origin.in(out))) {
                Path sideFile = SideFile.of(origin.in(out));
                if (Files.exists(sideFile)) {
                    disk.delete(sideFile);
                    deleted = true;
                }
            }
        }
        if (deleted) {
            disk.force(out);
        }
    }

    private void moveFile(Waiting document) throws IOException {
        Origin origin = document.origin();
        if (origin == null) {
            throw new AssertionError("a document of the door has its file from the start: " + document);
        }
        Path source = origin.in(out);
        Path payload = payload(document);
        if (!Files.exists(payload)) {
            if (!looksAs(origin, source)) {
                forget(document);
                return;
            }
            disk.move(source, payload);
        }
        if (!looksAs(origin, payload)) { // written to between the digest and the move
            Waiting measured = document.measured(FileDigest.of(payload), Files.size(payload));
            records.write(List.of(records.put(measured)), true);
        }
    }

    /// The DMS took the file back, or replaced it, before it was moved: it was never in the outbox.
    private void forget(Waiting document) {
        List<Book.Change> changes = new ArrayList<>(List.of(records.remove(document)));
        DocumentState state = records.document(flow.brand(), document.envelope().id());
        if (state != null && state.number() == document.number() && state.flow().equals(flow.toString())) {
            changes.add(records.remove(flow.brand(), document.envelope().id()));
        }
        records.write(changes, true);
        count--;
    }

    /// An id is free when no document has it, or when the one that had it was refused: the hub kept nothing of
    /// that.
    private static boolean mayHaveTheId(@Nullable DocumentState before) {
        return before == null || before.state() == DocumentState.State.REFUSED;
    }

    private static boolean looksAs(Origin origin, Path file) throws IOException {
        return Files.exists(file)
                && Files.size(file) == origin.bytes()
                && Files.getLastModifiedTime(file).toMillis() == origin.modifiedMillis();
    }

    private static DocumentState waitingState(Waiting document) {
        return new DocumentState(
                document.envelope().id().value(),
                document.flow().toString(),
                document.number(),
                DocumentState.State.WAITING,
                document.content(),
                document.name(),
                null,
                null,
                List.of(),
                document.taken().toString());
    }
}
