package aiguillage.app.command;

import aiguillage.app.dataset.Acting;
import aiguillage.app.dataset.HubDataset;
import aiguillage.app.terminal.Exit;
import aiguillage.app.terminal.Failure;
import aiguillage.app.terminal.Terminal;
import aiguillage.app.terminal.TextTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/// `aiguillage dataset trace`: whose copies a leaked excerpt was made from, as far as that can be said of anybody.
@Command(
        name = "trace",
        mixinStandardHelpOptions = true,
        description = {
            "Tells whose copies a leaked excerpt was made from, by the marks in it. Only the hub's operator can ask.",
            "Somebody is accused only when it is proven that chance makes an innocent reader look like this at most"
                    + " once in a million traces."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  aiguillage dataset trace opel/parts-prices --of 7 leaked.csv",
            "",
            "Exit codes: 0 somebody is accused, 1 nobody can be."
        })
final class TraceCommand implements Callable<Integer> {

    private final Terminal terminal;

    @Parameters(index = "0", paramLabel = "DATASET", description = DatasetCommands.DATASET)
    private String name = "";

    @Parameters(index = "1", paramLabel = "FILE", description = "The excerpt: lines of cells, in whatever form.")
    private Path file = Path.of("");

    @Option(names = "--of", required = true, paramLabel = "VERSION", description = "Of which version it is an excerpt.")
    private long version;

    @Mixin
    private OnHub on = new OnHub();

    TraceCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new Failure(Exit.UNAVAILABLE, "There is no file " + file + ". Look at its name.");
        }
        try (HubDataset dataset = Acting.operators(name, on.config(), terminal)) {
            JsonNode traced = dataset.sent("/trace?version=" + version, "application/octet-stream", file);
            boolean isAnybody = traced.path("suspects")
                    .valueStream()
                    .anyMatch(suspect -> suspect.path("accused").asBoolean());
            if (on.json()) {
                terminal.json(traced);
            } else {
                tell(traced, isAnybody);
            }
            return isAnybody ? Exit.OK.code() : Exit.NO.code();
        }
    }

    private void tell(JsonNode traced, boolean isAnybody) {
        terminal.say(String.format(
                Locale.ROOT,
                "%,d lines, of which %,d were recognised; %,d marks were read.",
                traced.path("lines").asLong(),
                traced.path("recognised").asLong(),
                traced.path("marks").asLong()));
        if (isNamed(traced)) {
            var table = new TextTable("READER", "BY CHANCE AT MOST", "EXPLAINS ABOUT", "");
            traced.path("suspects")
                    .forEach(suspect -> table.row(
                            suspect.path("reader").asString(),
                            chance(suspect.path("innocentMax").asDouble()),
                            String.format(
                                    Locale.ROOT,
                                    "%.0f %% of it",
                                    100 * suspect.path("agrees").asDouble()),
                            suspect.path("accused").asBoolean() ? "ACCUSED" : ""));
            terminal.say("");
            terminal.say(table.text());
            terminal.say("");
        }
        terminal.say(verdict(traced, isAnybody));
    }

    /// Whether names were told, accused or not.
    private static boolean isNamed(JsonNode traced) {
        return !traced.path("suspects").isEmpty() && traced.path("marks").asLong() > 0;
    }

    private static String verdict(JsonNode traced, boolean isAnybody) {
        String limit = chance(traced.path("falseAccusationsMax").asDouble());
        if (!isAnybody) {
            return "Nobody can be accused: chance explains what was read as well. Accusing takes a chance of at most "
                    + limit + ".\n" + (isNamed(traced) ? "Do not act on the names above. " : "")
                    + (traced.path("recognised").asLong() == 0
                                    && traced.path("lines").asLong() > 0
                            ? "No line was recognised: an excerpt is lines of cells, with a row in each."
                            : "A longer excerpt of the same copy has more marks.");
        }
        String accused = traced.path("suspects")
                .valueStream()
                .filter(suspect -> suspect.path("accused").asBoolean())
                .map(suspect -> suspect.path("reader").asString())
                .collect(Collectors.joining(", "));
        return "Accused: " + accused + ". The probability that anybody innocent is accused is at most " + limit
                + ".\nThe marks say whose copy it was, not who passed it on.";
    }

    /// A probability, as people say it.
    static String chance(double probability) {
        if (probability >= 0.5) {
            return "likely";
        }
        double one = 1 / probability;
        return one < 1e6
                ? String.format(Locale.ROOT, "1 in %,.0f", one)
                : one < 1e9
                        ? String.format(Locale.ROOT, "1 in %,.0f million", one / 1e6)
                        : String.format(Locale.ROOT, "1 in 10^%.0f", Math.floor(Math.log10(one)));
    }
}
