package aiguillage.hub.files;

import aiguillage.hub.memory.Latest;
import aiguillage.protocol.FlowName;
import aiguillage.protocol.PartyId;
import aiguillage.protocol.Position;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Receipts of files that became one document each. The journal can make a receipt again at any time, so all
/// that is kept here is which position a name stands for: one line in a file of its party and flow. A file for
/// each receipt would cost more than the rest of the way in, and every sync of the journal would wait for the
/// file system to have it.
///
/// Safe from any thread.
final class Receipts {

    /// Bytes of a line at the most: time, position, length, and a name of up to 255 bytes in base64url.
    private static final int LINE_BYTES_MAX = 512;

    /// Lines after which a file is written anew with what still counts.
    private static final int LINES_MAX = 2 * Results.FILES_MAX + Results.SLACK;

    /// Files whose names are kept in memory: 1 MB each at the very most, with the longest names.
    static final int RECENT_MAX = 32;

    private static final String END = " .";
    private static final Pattern GONE = Pattern.compile("- ([A-Za-z0-9_-]{1,340}) \\.");
    private static final Pattern THERE =
            Pattern.compile("([0-9]{1,18}) ([0-9]{1,18}) ([0-9]{1,18}) ([A-Za-z0-9_-]{1,340}) \\.");

    private final Path folder;
    private final Function<Position, byte[]> receipts;
    private final InstantSource clock;

    /// Lines of each file that was looked at; whoever writes there holds its key's lock in the map.
    private final ConcurrentHashMap<Path, Integer> lines = new ConcurrentHashMap<>();

    /// What the files hold that were used last, so that a list is parsed once and not for each of its names. Guarded
    /// by itself; what is in it, by the lock of its file.
    private final Map<Path, Parsed> recent = Latest.used(RECENT_MAX);

    /// @param receipts makes the receipt of a document
    Receipts(Path folder, Function<Position, byte[]> receipts, InstantSource clock) {
        this.folder = folder;
        this.receipts = receipts;
        this.clock = clock;
    }

    private record Line(Instant since, Position document, long bytes) {

        Node node(String name) {
            return new Node(name, false, bytes, since);
        }
    }

    /// What a file holds, as far as it was read: it only grows, until it is written anew. Who holds the file's lock
    /// may use it.
    private static final class Parsed {
        private long bytes;
        private final SequencedMap<String, Line> names = new LinkedHashMap<>();
    }

    private Path file(PartyId party, FlowName flow) {
        return folder.resolve(party.value()).resolve(flow.brand().value()).resolve(flow.kind());
    }

    /// Puts a receipt there, in the place of an earlier one of its name.
    void write(PartyId party, FlowName flow, String name, Position document, long bytes) throws IOException {
        append(party, flow, line(name, new Line(clock.instant(), document, bytes)));
    }

    boolean remove(PartyId party, FlowName flow, String name) throws IOException {
        if (find(party, flow, name).isEmpty()) {
            return false;
        }
        append(party, flow, "\n- " + written(name) + END);
        return true;
    }

    /// The end of a line stands before it, and a word behind it: one that a crash cut short counts for nothing, and
    /// spoils no other.
    private static String line(String name, Line kept) {
        return "\n" + kept.since().toEpochMilli() + " " + kept.document().value() + " " + kept.bytes() + " "
                + written(name) + END;
    }

    List<Node> list(PartyId party, FlowName flow) throws IOException {
        var nodes = new ArrayList<Node>();
        read(file(party, flow)).forEach((name, kept) -> nodes.add(kept.node(name)));
        return nodes;
    }

    Optional<Node> find(PartyId party, FlowName flow, String name) throws IOException {
        return Optional.ofNullable(read(file(party, flow)).get(name)).map(kept -> kept.node(name));
    }

    /// The receipt, made again.
    Optional<byte[]> read(PartyId party, FlowName flow, String name) throws IOException {
        return Optional.ofNullable(read(file(party, flow)).get(name)).map(kept -> receipts.apply(kept.document()));
    }

    /// Removes what nobody has written to for long enough; to be called once in a while.
    void sweep(Instant now) throws IOException {
        Instant before = now.minus(Results.KEPT_FOR);
        for (Path file : Kept.all(folder)) {
            change(file, known -> {
                if (Files.getLastModifiedTime(file).toInstant().isBefore(before)) {
                    Files.deleteIfExists(file);
                    forget(file);
                    return null;
                }
                return known;
            });
        }
    }

    private void append(PartyId party, FlowName flow, String line) throws IOException {
        Path file = file(party, flow);
        byte[] written = line.getBytes(StandardCharsets.US_ASCII);
        change(file, known -> {
            add(file, written);
            int all = known == null ? (int) Math.min(LINES_MAX, Files.size(file) / LINE_BYTES_MAX) : known;
            if (all < LINES_MAX) {
                return all + 1;
            }
            return rewrite(file);
        });
    }

    private static void add(Path file, byte[] written) throws IOException {
        try {
            Files.write(file, written, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (NoSuchFileException firstOfAll) {
            Files.createDirectories(file.getParent());
            Files.write(file, written, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        }
    }

    /// The newest that still count, and how many.
    private int rewrite(Path file) throws IOException {
        SequencedMap<String, Line> kept = counting(parsed(file));
        var text = new StringBuilder();
        kept.forEach((name, one) -> text.append(line(name, one)));
        Path anew = file.resolveSibling(file.getFileName() + Results.UNFINISHED);
        Files.writeString(anew, text, StandardCharsets.US_ASCII);
        Files.move(anew, file, StandardCopyOption.ATOMIC_MOVE);
        forget(file);
        return kept.size();
    }

    @FunctionalInterface
    private interface Change {

        /// @param lines of the file, as far as known
        /// @return how many it has now; null: there is none
        @Nullable
        Integer make(@Nullable Integer lines) throws IOException;
    }

    /// Nobody else changes the file meanwhile.
    private void change(Path file, Change change) throws IOException {
        try {
            lines.compute(file, (_, known) -> {
                try {
                    return change.make(known);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    /// What counts in a file, oldest first: the newest line of each name, of the newest [Results#FILES_MAX] names,
    /// for as long as receipts are kept.
    private SequencedMap<String, Line> read(Path file) throws IOException {
        var found = new AtomicReference<SequencedMap<String, Line>>(new LinkedHashMap<>());
        change(file, known -> {
            found.set(counting(parsed(file)));
            return known;
        });
        return found.get();
    }

    private SequencedMap<String, Line> counting(Parsed parsed) {
        var counting = new LinkedHashMap<>(parsed.names);
        Instant before = clock.instant().minus(Results.KEPT_FOR);
        counting.values().removeIf(line -> line.since().isBefore(before));
        while (counting.size() > Results.FILES_MAX) {
            counting.pollFirstEntry();
        }
        return counting;
    }

    /// Reads on where the last reading ended. Only for who holds the file's lock.
    private Parsed parsed(Path file) throws IOException {
        Parsed known;
        synchronized (recent) {
            known = recent.get(file);
        }
        byte[] more;
        try (SeekableByteChannel open = Files.newByteChannel(file)) {
            if (known == null || open.size() < known.bytes) {
                known = new Parsed();
            }
            more = Channels.newInputStream(open.position(known.bytes)).readAllBytes();
        } catch (NoSuchFileException none) {
            forget(file);
            return new Parsed();
        }
        take(new String(more, StandardCharsets.ISO_8859_1), known);
        synchronized (recent) {
            recent.put(file, known);
        }
        return known;
    }

    /// A line at the end that is not whole is looked at again when there is more.
    private static void take(String text, Parsed into) {
        for (String line : text.split("\n", -1)) {
            take(line, into.names);
        }
        into.bytes += text.endsWith(END) ? text.length() : Math.max(0, text.lastIndexOf('\n'));
    }

    /// A line that is none was cut short by a crash, or is not ours: it counts for nothing.
    private static void take(String line, SequencedMap<String, Line> names) {
        try {
            Matcher gone = GONE.matcher(line);
            Matcher there = THERE.matcher(line);
            if (gone.matches()) {
                names.remove(name(gone.group(1)));
            } else if (there.matches()) {
                var since = Instant.ofEpochMilli(Long.parseLong(there.group(1)));
                var one = new Line(since, Position.of(there.group(2)), Long.parseLong(there.group(3)));
                names.putLast(name(there.group(4)), one);
            }
        } catch (IllegalArgumentException _) {
            // no name in base64url, or no position
        }
    }

    private void forget(Path file) {
        synchronized (recent) {
            recent.remove(file);
        }
    }

    private static String written(String name) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(name.getBytes(StandardCharsets.UTF_8));
    }

    private static String name(String written) {
        return new String(Base64.getUrlDecoder().decode(written), StandardCharsets.UTF_8);
    }
}
