package aiguillage.gateway.outbox;

import aiguillage.gateway.disk.Book;
import aiguillage.gateway.disk.Disk;
import aiguillage.gateway.disk.FileDigest;
import aiguillage.gateway.dms.FileNames;
import aiguillage.gateway.dms.Folders;
import aiguillage.gateway.dms.OutFolder;
import aiguillage.gateway.dms.SideFile;
import aiguillage.gateway.status.Trouble.Kind;
import aiguillage.gateway.status.Troubles;
import aiguillage.protocol.Brand;
import aiguillage.protocol.Digest;
import aiguillage.protocol.DocumentId;
import aiguillage.protocol.Envelope;
import aiguillage.protocol.FlowName;
import aiguillage.protocol.PartyId;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

/// Every document that is to be sent, from "yes" to the answer in the DMS's folder. The package page has the
/// steps.
///
/// Safe from any thread; documents of one flow are taken one batch at a time.
public final class Outbox implements OutFolder.Taker {

    private static final Logger log = LoggerFactory.getLogger(Outbox.class);

    /// Documents that one search looks at: a fifth of a second.
    static final int SEARCHED_MAX = 20_000;

    private final Path folder;
    private final PartyId sender;
    private final long freeBytesMin;
    private final Folders dms;
    private final Records records;
    private final Disk disk;
    private final JsonMapper json;
    private final InstantSource clock;
    private final RandomGenerator random;
    private final Troubles troubles;
    private final Sending sending;
    private final Map<FlowName, FlowQueue> queues = new ConcurrentSkipListMap<>();
    private final ReentrantLock opening = new ReentrantLock();

    /// Opens the outbox and goes on where a crash interrupted it; nothing is sent before [#start].
    ///
    /// @param folder its own folder, on the same file system as the DMS's folders
    /// @param freeBytesMin with less free than this, nothing new is taken
    public Outbox(
            Path folder,
            PartyId sender,
            long freeBytesMin,
            Folders dms,
            Book book,
            Disk disk,
            InstantSource clock,
            RandomGenerator random,
            Troubles troubles,
            Sending.Ways ways)
            throws IOException {
        this.folder = folder;
        this.sender = sender;
        this.freeBytesMin = freeBytesMin;
        this.dms = dms;
        this.disk = disk;
        this.json = JsonMapper.shared();
        this.records = new Records(book, json);
        this.clock = clock;
        this.random = random;
        this.troubles = troubles;
        this.sending = new Sending(ways, new Filing(dms, records, disk, clock), random, troubles, this::answered);
        recover();
    }

    /// Takes complete files out of an `out` folder. A file that cannot be read stays there and is told about;
    /// the others are taken. When the disk is full, all stay: that is one trouble, not one of each folder.
    @Override
    public void take(FlowName flow, List<OutFolder.File> files) throws IOException {
        FlowQueue queue = queue(flow);
        queue.take(List.of());
        Set<String> unreadable = new HashSet<>();
        for (int from = 0; from < files.size(); from += FlowQueue.BATCH_FILES_MAX) {
            if (!hasSpace()) {
                return;
            }
            int to = Math.min(files.size(), from + FlowQueue.BATCH_FILES_MAX);
            List<Waiting> batch = new ArrayList<>();
            for (OutFolder.File file : files.subList(from, to)) {
                Waiting document = prepared(flow, file, unreadable);
                if (document != null) {
                    batch.add(document);
                }
            }
            queue.take(batch);
        }
        troubles.endedBelow(Kind.FILE_UNREADABLE, dms.out(flow), unreadable);
    }

    /// Takes a document from the door; when this returns, it is durable.
    ///
    /// @param bytesMax more than this is refused with [Disk.TooLong]
    /// @throws IllegalArgumentException when no hub could be sent this envelope; nothing is taken
    public Taken accept(Envelope envelope, InputStream payload, long bytesMax) throws IOException {
        Sendable.require(envelope);
        FlowQueue queue = queue(envelope.flow());
        requireSpace();
        Path stored = incoming().resolve(freshId().value());
        try {
            disk.write(stored, payload, bytesMax, false);
            Digest digest = FileDigest.of(stored);
            String name = FileNames.document(envelope.id(), envelope.contentType());
            long bytes = Files.size(stored);
            return queue.accept(
                    new Waiting(0, envelope, digest, bytes, clock.instant(), name, null, null, null), stored);
        } finally {
            disk.delete(stored);
        }
    }

    /// An id for a document whose maker gave none: never given before, anywhere.
    public DocumentId freshId() {
        return new DocumentId(new UUID(random.nextLong(), random.nextLong()).toString());
    }

    public Optional<DocumentState> document(Brand brand, DocumentId id) {
        return Optional.ofNullable(records.document(brand, id));
    }

    /// Keeps what the hub told about a document's delivery. Telling it twice is harmless.
    ///
    /// @param notice the notice's payload, JSON
    public void noticed(Brand brand, DocumentId id, String notice) {
        DocumentState state = records.document(brand, id);
        if (state != null && !state.notices().contains(notice)) {
            DocumentState told = state.noticed(notice, clock.instant().toString());
            List<Book.Change> changes = new ArrayList<>(List.of(records.put(brand, told)));
            if (Notice.of(notice, json).isFailure()) {
                changes.add(records.failed(brand, told));
            }
            records.write(changes, false);
        }
    }

    /// Documents that the hub refused, and those that a reader rejected or never took, the newest first.
    ///
    /// @param max at most so many; so many times are looked at
    public List<DocumentState> failed(int max) {
        Map<Records.Named, DocumentState> failed = new LinkedHashMap<>();
        for (Records.Named name : records.failed(max)) {
            DocumentState state = records.document(name.brand(), name.id());
            if (state != null && isFailed(state)) {
                failed.putIfAbsent(name, state);
            }
        }
        return List.copyOf(failed.values());
    }

    private boolean isFailed(DocumentState state) {
        return state.state() == DocumentState.State.REFUSED
                || Notice.last(state.notices().stream()
                                .map(notice -> Notice.of(notice, json))
                                .toList())
                        .stream()
                        .anyMatch(Notice::isFailure);
    }

    /// Documents whose id or file's name has this text in it, whatever its case.
    ///
    /// @param max at most so many
    public Search search(String text, int max) {
        String wanted = text.toLowerCase(Locale.ROOT);
        List<DocumentState> found = new ArrayList<>();
        int looked = 0;
        List<Book.Entry> page = records.documents(Records.firstDocument(), Book.PAGE_ENTRIES);
        while (!page.isEmpty() && found.size() < max && looked < SEARCHED_MAX) {
            for (Book.Entry entry : page) {
                DocumentState state = mentions(entry, wanted) ? records.state(entry) : null;
                if (state != null && found.size() < max && isMeant(state, wanted)) {
                    found.add(state);
                }
            }
            looked += page.size();
            page = records.documents(page.getLast().key() + '\0', Book.PAGE_ENTRIES);
        }
        return new Search(found, page.isEmpty());
    }

    /// Cheaper than to read the record, and never wrong about one that is meant but for letters that JSON
    /// escapes.
    private static boolean mentions(Book.Entry entry, String wanted) {
        boolean isEscaped = wanted.indexOf('"') >= 0 || wanted.indexOf('\\') >= 0;
        return isEscaped
                || new String(entry.value(), StandardCharsets.UTF_8)
                        .toLowerCase(Locale.ROOT)
                        .contains(wanted);
    }

    private static boolean isMeant(DocumentState state, String wanted) {
        return state.id().toLowerCase(Locale.ROOT).contains(wanted)
                || state.name().toLowerCase(Locale.ROOT).contains(wanted);
    }

    /// What a search found.
    ///
    /// @param isWhole whether every document that is remembered was looked at
    public record Search(List<DocumentState> found, boolean isWhole) {

        public Search {
            found = List.copyOf(found);
        }
    }

    /// Starts sending: one thread per flow, one per brand to file the answers.
    public void start() {
        sending.start();
    }

    /// Lets go of what is known about documents whose last change is older than this.
    public void forget(Duration age) {
        records.forgetBefore(clock.instant().minus(age));
    }

    /// How many wait for an answer, and since when the oldest does.
    public Backlog backlog(Brand brand) {
        long count = 0;
        Instant oldest = null;
        for (FlowQueue queue : queues.values()) {
            if (queue.flow().brand().equals(brand)) {
                count += queue.count();
                Instant first = queue.oldest();
                oldest = oldest == null || (first != null && first.isBefore(oldest)) ? first : oldest;
            }
        }
        return new Backlog(count, oldest);
    }

    /// Documents waiting for an answer.
    public record Backlog(long documents, @Nullable Instant oldest) {}

    /// The disk has less free space than the setting asks for.
    public static final class DiskFull extends IOException {
        private static final long serialVersionUID = 1L;

        DiskFull(Path folder, long freeBytes, long freeBytesMin) {
            super("The disk of " + folder + " has " + freeBytes + " bytes free and the gateway keeps " + freeBytesMin
                    + " (free-space-min): free some space, nothing is lost meanwhile");
        }
    }

    /// Sends and files all that can be sent now, on the calling thread: for tests and simulations.
    void sendNow() throws InterruptedException {
        sending.now();
    }

    private void recover() throws IOException {
        disk.folder(incoming());
        try (var left = Files.newDirectoryStream(incoming())) {
            for (Path file : left) {
                disk.delete(file);
            }
        }
        List<Waiting> answered = new ArrayList<>();
        IOException[] failure = new IOException[1];
        records.each(document -> {
            try {
                FlowQueue queue = queue(document.flow());
                queue.found(document);
                if (document.ending() != null) {
                    answered.add(document);
                }
            } catch (IOException e) {
                failure[0] = e;
            }
        });
        if (failure[0] != null) {
            throw failure[0];
        }
        for (Waiting document : answered) {
            sending.unfiled(document, queue(document.flow()));
        }
    }

    private @Nullable Waiting prepared(FlowName flow, OutFolder.File file, Set<String> unreadable) {
        try {
            requireWritableName(flow, file.path());
            String name = FileNames.safe(file.path().getFileName().toString());
            Digest digest = FileDigest.of(file.path());
            Instant now = clock.instant();
            DocumentId id = freshId();
            Origin origin = Origin.of(file);
            try {
                Envelope envelope = SideFile.beside(file.path(), json).envelope(flow, sender, id, now);
                Sendable.require(envelope);
                return new Waiting(0, envelope, digest, file.bytes(), now, name, origin, null, null);
            } catch (IllegalArgumentException e) {
                Refusal flaw = Refusal.badSideFile(Objects.toString(e.getMessage(), ""));
                return new Waiting(
                        0, Envelope.of(id, sender, flow), digest, file.bytes(), now, name, origin, flaw, null);
            }
        } catch (IOException e) {
            if (Files.exists(file.path())) { // else it was taken back, or moved by the work an earlier call left
                unreadable.add(file.path().toString());
                troubles.report(Kind.FILE_UNREADABLE, file.path().toString(), e);
            }
            return null;
        }
    }

    /// A file is found again by its name in the record: a name of bytes that this system cannot write back
    /// would be another file's, or nobody's.
    private void requireWritableName(FlowName flow, Path file) throws IOException {
        String name = file.getFileName().toString();
        InvalidPathException unwritable = null;
        try {
            if (dms.out(flow).resolve(name).equals(file)) {
                return;
            }
        } catch (InvalidPathException e) {
            unwritable = e;
        }
        throw new IOException(
                "its name has characters that this system (" + System.getProperty("sun.jnu.encoding")
                        + ") cannot write: rename it",
                unwritable);
    }

    /// There may be room again though no document comes: then the trouble is over.
    public void lookAtSpace() throws IOException {
        if (disk.usableBytes(folder) >= freeBytesMin) {
            troubles.ended(Kind.DISK_FULL, folder.toString());
        }
    }

    private boolean hasSpace() throws IOException {
        try {
            requireSpace();
            return true;
        } catch (DiskFull told) {
            return false;
        }
    }

    private void requireSpace() throws IOException {
        long free = disk.usableBytes(folder);
        if (free < freeBytesMin) {
            var full = new DiskFull(folder, free, freeBytesMin);
            troubles.report(Kind.DISK_FULL, folder.toString(), full);
            throw full;
        }
        troubles.ended(Kind.DISK_FULL, folder.toString());
    }

    /// Files that had no record, by brand and kind; no brand has a `_` in its name.
    private Path aside() {
        return folder.resolve("set_aside");
    }

    private Path incoming() {
        return folder.resolve("incoming");
    }

    private FlowQueue queue(FlowName flow) throws IOException {
        FlowQueue known = queues.get(flow);
        if (known != null) {
            return known;
        }
        opening.lock(); // held over the disk's work
        try {
            FlowQueue again = queues.get(flow);
            if (again != null) {
                return again;
            }
            Path files = folder.resolve(flow.brand().value()).resolve(flow.kind());
            var queue = new FlowQueue(flow, files, dms.out(flow), records, disk);
            int orphans =
                    queue.setOrphansAside(aside().resolve(flow.brand().value()).resolve(flow.kind()));
            if (orphans > 0) {
                log.atWarn()
                        .addKeyValue("flow", flow.toString())
                        .addKeyValue("files", orphans)
                        .addKeyValue("folder", aside().toString())
                        .log("Files of the outbox had no record and were set aside. After a crash nobody was told yes"
                                + " for them; after a loss of the book, look whether they were sent.");
            }
            queues.put(flow, queue);
            sending.flow(queue);
            return queue;
        } finally {
            opening.unlock();
        }
    }

    private void answered(Waiting document) {
        FlowQueue queue = queues.get(document.flow());
        if (queue == null) {
            throw new AssertionError("a document of no queue was answered: " + document);
        }
        queue.answered(1);
    }
}
