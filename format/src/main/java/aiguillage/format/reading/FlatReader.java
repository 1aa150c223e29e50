package aiguillage.format.reading;

import aiguillage.format.description.Description;
import aiguillage.format.description.FormatFile;
import aiguillage.format.description.Shape.Entry;
import aiguillage.format.description.Shape.Group;
import aiguillage.format.reading.Frames.Frame;
import aiguillage.format.reading.Frames.Kind;
import aiguillage.format.record.FlatNode;
import aiguillage.format.record.RecordCodec;
import aiguillage.format.record.Unreadable;
import aiguillage.format.report.Fault;
import aiguillage.format.report.Faults;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Reads one file, document by document. One thread.
///
/// What is wrong is told, and reading goes on with the next record; a document with a bad record in it is not
/// given out. Memory holds one document, and the records that stand at the top of the file.
public final class FlatReader {

    /// Records of a file.
    public static final int RECORDS_MAX = 5_000_000;

    /// Records of one document.
    public static final int DOCUMENT_RECORDS_MAX = 200_000;

    /// What a group takes beside what is in it.
    private static final int GROUP_BYTES = 128;

    /// Records outside of documents that are kept for those that follow.
    private static final int AROUND_MAX = 1_000;

    private static final char REPLACED = '\uFFFD';

    private final Description description;
    private final RecordCodec codec;
    private final Consumer<Seen> watcher;
    private final Frames frames;
    private final Grammar grammar;
    private final Interchange interchange = new Interchange();
    private final Faults faults = new Faults();
    private final List<Open> open = new ArrayList<>();
    private final Deque<Document> ready = new ArrayDeque<>();
    private int records;
    private int lastLine;
    private boolean isOver;

    /// A record that documents need, outside of them, could not be read: those that follow are not whole.
    private boolean isContextLost;

    /// A document of the file.
    ///
    /// @param root the schema's root with it, and with what stands before it at the top of the file
    /// @param number by which it is known among those of the file, whatever it is made into: where lines are
    ///     records its first line, else which record of the file it begins with, from 1
    /// @param first its first line
    /// @param last the line of its last record
    public record Document(FlatNode root, int number, int first, int last) {}

    /// What was made of a record.
    public sealed interface Seen {

        /// It was understood.
        record Good(FlatNode record) implements Seen {}

        /// It was not.
        record Bad(Fault fault) implements Seen {}
    }

    /// A group that is being read.
    private static final class Open {

        private final Group group;
        private final int line;
        private final int number;
        private final List<FlatNode> children = new ArrayList<>();
        private boolean isSpoiled;
        private int records;
        private long bytes;

        Open(Group group, int line, int number) {
            this.group = group;
            this.line = line;
            this.number = number;
        }
    }

    /// @param bytes not closed here
    /// @param watcher told of each record
    public FlatReader(Description description, RecordCodec codec, InputStream bytes, Consumer<Seen> watcher)
            throws IOException {
        this.description = description;
        this.codec = codec;
        this.watcher = watcher;
        this.frames = new Frames(description.head(), bytes);
        this.grammar = new Grammar(description.root());
        open.add(new Open(description.root(), 1, 1));
        readFirstLine();
    }

    /// What was wrong so far.
    public Faults faults() {
        return faults;
    }

    /// How many records there were so far.
    public int records() {
        return records;
    }

    private void readFirstLine() throws IOException {
        String wanted = description.head().firstLine();
        if (wanted == null) {
            return;
        }
        Optional<Frame> first = frames.next();
        first.ifPresent(frames::keep);
        lastLine = 1;
        String found = first.map(Frame::text).orElse("");
        if (!found.equals(wanted)) {
            int at = 0;
            while (at < Math.min(found.length(), wanted.length()) && found.charAt(at) == wanted.charAt(at)) {
                at++;
            }
            bad(new Fault(
                    1,
                    at + 1,
                    "first line",
                    found.substring(at),
                    "\"" + Fault.shown(wanted.substring(at))
                            + "\": the columns are others than described, so nothing of the file was read"));
            isOver = true;
        }
    }

    private void bad(Fault fault) {
        faults.add(fault);
        watcher.accept(new Seen.Bad(fault));
    }

    /// The next good document; null when the file is read to its end.
    public @Nullable Document next() throws IOException {
        while (ready.isEmpty() && !isOver) {
            Optional<Frame> frame = frames.next();
            if (frame.isEmpty()) {
                end();
            } else {
                take(frame.get());
            }
        }
        return ready.poll();
    }

    private void take(Frame frame) {
        if (frame.text().isBlank() && description.head().records() != FormatFile.Framing.FIXED) {
            frames.keep(frame);
            if (description.head().blankLines() == FormatFile.BlankLines.REFUSE) {
                bad(new Fault(frame.line(), frame.column(), "blank line", frame.text(), grammar.expected()));
            }
            return;
        }
        if (++records > RECORDS_MAX) {
            bad(new Fault(frame.line(), 1, "file", frame.text(), "at most " + RECORDS_MAX + " records"));
            isOver = true;
            return;
        }
        Optional<Fault> unusable = unusable(frame);
        if (unusable.isPresent()) {
            spoil(unusable.get());
            frames.backToItsSecondLine();
            return;
        }
        Optional<Grammar.Way> way = grammar.next(frame.text());
        if (way.isEmpty()) {
            spoil(new Fault(frame.line(), frame.column(), "record", frame.text(), grammar.expected()));
            frames.backToItsSecondLine();
            return;
        }
        go(way.get(), frame);
    }

    private static Optional<Fault> unusable(Frame frame) {
        if (frame.kind() == Kind.TOO_LONG) {
            return Optional.of(new Fault(
                    frame.line(),
                    frame.column(),
                    "record",
                    frame.text(),
                    "a record of at most " + Frames.RECORD_CHARS_MAX + " characters"));
        }
        if (frame.kind() == Kind.UNFINISHED) {
            return Optional.of(new Fault(
                    frame.line(), frame.column(), "record", frame.text(), "a whole record; the file ends within it"));
        }
        String text = frame.text();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= ' ' && c < Character.MIN_SURROGATE) {
                continue;
            }
            boolean isControl = c < ' ' && c != '\t' && c != '\n' && c != '\r';
            if (isControl || c == REPLACED || c >= '\uFFFE' || isHalf(text, i)) {
                return Optional.of(new Fault(
                        frame.line(),
                        frame.column() + i,
                        "record",
                        text.substring(i),
                        isControl ? "no control characters" : "bytes of the encoding that the format names"));
            }
        }
        return Optional.empty();
    }

    /// Whether a character is half of one: records of one length may end within it.
    private static boolean isHalf(String text, int at) {
        char c = text.charAt(at);
        if (!Character.isSurrogate(c)) {
            return false;
        }
        int other = Character.isHighSurrogate(c) ? at + 1 : at - 1;
        return other < 0
                || other >= text.length()
                || !Character.isSurrogatePair(text.charAt(Math.min(at, other)), text.charAt(Math.max(at, other)));
    }

    private void spoil(Fault fault) {
        bad(fault);
        open.forEach(level -> level.isSpoiled = true);
    }

    private void go(Grammar.Way way, Frame frame) {
        close(way.closed());
        lastLine = frame.line();
        way.opened().forEach(group -> open.add(new Open(group, frame.line(), number(frame.line()))));
        boolean isEdifact = description.head().records() == FormatFile.Framing.SEGMENTS;
        Optional<Fault> count =
                isEdifact ? interchange.read(frame.text(), frame.line(), frame.column()) : Optional.empty();
        if (count.isPresent()) {
            isContextLost |= !isOfDocument(way.entry());
            spoil(count.get());
            return;
        }
        try {
            FlatNode record = codec.read(way.entry(), frame.text(), frame.line());
            frames.keep(frame);
            watcher.accept(new Seen.Good(record));
            add(way.entry(), record);
        } catch (Unreadable e) {
            isContextLost |= !isOfDocument(way.entry());
            Fault fault = e.fault();
            int shift = fault.line() == frame.line() ? frame.column() - 1 : 0;
            spoil(new Fault(fault.line(), fault.column() + shift, fault.where(), fault.found(), fault.expected()));
            frames.backToItsSecondLine();
        }
    }

    /// Several segments may stand on one line.
    private int number(int line) {
        return switch (description.head().records()) {
            case LINES, QUOTED_LINES -> line;
            case SEGMENTS, FIXED -> records;
        };
    }

    private void close(int groups) {
        for (int i = 0; i < groups; i++) {
            Open closed = open.removeLast();
            done(closed, FlatNode.of(closed.group.name(), closed.line, closed.children));
        }
    }

    private void done(Open closed, FlatNode node) {
        if (!node.name().equals(description.head().document())) {
            keep(node, GROUP_BYTES); // what is in it was reckoned when it came
        } else if (!closed.isSpoiled) {
            give(node, closed.number, closed.line, lastLine);
        }
    }

    private void add(Entry entry, FlatNode record) {
        if (entry.name().equals(description.head().document())) {
            give(record, number(record.line()), record.line(), record.line());
        } else {
            keep(record, record.bytes());
        }
    }

    private boolean isOfDocument(Entry entry) {
        String document = description.head().document();
        return entry.name().equals(document)
                || open.stream().anyMatch(level -> level.group.name().equals(document));
    }

    private void keep(FlatNode node, long bytes) {
        Open into = open.getLast();
        boolean isWithin = open.stream()
                .anyMatch(level -> level.group.name().equals(description.head().document()));
        int most = isWithin ? DOCUMENT_RECORDS_MAX : AROUND_MAX;
        if (into.isSpoiled && isWithin) {
            return; // it will not be given out: nothing is held for it
        }
        count(isWithin, bytes);
        if (into.records > most || into.bytes > FlatNode.DOCUMENT_BYTES_MAX) {
            spoil(new Fault(
                    node.line(),
                    1,
                    node.name(),
                    "record " + into.records,
                    "at most " + most + " records, and " + (FlatNode.DOCUMENT_BYTES_MAX >> 10)
                            + " kB with all their fields, " + (isWithin ? "in one document" : "outside of documents")
                            + ": it is held in memory. Let each line be a document, send the file in parts, or give the"
                            + " process a larger heap"));
            open.forEach(level -> level.children.clear());
            isOver = !isWithin;
            return;
        }
        into.children.add(node);
    }

    /// Counts what is held: what is in a document is gone with it, so the groups around it hold nothing of it.
    private void count(boolean isWithin, long bytes) {
        for (int i = open.size() - 1; i >= 0; i--) {
            Open level = open.get(i);
            level.records++;
            level.bytes += bytes;
            if (isWithin && level.group.name().equals(description.head().document())) {
                return;
            }
        }
    }

    /// Wraps a document into the groups it stands in, with what was read there before it.
    private void give(FlatNode node, int number, int first, int last) {
        if (isContextLost) {
            return;
        }
        FlatNode wrapped = node;
        for (int i = open.size() - 1; i >= 0; i--) {
            Open level = open.get(i);
            var children = new ArrayList<>(level.children);
            children.add(wrapped);
            wrapped = FlatNode.of(level.group.name(), level.line, children);
        }
        ready.add(new Document(wrapped, number, first, last));
    }

    private void end() {
        isOver = true;
        if (!grammar.isComplete()) {
            spoil(new Fault(lastLine + 1, 1, "file", "the end of the file", grammar.expected()));
        }
        close(open.size() - 1);
        Open root = Objects.requireNonNull(open.getFirst());
        if (root.group.name().equals(description.head().document()) && !root.isSpoiled && records > 0) {
            ready.add(new Document(FlatNode.of(root.group.name(), root.line, root.children), 1, 1, lastLine));
        }
    }
}
