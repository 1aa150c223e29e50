package aiguillage.bench;

import static org.assertj.core.api.Assertions.assertThat;

import aiguillage.bench.doors.Door;
import aiguillage.bench.doors.DoorsBench;
import aiguillage.bench.figure.Figure;
import aiguillage.bench.figure.FigureTable;
import aiguillage.bench.figure.Series;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Each bench for an instant: it counts, it says what it holds itself against, and it leaves nothing behind.
class BenchTest {

    private static final List<String> KEYS =
            List.of("figure", "ours", "unit", "beside", "beside_value", "ratio", "spread", "goal", "met");

    @TempDir
    Path folder;

    @Test
    void documentsAreCountedBesideEmptyRequests() throws Exception {
        JsonNode figures = measured("submission");

        assertThat(figures.size()).isEqualTo(5);
        JsonNode rate = figures.get(0);
        assertThat(rate.get("figure").asString()).isEqualTo("submission, 4 clients");
        assertThat(rate.get("unit").asString()).isEqualTo("docs/s");
        assertThat(rate.get("beside").asString()).isEqualTo("empty POST");
    }

    @Test
    void theJournalIsMeasuredBesideAFile() throws Exception {
        JsonNode figures = measured("journal");

        assertThat(figures.size()).isEqualTo(2);
        assertThat(figures.get(0).get("beside").asString()).isEqualTo("append + fsync file");
        assertThat(figures.get(0).get("goal").asString()).isEqualTo("≥ 50 %");
    }

    @Test
    void theHubIsMeasuredBesideAServerThatSyncsAndSignsEachDocument() throws Exception {
        assertThat(measured("single").get(0).get("goal").asString()).isEqualTo("≥ 3×");
    }

    @Test
    void theLedgerIsHeldAgainstAPublishedFigureAndSaysSo() throws Exception {
        JsonNode figures = measured("ledger");

        assertThat(figures.get(0).get("beside").asString()).isEqualTo("Tessera (published)");
        assertThat(figures.get(0).get("beside_value").asDouble()).isEqualTo(10_000);
        assertThat(figures.get(1).get("ours").asDouble()).isPositive();
    }

    @Test
    void documentsGoFromFolderToFolderOnceEach() throws Exception {
        assertThat(measured("folders").get(1).get("goal").asString()).isEqualTo("≤ 50 ms");
    }

    @Test
    void kafkaStoresTheSameRecords() throws Exception {
        assertThat(measured("kafka").size()).isEqualTo(3);
    }

    /// All at one hub, which spares the start of four.
    @Test
    void everyDoorIsMeasuredBesideRestAndItsBareEngine() throws Exception {
        List<Figure> figures = measured(Door.STAR, Door.SFTP, Door.FTPS, Door.FLAT);
        assertThat(besides(figures))
                .containsExactly(
                        "REST",
                        "CXF, kept nowhere",
                        "CXF, each file synced",
                        "REST",
                        "SSHD, files unsynced",
                        "SSHD, each file synced",
                        "REST",
                        "FtpServer, unsynced",
                        "FtpServer, each synced",
                        "SFTP, one in a file",
                        "REST");
        assertThat(figures).extracting(Figure::goal).contains("≥ 77 %", "≤ 1.3×");
    }

    /// Signing the messages takes most of a minute.
    @Test
    @EnabledIfSystemProperty(named = "aiguillage.many", matches = "true")
    void as4IsMeasuredBesideRestAndItsEngine() throws Exception {
        assertThat(besides(measured(Door.AS4))).containsExactly("REST", "phase4, each file synced");
    }

    private List<Figure> measured(Door... doors) throws Exception {
        Settings settings = new Settings(folder, 0.3, 1, 0.2, List.of(4), false, List.of("-XX:TieredStopAtLevel=1"));
        List<Figure> figures;
        try (Progress progress = Progress.start()) {
            figures = DoorsBench.measure(settings, progress, doors);
        }
        assertThat(figures).allSatisfy(figure -> assertThat(figure.ours()).isPositive());
        assertThat(ProcessHandle.current().children().filter(ProcessHandle::isAlive))
                .isEmpty();
        return figures;
    }

    private static List<String> besides(List<Figure> figures) {
        return figures.stream()
                .filter(figure -> figure.unit().equals("docs/s"))
                .map(Figure::beside)
                .toList();
    }

    @Test
    void flatFilesAreMeasuredBesideACopyLineByLine() throws Exception {
        JsonNode figures = measured("flat");
        assertThat(figures.get(0).get("goal").asString()).isEqualTo("≥ 20 %");
        assertThat(figures.get(1).get("ours").asDouble()).isPositive();
    }

    @Test
    void phase4AnswersTheSameJobWithSignedReceipts() throws Exception {
        assertThat(measured("phase4", "--seconds", "2").get(0).get("goal").asString())
                .isEqualTo("≥ 40×");
    }

    @Test
    void aGoalMissedCountsOnlyWhenAskedABenchThatFailedAlways() {
        var rounds = new Series();
        rounds.add(1);
        List<Figure> met = List.of(Figure.alone("figure", "ms", rounds).atMost(2));
        List<Figure> missed = List.of(Figure.alone("figure", "ms", rounds).atLeast(2));

        assertThat(Main.exitCode(true, true, met)).isZero();
        assertThat(Main.exitCode(true, false, missed)).isZero();
        assertThat(Main.exitCode(true, true, missed)).isNotZero();
        assertThat(Main.exitCode(false, false, met)).isNotZero();
    }

    @Test
    void aNumberOfClientsThatCannotBeIsRefused() {
        assertThat(run("submission", "--clients", "0")).isNotZero();
    }

    @Test
    void anUnknownBenchIsRefusedWithTheKnownNames() {
        var errors = new StringWriter();
        var command = new CommandLine(new Main()).setErr(new PrintWriter(errors));

        assertThat(command.execute("jornal")).isEqualTo(CommandLine.ExitCode.USAGE);
        assertThat(errors.toString()).contains("'jornal'", "journal");
    }

    @Test
    void datasetNamesAllOfPriceLists() {
        assertThat(Bench.named("dataset"))
                .extracting(Bench::label)
                .containsExactly("spread", "change", "embargo", "publish", "lookup", "door", "marked", "day");
    }

    @Test
    void theDefaultSetStaysUnderFiveMinutes() {
        assertThat(Bench.all(false).stream().mapToInt(Bench::seconds).sum())
                .isLessThanOrEqualTo(Bench.DEFAULT_SECONDS_MAX);
        assertThat(Bench.all(true)).containsExactly(Bench.values());
        assertThat(Bench.list().lines())
                .hasSize(Bench.values().length + 1)
                .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(FigureTable.COLUMNS));
    }

    /// The figures of a short run, from its file; all of them positive, all processes gone, the folder empty.
    private JsonNode measured(String... arguments) throws IOException {
        Path json = folder.resolve("figures.json");
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--json", json.toString()));

        assertThat(run(all.toArray(String[]::new))).isZero();
        JsonNode figures = new JsonMapper().readTree(json.toFile());
        for (JsonNode figure : figures) {
            assertThat(figure.propertyNames()).containsExactlyElementsOf(KEYS);
            assertThat(figure.get("ours").asDouble()).isPositive();
            assertThat(figure.get("beside_value").asDouble()).isPositive();
        }
        assertThat(folder.resolve("data")).isEmptyDirectory();
        assertThat(ProcessHandle.current().children().filter(ProcessHandle::isAlive))
                .isEmpty();
        return figures;
    }

    private int run(String... arguments) {
        var command = new CommandLine(new Main());
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--rounds", "1", "--warm-up", "0.2"));
        if (!all.contains("--seconds")) {
            all.addAll(List.of("--seconds", "0.3"));
        }
        all.add("--server-option=-XX:TieredStopAtLevel=1"); // an instant's figures say nothing; it starts sooner
        if (!all.contains("--clients")) {
            all.addAll(List.of("--clients", "4"));
        }
        all.add("--folder");
        all.add(folder.resolve("data").toString());
        return command.execute(all.toArray(String[]::new));
    }
}
