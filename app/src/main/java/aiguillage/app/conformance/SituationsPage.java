package aiguillage.app.conformance;

import aiguillage.conformance.driver.Door;
import aiguillage.conformance.driver.Doors;
import aiguillage.conformance.driver.Words;
import aiguillage.conformance.situation.Situation;
import aiguillage.conformance.situation.Situations;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// The page of all situations, in Markdown, and as facts for programs.
///
/// @param situations in the order of the page
/// @param doors in the order of the table's columns
public record SituationsPage(List<Situation> situations, List<Door> doors) {

    public SituationsPage {
        situations = List.copyOf(situations);
        doors = List.copyOf(doors);
    }

    public static SituationsPage ofAll() {
        return new SituationsPage(Situations.every().all(), Doors.every().all());
    }

    /// The table of situations and doors, then each situation.
    public String markdown() {
        var page = new StringBuilder("| situation | | ");
        doors.forEach(door -> page.append("`").append(door.name()).append("` | "));
        page.append("\n|---|---|").append("---|".repeat(doors.size())).append('\n');
        for (Situation one : situations) {
            page.append("| [`").append(one.id()).append("`](#").append(one.id()).append(") | ");
            page.append(one.title(Locale.ENGLISH)).append(" |");
            doors.forEach(door -> page.append(' ').append(cell(one, door)).append(" |"));
            page.append('\n');
        }
        page.append("\nTo be expressed: ");
        page.append(String.join(
                ", ",
                doors.stream()
                        .map(door -> "`" + door.name() + "` " + expressed(door))
                        .toList()));
        page.append(".\n");
        situations.forEach(one -> section(page, one));
        return page.toString();
    }

    private long expressed(Door door) {
        return situations.stream()
                .filter(one -> !door.inexpressible().containsKey(one.id()))
                .count();
    }

    private static String cell(Situation situation, Door door) {
        return door.inexpressible().containsKey(situation.id())
                ? "n/a"
                : door.otherwise().containsKey(situation.id()) ? "otherwise" : "✓";
    }

    private void section(StringBuilder page, Situation one) {
        page.append("\n### ").append(one.id()).append("\n\n");
        page.append(one.title(Locale.ENGLISH))
                .append(" (")
                .append(one.title(Locale.FRENCH))
                .append("). ");
        page.append(one.doing(Locale.ENGLISH)).append("\n\n");
        page.append("- demanded: ").append(one.demanded()).append('\n');
        for (Door door : doors) {
            Words not = door.inexpressible().get(one.id());
            Door.Otherwise other = door.otherwise().get(one.id());
            if (not != null) {
                page.append("- `")
                        .append(door.name())
                        .append("`, n/a: ")
                        .append(not.english())
                        .append('\n');
            } else if (other != null) {
                page.append("- `")
                        .append(door.name())
                        .append("`: ")
                        .append(other.demanded())
                        .append(". ");
                page.append(other.why().english()).append('\n');
            }
        }
        page.append("- by: ").append(one.source()).append('\n');
        page.append("- to mend: ").append(one.mend(Locale.ENGLISH)).append('\n');
        page.append("- finds: ")
                .append(one.fault().toString().toLowerCase(Locale.ROOT).replace('_', ' '));
        page.append('\n');
    }

    /// The same, for programs.
    public List<Map<String, String>> facts() {
        return situations.stream()
                .map(one -> Map.of(
                        "id", one.id(),
                        "title", one.title(Locale.ENGLISH),
                        "demanded", one.demanded(),
                        "by", one.source(),
                        "mend", one.mend(Locale.ENGLISH)))
                .toList();
    }
}
