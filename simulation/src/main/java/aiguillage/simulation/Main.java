package aiguillage.simulation;

import aiguillage.simulation.planted.Planted;
import aiguillage.simulation.planted.Trials;
import aiguillage.simulation.world.Report;
import aiguillage.simulation.world.World;
import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// `aiguillage simulate`: tries new seeds, repeats one, or proves that planted bugs are found.
@Command(
        name = "aiguillage simulate",
        mixinStandardHelpOptions = true,
        description = "Runs hubs, gateways, network and disks from seeds, with faults, and checks what must hold.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0: nothing was found", "1: something that must hold did not, or a planted bug was missed"})
public final class Main implements Callable<Integer> {

    @Option(names = "--seconds", paramLabel = "N", description = "Try new seeds for so long. Default: 60.")
    private int seconds = 60;

    @Option(names = "--seed", paramLabel = "S", description = "Repeat this one, and print what happens.")
    private @Nullable Long seed;

    @Option(names = "--planted", description = "Run the list of planted bugs: each must be found.")
    private boolean planted;

    @Option(names = "--workers", hidden = true, description = "Processes that try seeds.")
    private int workers = Runtime.getRuntime().availableProcessors();

    private final List<Found> found = new ArrayList<>();

    @Option(names = "--json", description = "Answer in JSON.")
    private boolean json;

    public static void main(String[] arguments) {
        quiet();
        System.exit(new CommandLine(new Main()).execute(arguments));
    }

    /// Troubles by the thousand belong to a simulation.
    public static void quiet() {
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext logs) {
            logs.getLogger("ROOT").setLevel(Level.OFF);
        }
    }

    @Override
    public Integer call() throws Exception {
        if (planted) {
            return plantedBugs();
        }
        Long one = seed;
        return one == null ? newSeeds() : repeat(one);
    }

    private int repeat(long one) {
        Report report = new World(one, !json).run();
        var counts = new Counts();
        counts.add(report);
        if (report.violation() != null) {
            found.add(Found.of(report));
        }
        if (!json) {
            System.out.println("Trace " + Long.toHexString(report.trace()) + " in " + report.steps() + " steps");
        }
        ended(counts);
        return report.violation() == null ? 0 : 1;
    }

    /// A run keeps one processor busy, and shares nothing with another; so each processor gets a process.
    private int newSeeds() throws IOException {
        var counts = new Counts();
        List<Process> others = new ArrayList<>();
        for (int i = 1; i < workers; i++) {
            others.add(worker());
        }
        newSeeds(Duration.ofSeconds(seconds), counts).forEach(report -> found.add(Found.of(report)));
        for (Process other : others) {
            JsonNode answer =
                    JsonMapper.shared().readTree(other.getInputStream().readAllBytes());
            counts.add(answer);
            answer.path("seeds").forEach(one -> found.add(Found.of(one)));
        }
        ended(counts);
        return found.isEmpty() ? 0 : 1;
    }

    private Process worker() throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
        command.addAll(List.of("--json", "--workers=1", "--seconds=" + seconds));
        return new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    /// Tries new seeds on the calling thread, until one fails or the time is over.
    ///
    /// @return those that failed
    public static List<Report> newSeeds(Duration time, Counts counts) {
        long end = System.nanoTime() + time.toNanos();
        RandomGenerator seeds = RandomGenerator.getDefault();
        List<Report> failed = new ArrayList<>();
        while (failed.isEmpty() && System.nanoTime() < end) {
            Report report = new World(seeds.nextLong() >>> 1, false).run();
            counts.add(report);
            if (report.violation() != null) {
                failed.add(report);
            }
        }
        return failed;
    }

    /// A seed, and what it found.
    private record Found(long seed, String violation, String trace) {

        static Found of(Report report) {
            return new Found(report.seed(), String.valueOf(report.violation()), Long.toHexString(report.trace()));
        }

        static Found of(JsonNode json) {
            return new Found(
                    json.path("seed").asLong(),
                    json.path("violation").asString(""),
                    json.path("trace").asString(""));
        }
    }

    private void ended(Counts counts) {
        if (json) {
            ObjectNode all = counts.json();
            ArrayNode seeds = all.putArray("seeds");
            found.forEach(one -> seeds.addObject()
                    .put("seed", one.seed)
                    .put("violation", one.violation)
                    .put("trace", one.trace));
            System.out.println(JsonMapper.shared().writeValueAsString(all));
            return;
        }
        for (Found one : found) {
            System.out.println("Seed " + one.seed + " found: " + one.violation);
            System.out.println("Repeat it: ./aiguillage simulate --seed " + one.seed);
        }
        System.out.println(counts);
    }

    private int plantedBugs() throws Exception {
        int caught = 0;
        ArrayNode list = JsonMapper.shared().createArrayNode();
        for (Planted bug : Planted.values()) {
            Trials.Caught trial = Trials.of(bug);
            caught += trial.isCaught() ? 1 : 0;
            list.addObject()
                    .put("bug", bug.what())
                    .put("caught", trial.isCaught())
                    .put("check", trial.check())
                    .put("seed", trial.seed())
                    .put("runs", trial.runs());
            if (!json) {
                System.out.printf(
                        Locale.ROOT,
                        "%-10s %-62s %s%n",
                        trial.isCaught() ? "caught" : "NOT CAUGHT",
                        bug.what(),
                        trial.isCaught()
                                ? "by " + trial.check() + ", seed " + trial.seed() + ", run " + trial.runs()
                                : "in " + trial.runs() + " runs");
            }
        }
        System.out.println(
                json
                        ? JsonMapper.shared().writeValueAsString(list)
                        : caught + " of " + Planted.values().length + " planted bugs caught");
        return caught == Planted.values().length ? 0 : 1;
    }
}
