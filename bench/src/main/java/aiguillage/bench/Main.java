package aiguillage.bench;

import aiguillage.bench.figure.Figure;
import aiguillage.bench.figure.FigureFile;
import aiguillage.bench.figure.FigureTable;
import aiguillage.bench.journal.JournalBench;
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

    /// What can be measured.
    enum Name {
        submission,
        journal
    }

    @Parameters(paramLabel = "NAME", description = "What to measure: ${COMPLETION-CANDIDATES}. Default: all.")
    private List<Name> names = List.of(Name.values());

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
            defaultValue = "5",
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
            defaultValue = "1,64,256",
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
    public Integer call() throws Exception {
        Path site = Files.createTempDirectory(Files.createDirectories(folder), "aiguillage-bench");
        try {
            var settings = new Settings(site, seconds, rounds, warmUp, clients, serverOptions);
            System.out.println(Machine.of(site));
            var figures = new ArrayList<Figure>();
            for (Name name : names) {
                figures.addAll(measure(name, settings));
            }
            System.out.print(FigureTable.text(figures));
            if (json != null) {
                FigureFile.write(json, figures);
            }
        } finally {
            delete(site);
        }
        return CommandLine.ExitCode.OK;
    }

    private static List<Figure> measure(Name name, Settings settings) throws IOException, InterruptedException {
        return switch (name) {
            case submission -> {
                try (var bench = new SubmissionBench(settings)) {
                    List<Figure> figures = bench.run();
                    System.out.printf(
                            "%,d documents were accepted, all are in the journal; %,d receipts were verified.%n",
                            bench.accepted(), bench.verified());
                    yield figures;
                }
            }
            case journal -> JournalBench.run(settings);
        };
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
