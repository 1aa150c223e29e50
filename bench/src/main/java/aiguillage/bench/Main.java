package aiguillage.bench;

import aiguillage.bench.figure.Figure;
import aiguillage.bench.figure.FigureFile;
import aiguillage.bench.figure.FigureTable;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `aiguillage bench`: measures what was named, or everything.
@Command(
        name = "aiguillage bench",
        mixinStandardHelpOptions = true,
        description = "Measures the hub beside what the machine allows, in one run.")
public final class Main implements Callable<Integer> {

    private static final double SECONDS = 1;
    private static final double SECONDS_FULL = 2;
    private static final List<Integer> CLIENTS = List.of(64, 256);
    private static final List<Integer> CLIENTS_FULL = List.of(1, 64, 256, 512);
    private static final int ROUNDS = 3;
    private static final int ROUNDS_FULL = 5;
    private static final double WARM_UP = 10;
    private static final double WARM_UP_FULL = 25;

    @Parameters(
            paramLabel = "NAME",
            description = "What to measure; --list shows the names. Default: all that together take under 5 minutes.")
    private List<String> names = List.of();

    @Spec
    private @Nullable CommandSpec spec;

    @Option(names = "--list", description = "Show what can be measured, and end.")
    private boolean list;

    @Option(names = "--full", description = "Everything, and the long way: no bound of 5 minutes.")
    private boolean full;

    @Option(names = "--strict", description = "End with exit code 1 when a goal is missed.")
    private boolean strict;

    @Option(names = "--json", paramLabel = "FILE", description = "Write the figures to a file as well.")
    private @Nullable Path json;

    @Option(
            names = "--seconds",
            paramLabel = "N",
            description = "How long each round measures. Default: " + SECONDS + "; with --full " + SECONDS_FULL + ".")
    private @Nullable Double seconds;

    @Option(
            names = "--rounds",
            paramLabel = "N",
            description =
                    "How many rounds; the median counts. Default: " + ROUNDS + "; with --full " + ROUNDS_FULL + ".")
    private @Nullable Integer rounds;

    @Option(
            names = "--warm-up",
            paramLabel = "SECONDS",
            description =
                    "How long to run before measuring. Default: " + WARM_UP + "; with --full " + WARM_UP_FULL + ".")
    private @Nullable Double warmUp;

    @Option(
            names = "--clients",
            paramLabel = "N",
            split = ",",
            description =
                    "How many clients at the same time, one figure each. Default: 64,256; with --full 1,64,256,512.")
    private @Nullable List<Integer> clients;

    @Option(
            names = "--folder",
            paramLabel = "FOLDER",
            description = "Where the servers keep their data; a temporary folder in it. Default: the system's.")
    private Path folder = Path.of(System.getProperty("java.io.tmpdir"));

    @Option(
            names = "--server-option",
            paramLabel = "OPTION",
            description = "An option for the Java machines of the servers, as in --server-option=-Xmx1g. Repeatable.")
    private List<String> serverOptions = List.of();

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new Main()).execute(arguments));
    }

    /// Measures, prints the table, writes the file.
    @Override
    public Integer call() throws IOException, InterruptedException {
        if (list) {
            System.out.print(Bench.list());
            return CommandLine.ExitCode.OK;
        }
        var figures = new ArrayList<Figure>();
        boolean all = measureAll(chosen(), figures);
        System.out.print(FigureTable.text(figures));
        if (json != null) {
            FigureFile.write(json, figures);
        }
        return exitCode(all, strict, figures);
    }

    /// @param all whether every bench came to its end
    static int exitCode(boolean all, boolean strict, List<Figure> figures) {
        boolean missed = figures.stream().anyMatch(figure -> Boolean.FALSE.equals(figure.met()));
        return all && !(strict && missed) ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
    }

    private Settings settings(Path site) {
        return new Settings(
                site,
                Objects.requireNonNullElse(seconds, full ? SECONDS_FULL : SECONDS),
                Objects.requireNonNullElse(rounds, full ? ROUNDS_FULL : ROUNDS),
                Objects.requireNonNullElse(warmUp, full ? WARM_UP_FULL : WARM_UP),
                Objects.requireNonNullElse(clients, full ? CLIENTS_FULL : CLIENTS),
                full,
                serverOptions);
    }

    private List<Bench> chosen() {
        try {
            return names.isEmpty()
                    ? Bench.all(full)
                    : names.stream().map(Bench::named).flatMap(List::stream).toList();
        } catch (IllegalArgumentException e) {
            throw new CommandLine.ParameterException(
                    Objects.requireNonNull(spec).commandLine(), e.getMessage());
        }
    }

    /// One bench that fails does not take the figures of the others with it.
    ///
    /// @return whether none failed
    private boolean measureAll(List<Bench> benches, List<Figure> figures) throws IOException, InterruptedException {
        Path site = Files.createTempDirectory(Files.createDirectories(folder), "aiguillage-bench");
        boolean all = true;
        try (Progress progress = Progress.start()) {
            Settings settings = settings(site);
            System.out.println(Machine.of(site));
            for (Bench bench : benches) {
                Settings own = settings.in(bench.label());
                Files.createDirectories(own.folder());
                progress.begin(bench.label());
                try {
                    figures.addAll(bench.measure(own, progress));
                } catch (IOException | RuntimeException e) {
                    all = false;
                    progress.clear();
                    System.err.println(bench.label() + " was not measured: " + e.getMessage());
                }
                delete(own.folder());
            }
        } finally {
            delete(site);
        }
        return all;
    }

    private static void delete(Path folder) throws IOException {
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException failure)
                    throws IOException {
                if (failure != null) {
                    throw failure;
                }
                Files.delete(directory);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
