package aiguillage.faults;

import aiguillage.hub.check.Report;
import java.io.IOException;
import java.io.PrintStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Runs faults one after the other in one site, then stops it, counts, and checks the hub's whole data folder
/// against a checkpoint that was seen outside.
final class Campaign {

    /// In the order of the table; those with a site of their own come last.
    static final List<Fault> ALL = List.of(
            new Certificates(),
            new BadNetwork(),
            new Stops(),
            new SlowDisk(),
            new ClockJumps(),
            new FailingSyncs(),
            new HalfOpen(),
            new SlowLoris(),
            new SilentReader(),
            new Kills(),
            new FullDisk(),
            new LargeMailbox(),
            new DamagedStore());

    private final Path folder;
    private final Scale scale;
    private final Set<String> only;
    private final PrintStream progress;

    /// @param only names of faults, or empty for all
    Campaign(Path folder, Scale scale, Set<String> only, PrintStream progress) {
        this.folder = folder;
        this.scale = scale;
        this.only = Set.copyOf(only);
        this.progress = progress;
        Set<String> names = ALL.stream().map(Fault::name).collect(Collectors.toSet());
        if (!names.containsAll(only)) {
            throw new IllegalArgumentException("there are no such faults: " + only + "; there are " + names);
        }
    }

    /// Runs them all; a broken promise stands in its row.
    List<Row> run() throws Exception {
        var rows = new ArrayList<Row>();
        Optional<Path> library = BadMachine.library(folder);
        try (Site site = new Site(Files.createDirectory(folder.resolve("site")), library, scale.isFull())) {
            for (Fault fault : ALL) {
                if (only.isEmpty() || only.contains(fault.name())) {
                    rows.add(run(fault, site));
                }
            }
            if (rows.stream().anyMatch(row -> isCounted(row))) {
                count(site, rows);
            }
        }
        return rows;
    }

    private Row run(Fault fault, Site site) {
        var row = new Row(fault.name(), fault.promised());
        progress.println("  " + fault.name() + " …");
        long from = System.nanoTime();
        if (fault.needsBadMachine() && !site.hubMachine.isReal()) {
            row.injected = "left out: there is no C compiler to build its library";
            return row;
        }
        try {
            fault.run(site, scale, row);
        } catch (Exception | Error e) {
            row.failure = String.valueOf(e);
            e.printStackTrace(progress);
        } finally {
            site.calm();
        }
        progress.printf(
                "  %s: %s, %d s%n",
                fault.name(),
                row.failure.isEmpty() ? "done" : "BROKEN",
                Duration.ofNanos(System.nanoTime() - from).toSeconds());
        return row;
    }

    private static boolean isCounted(Row row) {
        return ALL.stream().anyMatch(fault -> fault.name().equals(row.fault) && fault.isCountedInSite());
    }

    /// Everything stops; only then is counted.
    private void count(Site site, List<Row> rows) throws Exception {
        site.startAll();
        String checkpoint;
        try (HttpClient centre = site.client("opel-centre")) {
            checkpoint = centre.send(
                            HttpRequest.newBuilder(site.uri("/v1/ledger/checkpoint"))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString())
                    .body();
        }
        Path data = site.folder.resolve("data");
        requireNoCheckBesideAHub(data, checkpoint);
        site.end();
        var counts = new Counts(data);
        for (Row row : rows) {
            if (isCounted(row)) {
                counts.fill(row, site.traffic);
            }
        }
        Report report = Counts.check(data, checkpoint, folder);
        progress.println("  the site's data folder: " + report);
        if (!report.isWhole()) {
            rows.forEach(row -> row.failure += " The data folder is damaged: " + report.findings());
        }
    }

    /// A check beside a running hub would take what is half written for damage.
    private void requireNoCheckBesideAHub(Path data, String checkpoint) throws IOException {
        try {
            Counts.check(data, checkpoint, folder);
        } catch (FileSystemException e) {
            if (String.valueOf(e.getReason()).startsWith("a hub runs on this data folder")) {
                return;
            }
            throw e;
        }
        throw new AssertionError("a data folder was checked while a hub ran on it");
    }
}
