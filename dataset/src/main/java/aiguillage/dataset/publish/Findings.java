package aiguillage.dataset.publish;

import aiguillage.dataset.schema.Schema;
import java.io.BufferedWriter;
import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// All that is found wrong with a publication: everything in a file, the first of each kind in memory. Not for
/// several threads.
final class Findings implements Closeable {

    /// How many of one kind in one column a report shows.
    static final int SHOWN_MAX = 10;

    /// How many a file holds: more than anybody corrects by hand, and not what fills a disk.
    static final long FILED_MAX = 1_000_000;

    /// And how many bytes of it: small lines can be wrong in each of 64 columns.
    static final long FILED_BYTES_MAX = 20_000_000;

    private static final int TEXT_CHARS_MAX = 500;

    private final Schema schema;
    private final Path file;
    private final Map<Place, Tally> tallies = new HashMap<>();
    private @Nullable BufferedWriter out;
    private boolean refused;
    private long found;
    private long filed;
    private long filedBytes;
    private long lastLine;
    private String lastText = "";

    /// @param folder in which the file is made with the first finding
    Findings(Schema schema, Path folder) {
        this.schema = schema;
        this.file = folder.resolve("offending-lines.tsv");
    }

    private record Place(Kind kind, @Nullable String column) {}

    private static final class Tally {
        private final List<Finding> first = new ArrayList<>();
        private long count;
    }

    /// @param text of the line, for the file alone
    void add(Finding finding, String text) throws IOException {
        refused |= finding.then() == Then.REFUSE;
        Tally tally = tallies.computeIfAbsent(new Place(finding.kind(), finding.column()), _ -> new Tally());
        tally.count++;
        if (tally.first.size() < SHOWN_MAX) {
            tally.first.add(finding);
        }
        found++;
        file(finding, text);
    }

    /// The text of a line stands at the first thing that is wrong with it.
    private void file(Finding finding, String text) throws IOException {
        if (filed < found - 1) {
            return; // it is full
        }
        boolean isAgain = finding.line() == lastLine && text.equals(lastText);
        String column = Objects.requireNonNullElse(finding.column(), "");
        String line = finding.line() + "\t" + column + "\t" + finding.kind().title() + "\t" + finding.message() + "\t"
                + (isAgain ? "" : inOneLine(text)) + "\n";
        int bytes = line.getBytes(StandardCharsets.UTF_8).length;
        if (filed == FILED_MAX || filedBytes + bytes > FILED_BYTES_MAX) {
            writer().write("0\t\t\tfurther lines are left out\t\n");
            return;
        }
        writer().write(line);
        filed++;
        filedBytes += bytes;
        lastLine = finding.line();
        lastText = text;
    }

    private BufferedWriter writer() throws IOException {
        if (out == null) {
            out = Files.newBufferedWriter(file, StandardCharsets.UTF_8);
            out.write("line\tcolumn\tkind\twhat\ttext\n");
        }
        return out;
    }

    /// Tabs and ends of lines, which a quoted cell may hold, become spaces; other control characters `?`.
    private static String inOneLine(String text) {
        var line = new StringBuilder();
        int end = Math.min(text.length(), TEXT_CHARS_MAX);
        for (int i = 0; i < end; i++) {
            char c = text.charAt(i);
            boolean half = Character.isHighSurrogate(c) && i + 1 == end;
            line.append(Character.isWhitespace(c) ? ' ' : Character.isISOControl(c) || half ? '?' : c);
        }
        return text.length() > TEXT_CHARS_MAX ? line.append('…').toString() : line.toString();
    }

    boolean isEmpty() {
        return tallies.isEmpty();
    }

    /// Whether anything was found that cannot be released.
    boolean isRefused() {
        return refused;
    }

    /// @param lines how many were read
    Report report(long lines) {
        List<Report.Group> groups = new ArrayList<>();
        tallies.forEach((place, tally) -> groups.add(
                new Report.Group(place.kind(), place.column(), position(place.column()), tally.count, tally.first)));
        groups.sort(Comparator.comparing(Report.Group::kind).thenComparingInt(Report.Group::position));
        return new Report(refused ? Then.REFUSE : Then.HOLD, lines, groups, found - filed, file);
    }

    private int position(@Nullable String column) {
        for (int i = 0; i < schema.columns().size(); i++) {
            if (schema.columns().get(i).name().equals(column)) {
                return i + 1;
            }
        }
        return 0;
    }

    @Override
    public void close() throws IOException {
        if (out != null) {
            out.close();
        }
    }
}
