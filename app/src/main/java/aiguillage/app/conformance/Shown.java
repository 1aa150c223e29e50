package aiguillage.app.conformance;

import aiguillage.app.terminal.Terminal;
import aiguillage.conformance.Campaign;
import aiguillage.conformance.Result;
import aiguillage.conformance.Verdict;
import aiguillage.conformance.driver.Door;
import aiguillage.conformance.driver.Words;
import aiguillage.conformance.report.Report;
import aiguillage.conformance.situation.Situation;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// A campaign on a terminal of eighty columns: a line for each situation as it comes, then what is to be
/// mended.
public final class Shown {

    private static final int WIDTH = 80;
    /// Less of a title says nothing.
    private static final int TITLE_MIN = 16;

    private static final int ID_WIDTH = 28;
    private static final int DOOR_WIDTH = 7;

    private final Terminal terminal;
    private final Locale language;
    private final List<Door> doors;

    public Shown(Terminal terminal, Locale language, List<Door> doors) {
        this.terminal = terminal;
        this.language = language;
        this.doors = List.copyOf(doors);
    }

    /// Where it writes.
    public Terminal terminal() {
        return terminal;
    }

    private String say(String french, String english) {
        return new Words(french, english).in(language);
    }

    private static String padded(String text, int width) {
        String cut = text.length() < width ? text : text.substring(0, width - 2) + "…";
        return cut + " ".repeat(width - cut.length());
    }

    /// The head of the table.
    public void head() {
        var line = new StringBuilder(padded(say("situation", "situation"), ID_WIDTH));
        doors.forEach(door -> line.append(padded(door.name(), DOOR_WIDTH)));
        terminal.say(line.toString().stripTrailing());
    }

    /// A line of the table.
    public void row(Campaign.Row row) {
        var line = new StringBuilder(padded(row.situation().id(), ID_WIDTH));
        row.cells().forEach(cell -> line.append(padded(cell(cell), DOOR_WIDTH)));
        String title = row.situation().title(language);
        int room = WIDTH - line.length();
        String shown = title.length() <= room ? title : title.substring(0, Math.max(0, room - 1)) + "…";
        terminal.say((room < TITLE_MIN ? line.toString() : line + shown).stripTrailing());
    }

    private String cell(Campaign.Cell cell) {
        return switch (cell.result().verdict()) {
            case PASSED -> cell.isBlind() ? say("AVEUGL", "BLIND") : say("bon", "pass");
            case FAILED -> say("ÉCHEC", "FAIL");
            case INEXPRESSIBLE -> "n/a";
            case NOT_RUN -> "-";
        };
    }

    /// What a listening kit says first.
    ///
    /// @param keys where certificates and keys lie
    /// @param player as whom the system comes
    public void welcome(String https, String sftp, String hostKey, Path keys, String player) {
        terminal.say(say("Un hub d'exercice vous attend :", "A practice hub waits for you:"));
        terminal.say("  REST, STAR, AS4  " + https);
        terminal.say("  SFTP, flat files " + sftp + ", " + hostKey);
        terminal.say(say("  clés             ", "  keys             ") + keys + " (root.pem, " + player + ".pem, "
                + player + ".ssh)");
        wrapped(
                "",
                say(
                        "Faites ce qui suit →. Ce que le hub voit, le kit le voit. Entrée : votre système a montré un"
                                + " refus, ou n'est pas entré. s, Entrée : sauter.",
                        "Do what follows each →. What the hub sees, the kit sees. Enter: your system has shown a"
                                + " refusal, or was not let in. s, Enter: skip."));
    }

    /// What begins.
    public void begins(int number, int of, Situation situation) {
        terminal.say("");
        terminal.say("[" + number + "/" + of + "] " + situation.id() + ": " + situation.title(language));
        wrapped("", situation.doing(language));
    }

    /// What came of it.
    public void ended(Result result) {
        switch (result.verdict()) {
            case PASSED -> terminal.say("  " + say("bon", "pass"));
            case FAILED -> toMend(new Campaign.Cell(result, false));
            case INEXPRESSIBLE, NOT_RUN -> wrapped("- ", result.why());
        }
    }

    /// Counts, and what is to be mended.
    public void end(List<Campaign.Row> rows) {
        List<Campaign.Cell> cells =
                rows.stream().flatMap(row -> row.cells().stream()).toList();
        terminal.say("");
        List<Result> results = cells.stream().map(Campaign.Cell::result).toList();
        counts(results).forEach(terminal::say);
        notRun(results);
        cells.stream().filter(cell -> !cell.isGood()).forEach(this::toMend);
    }

    private List<String> counts(List<Result> results) {
        List<String> lines = new ArrayList<>();
        Report.counts(results).forEach((door, counts) -> lines.add(padded(door, DOOR_WIDTH) + line(counts)));
        return lines;
    }

    /// How many were not run for which reason.
    private void notRun(List<Result> results) {
        Map<String, Integer> reasons = new LinkedHashMap<>();
        results.stream()
                .filter(result -> result.verdict() == Verdict.NOT_RUN)
                .forEach(result -> reasons.merge(result.why(), 1, Integer::sum));
        reasons.forEach((why, count) -> wrapped("- ", count + say(" non jouées : ", " not run: ") + why));
    }

    private String line(Map<Verdict, Integer> counts) {
        return count(counts, Verdict.PASSED)
                + say(" bonnes, ", " passed, ")
                + count(counts, Verdict.FAILED)
                + say(" échecs, ", " failed, ")
                + count(counts, Verdict.INEXPRESSIBLE)
                + say(" inexprimables, ", " not expressible, ")
                + count(counts, Verdict.NOT_RUN)
                + say(" non jouées", " not run");
    }

    private static int count(Map<Verdict, Integer> counts, Verdict verdict) {
        return counts.getOrDefault(verdict, 0);
    }

    private void toMend(Campaign.Cell cell) {
        Result result = cell.result();
        terminal.say("");
        terminal.say(result.situation().id() + " (" + result.door() + "): "
                + result.situation().title(language));
        if (cell.isBlind()) {
            wrapped(
                    say("aveugle  ", "blind    "),
                    say(
                            "un client fautif passe aussi : "
                                    + result.situation().fault(),
                            "a client with this fault passes too: "
                                    + result.situation().fault()));
            return;
        }
        wrapped(say("fait     ", "done     "), result.situation().doing(language));
        wrapped(say("exigé    ", "demanded "), result.demanded());
        wrapped(say("vu       ", "seen     "), result.seen());
        wrapped(say("selon    ", "by       "), result.situation().source());
        wrapped(say("corriger ", "mend     "), result.why());
    }

    private void wrapped(String label, String text) {
        var line = new StringBuilder("  " + label);
        int begin = line.length();
        for (String word : text.split("\\s+", -1)) {
            if (line.length() > begin && line.length() + word.length() + 1 > WIDTH) {
                terminal.say(line.toString());
                line.setLength(0);
                line.append(" ".repeat(begin));
            } else if (line.length() > begin) {
                line.append(' ');
            }
            line.append(word);
        }
        terminal.say(line.toString());
    }

    /// The list, without playing.
    public void list(List<Situation> situations) {
        for (Situation situation : situations) {
            terminal.say("");
            terminal.say(situation.id() + ": " + situation.title(language));
            wrapped(say("fait     ", "done     "), situation.doing(language));
            wrapped(say("exigé    ", "demanded "), situation.demanded());
            for (Door door : doors) {
                Words not = door.inexpressible().get(situation.id());
                Door.Otherwise other = door.otherwise().get(situation.id());
                if (not != null) {
                    wrapped(padded(door.name(), 9), "n/a: " + not.in(language));
                } else if (other != null) {
                    wrapped(
                            padded(door.name(), 9),
                            other.demanded() + ": " + other.why().in(language));
                }
            }
            wrapped(say("selon    ", "by       "), situation.source());
        }
    }
}
