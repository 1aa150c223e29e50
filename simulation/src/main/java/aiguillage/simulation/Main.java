package aiguillage.simulation;

import aiguillage.simulation.check.Violation;
import aiguillage.simulation.planted.Planted;
import aiguillage.simulation.planted.Trials;
import aiguillage.simulation.world.Report;
import aiguillage.simulation.world.World;
import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// `aiguillage simulate`: tries new seeds, repeats one, or proves that planted bugs are found.
@Command(
        name = "simulate",
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
        ended(counts, List.of(report));
        return report.violation() == null ? 0 : 1;
    }

    private int newSeeds() throws InterruptedException {
        var counts = new Counts();
        List<Report> found = newSeeds(Duration.ofSeconds(seconds), counts);
        ended(counts, found);
        return found.isEmpty() ? 0 : 1;
    }

    /// Tries new seeds on every processor, until one fails or the time is over.
    ///
    /// @return those that failed
    public static List<Report> newSeeds(Duration time, Counts counts) throws InterruptedException {
        long end = System.nanoTime() + time.toNanos();
        var found = new ConcurrentLinkedQueue<Report>();
        RandomGenerator seeds = RandomGenerator.getDefault();
        List<Thread> workers = java.util.stream.IntStream.range(
                        0, Runtime.getRuntime().availableProcessors())
                .mapToObj(worker -> {
                    long first = seeds.nextLong() >>> 1;
                    return Thread.ofPlatform().name("simulation-" + worker).start(() -> {
                        for (long next = first; found.isEmpty() && System.nanoTime() < end; next++) {
                            Report report = new World(next, false).run();
                            counts.add(report);
                            if (report.violation() != null) {
                                found.add(report);
                            }
                        }
                    });
                })
                .toList();
        for (Thread worker : workers) {
            worker.join();
        }
        return List.copyOf(found);
    }

    private void ended(Counts counts, List<Report> reports) {
        if (json) {
            ObjectNode all = counts.json();
            ArrayNode seeds = all.putArray("seeds");
            for (Report report : reports) {
                seeds.addObject()
                        .put("seed", report.seed())
                        .put("trace", Long.toHexString(report.trace()))
                        .put("violation", String.valueOf(report.violation()));
            }
            System.out.println(JsonMapper.shared().writeValueAsString(all));
            return;
        }
        for (Report report : reports) {
            Violation violation = report.violation();
            if (violation != null) {
                System.out.println("Seed " + report.seed() + " found: " + violation);
                System.out.println("Repeat it: ./aiguillage simulate --seed " + report.seed());
            } else {
                System.out.println("Seed " + report.seed() + ": trace " + Long.toHexString(report.trace()));
            }
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
