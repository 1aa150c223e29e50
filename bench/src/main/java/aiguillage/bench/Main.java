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
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `aiguillage bench`: measures what was named, or everything.
@Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        description = "Measures the hub beside what the machine allows, in one run.")
public final class Main implements Callable<Integer> {

    @Parameters(
            paramLabel = "NAME",
            converter = Bench.Converter.class,
            description = "What to measure; --list shows the names. Default: all that together take under 5 minutes.")
    private List<Bench> named = List.of();

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
            defaultValue = "2",
            description = "How long each round measures. Default: ${DEFAULT-VALUE}.")
    private double seconds;

    @Option(
            names = "--rounds",
            paramLabel = "N",
            defaultValue = "3",
            description = "How many rounds; the median counts. Default: ${DEFAULT-VALUE}.")
    private int rounds;

    @Option(
            names = "--warm-up",
            paramLabel = "SECONDS",
            defaultValue = "16",
            description = "How long to run before measuring. Default: ${DEFAULT-VALUE}.")
    private double warmUp;

    @Option(
            names = "--clients",
            paramLabel = "N",
            split = ",",
            defaultValue = "1,64,256,512",
            description = "How many clients at the same time, one figure each. Default: ${DEFAULT-VALUE}.")
    private List<Integer> clients = List.of();

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
        boolean all = measureAll(figures);
        System.out.print(FigureTable.text(figures));
        if (json != null) {
            FigureFile.write(json, figures);
        }
        boolean missed = figures.stream().anyMatch(figure -> Boolean.FALSE.equals(figure.met()));
        return !all || (strict && missed) ? CommandLine.ExitCode.SOFTWARE : CommandLine.ExitCode.OK;
    }

    /// One bench that fails does not take the figures of the others with it.
    ///
    /// @return whether none failed
    private boolean measureAll(List<Figure> figures) throws IOException, InterruptedException {
        Path site = Files.createTempDirectory(Files.createDirectories(folder), "aiguillage-bench");
        boolean all = true;
        try (Progress progress = Progress.start()) {
            var settings = new Settings(site, seconds, rounds, warmUp, clients, full, serverOptions);
            System.out.println(Machine.of(site));
            for (Bench bench : named.isEmpty() ? Bench.all(full) : named) {
                Settings own = settings.in(bench.label());
                Files.createDirectories(own.folder());
                progress.begin(bench.label());
                try {
                    figures.addAll(bench.measure(own, progress));
                } catch (IOException | IllegalStateException e) {
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
