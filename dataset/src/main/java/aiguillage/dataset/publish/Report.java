package aiguillage.dataset.publish;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Why a publication is held or refused, for people. It has no text of any cell.
///
/// @param then what becomes of it
/// @param lines how many lines were read
/// @param groups what was found, alike together; what explains the others first
/// @param leftOut how many of them the file of offending lines has no room for
/// @param offending the file of offending lines: number, column, kind, what is wrong and text, separated by
///     tabs
public record Report(Then then, long lines, List<Group> groups, long leftOut, Path offending) {

    public Report {
        groups = List.copyOf(groups);
    }

    /// What was found of one kind in one column.
    ///
    /// @param position of the column in the dataset, from 1; 0 when it is no single column
    /// @param count how often
    /// @param first some of it, in the order of finding
    public record Group(Kind kind, @Nullable String column, int position, long count, List<Finding> first) {

        public Group {
            first = List.copyOf(first);
        }
    }

    /// The whole as text of some lines.
    public String text() {
        var text = new StringBuilder();
        text.append(
                switch (then) {
                    case HOLD -> "Held until a second person releases it; the version in force stays until then.\n";
                    case REFUSE -> "Refused; the version in force stays. Correct the file and publish it again.\n";
                });
        text.append(String.format(Locale.ROOT, "%,d lines were read.\n", lines));
        for (Group group : groups) {
            text.append(title(group));
            for (Finding finding : group.first()) {
                text.append(finding.line() == 0 ? "  " : String.format(Locale.ROOT, "  line %d: ", finding.line()))
                        .append(finding.message())
                        .append('\n');
            }
            if (group.count() > group.first().size()) {
                text.append(String.format(
                        Locale.ROOT,
                        "  and %,d more\n",
                        group.count() - group.first().size()));
            }
        }
        if (leftOut > 0) {
            text.append(String.format(
                    Locale.ROOT, "\nThe file of offending lines is full: %,d findings are left out of it.\n", leftOut));
        }
        return text.append("\nAll of it, with the lines: ")
                .append(offending)
                .append('\n')
                .toString();
    }

    private static String title(Group group) {
        String column = group.column() == null ? "" : " in column " + group.position() + " \"" + group.column() + "\"";
        return String.format(Locale.ROOT, "\n%s%s: %,d\n", group.kind().title(), column, group.count());
    }
}
