package aiguillage.app.dataset;

import aiguillage.app.terminal.Exit;
import aiguillage.app.terminal.Terminal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// What hubs answer about versions, in words.
public final class Said {

    private static final int MINUTE_CHARS = 16;
    private static final int NANOS_MAX = 999_999_999;

    private Said() {}

    /// An instant of an answer.
    public static Instant instant(JsonNode of, String name) {
        return Instant.parse(of.path(name).asString());
    }

    /// An instant of an answer, short enough for a table.
    public static String minute(JsonNode of, String name) {
        return instant(of, name).toString().substring(0, MINUTE_CHARS) + "Z";
    }

    /// The first whole second that is not before an instant of an answer: asked for with `--at`, a version holds then.
    public static String second(JsonNode of, String name) {
        return instant(of, name)
                .plusNanos(NANOS_MAX)
                .truncatedTo(ChronoUnit.SECONDS)
                .toString();
    }

    /// What a version changes, short enough for a table.
    public static String changes(JsonNode of) {
        return "+" + of.path("added").asLong() + " ~" + of.path("changed").asLong() + " -"
                + of.path("removed").asLong();
    }

    private static String count(JsonNode of, String name) {
        return String.format(Locale.ROOT, "%,d", of.path(name).asLong());
    }

    /// A new version, in lines.
    public static List<String> published(String name, JsonNode version) {
        return List.of(
                name + ": version " + version.path("version").asLong() + " holds from "
                        + version.path("effective").asString() + " on.",
                "  " + count(version, "lines") + " lines, " + count(version, "rows") + " keys: "
                        + count(version, "added") + " added, " + count(version, "changed") + " changed, "
                        + count(version, "removed") + " removed.");
    }

    /// What became of a publication: says so, in words or in JSON.
    ///
    /// @return [Exit#OK] unless it is held
    public static Exit became(Terminal terminal, String name, JsonNode answer, Terms terms, boolean json) {
        boolean isHeld = answer.has("held");
        if (json) {
            terminal.json(answer);
        } else if (isHeld) {
            held(name, answer).forEach(terminal::say);
            absent(answer).ifPresent(terminal::say);
        } else if (answer.has("version")) {
            published(name, answer).forEach(terminal::say);
            absent(answer).ifPresent(terminal::say);
            late(answer, terms).ifPresent(terminal::say);
            if (answer.path("sealed").asBoolean()) {
                terminal.say(
                        terms.isSealed()
                                ? "It is sealed until then: nobody can read it before."
                                : "It is sealed: a sealed version that does not hold yet lies below it, and would be read in it.");
            }
        } else {
            terminal.say(name + ": nothing changed; all " + count(answer, "lines")
                    + " lines are as they were, and no version was made.");
            absent(answer).ifPresent(terminal::say);
        }
        return isHeld ? Exit.HELD : Exit.OK;
    }

    private static List<String> held(String name, JsonNode answer) {
        long number = answer.path("held").asLong();
        List<String> lines = new ArrayList<>();
        lines.add(name + ": held as " + number + ". It is unusual, and waits for a second person.\n");
        lines.add(answer.path("text").asString().stripTrailing());
        lines.add("\nAnother party that may publish, or the hub's operator, decides, each as itself:");
        lines.add("  aiguillage dataset release " + name + " " + number);
        lines.add("  aiguillage dataset discard " + name + " " + number);
        lines.add("The lines in question, as whoever published: aiguillage dataset report " + name + " "
                + answer.path("report").asString() + " --lines lines.tsv");
        return lines;
    }

    private static Optional<String> absent(JsonNode answer) {
        return answer.path("absent").asLong() == 0
                ? Optional.empty()
                : Optional.of("  " + count(answer, "absent")
                        + " keys were to be removed and were not there: look whether they are written as in the list.");
    }

    /// An instant that had passed when the hub had read the file is not the one that was asked for.
    private static Optional<String> late(JsonNode version, Terms terms) {
        boolean isLate = terms.effective()
                .filter(asked -> asked.truncatedTo(ChronoUnit.MILLIS).isBefore(instant(version, "effective")))
                .isPresent();
        if (!isLate) {
            return Optional.empty();
        }
        return Optional.of("The instant that was asked for has passed: it holds since it was published"
                + (terms.isSealed() ? ", and was not sealed." : "."));
    }
}
