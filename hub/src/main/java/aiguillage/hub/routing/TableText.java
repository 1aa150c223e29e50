package aiguillage.hub.routing;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The text of a flows file, to which parts are added: all that stands in it stays where and as it is, comments
/// too. Whether what comes out holds is for [Table#readNew] to say. Immutable.
public final class TableText {

    /// A key of the whole file, with whatever stands behind it on its line.
    private static final Pattern SECTION = Pattern.compile("([a-z]+):(.*)");

    private static final Pattern NOTHING = Pattern.compile("\\s*(#.*)?");
    private static final Pattern EMPTY = Pattern.compile("\\s*\\{\\s*\\}\\s*(#.*)?");
    private static final String INDENT = "  ";

    private final List<String> lines;

    public TableText(String text) {
        this(text.lines().toList());
    }

    private TableText(List<String> lines) {
        this.lines = List.copyOf(lines);
    }

    /// A section: its own line, and those of it, `end` being behind the last that says something.
    private record Section(int line, int end, String indent, String behind) {}

    private Optional<Section> section(String name) {
        for (int line = 0; line < lines.size(); line++) {
            Matcher found = SECTION.matcher(lines.get(line));
            if (found.matches() && found.group(1).equals(name)) {
                return Optional.of(section(line, found.group(2)));
            }
        }
        return Optional.empty();
    }

    private Section section(int line, String behind) {
        String indent = "";
        int end = line + 1;
        for (int at = line + 1; at < lines.size(); at++) {
            String text = lines.get(at);
            if (NOTHING.matcher(text).matches()) {
                continue;
            }
            int blanks = text.length() - text.stripLeading().length();
            if (blanks == 0) {
                break;
            }
            indent = indent.isEmpty() ? text.substring(0, blanks) : indent;
            end = at + 1;
        }
        return new Section(line, end, indent.isEmpty() ? INDENT : indent, behind);
    }

    /// Whether a section has a key of this name, written as a line of its own.
    public boolean has(String section, String key) {
        return section(section)
                .map(found -> lines.subList(found.line + 1, found.end).stream()
                        .anyMatch(line -> line.startsWith(found.indent + key + ":")))
                .orElse(false);
    }

    /// With lines behind the last of a section, which is made where there is none.
    ///
    /// @param added as they would stand without indent
    /// @return empty when the section is written in braces: only its writer knows where to add to that
    public Optional<TableText> with(String section, List<String> added) {
        var next = new ArrayList<>(lines);
        Optional<Section> found = section(section);
        if (found.isEmpty()) {
            if (!next.isEmpty() && !next.getLast().isBlank()) {
                next.add("");
            }
            next.add(section + ":");
            added.forEach(line -> next.add(INDENT + line));
            return Optional.of(new TableText(next));
        }
        Section there = found.get();
        if (EMPTY.matcher(there.behind).matches()) {
            next.set(there.line, section + ":" + there.behind.replaceFirst("\\s*\\{\\s*\\}", ""));
        } else if (!NOTHING.matcher(there.behind).matches()) {
            return Optional.empty();
        }
        next.addAll(there.end, added.stream().map(line -> there.indent + line).toList());
        return Optional.of(new TableText(next));
    }

    /// The text, ending in a line end.
    @Override
    public String toString() {
        return String.join("\n", lines) + "\n";
    }
}
