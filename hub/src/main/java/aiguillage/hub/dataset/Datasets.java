package aiguillage.hub.dataset;

import aiguillage.dataset.mark.MarkSecret;
import aiguillage.hub.entry.Entry;
import aiguillage.hub.problem.Problem;
import aiguillage.hub.problem.Refused;
import aiguillage.hub.routing.Dataset;
import aiguillage.hub.routing.Table;
import aiguillage.hub.store.CorruptRecord;
import aiguillage.hub.store.StoreFailed;
import aiguillage.protocol.DatasetName;
import aiguillage.protocol.PartyId;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// All datasets of a hub. Safe from any thread.
public final class Datasets implements Closeable {

    private static final Logger LOG = LoggerFactory.getLogger(Datasets.class);

    private final Folder folder;
    private final Versions versions;
    private final Supplier<Table> table;
    private final InstantSource clock;
    private final ScheduledExecutorService timer;
    private final Consumer<PartyId> wake;
    private final MarkSecret secret;
    private final Seals seals;
    private final Reports reports;
    private final Columns columns;
    private final Layers layers;
    private final News news = new News();
    private final Reading reading = new Reading();
    private final Differences differences = new Differences();
    private final Spread spread = new Spread();
    private final Map<DatasetName, Served> served = new ConcurrentSkipListMap<>();

    /// Those that could not be opened at the start, and why.
    private final Map<DatasetName, String> unusable = new ConcurrentSkipListMap<>();

    /// The sealed versions whose instant is waited for, each with its timer.
    private final Map<Opening, Future<?>> openings = new HashMap<>();

    private record Opening(DatasetName dataset, long number) {}

    /// Opens them where the journal is.
    ///
    /// @param key the file of the secret that marks and seals are made from; made when nothing was
    ///     published yet
    /// @param table the routing table in force
    /// @param timer runs short tasks at their time
    /// @param wake has a reader's streams look for what there is to tell
    public Datasets(
            Path folder,
            Path key,
            Versions versions,
            Supplier<Table> table,
            InstantSource clock,
            ScheduledExecutorService timer,
            SecureRandom random,
            Consumer<PartyId> wake)
            throws IOException {
        this.folder = new Folder(Files.createDirectories(folder));
        this.versions = versions;
        this.table = table;
        this.clock = clock;
        this.timer = timer;
        this.wake = wake;
        Files.createDirectories(this.folder.layers());
        byte[] bytes = DatasetsKey.open(key, versions.datasets().isEmpty(), random);
        this.secret = new MarkSecret(bytes);
        this.seals = new Seals(bytes);
        this.reports = new Reports(this.folder.reports(), random);
        this.columns = new Columns(versions, table);
        this.layers = new Layers(this.folder, versions);
        layers.removeUnnamed();
        try {
            versions.datasets().forEach(this::openOrLeave);
        } catch (RuntimeException | Error e) {
            close();
            throw e;
        }
    }

    /// What is wrong with one dataset is no other's: the hub starts without it.
    private void openOrLeave(DatasetName name) {
        try {
            openAnew(name);
        } catch (CorruptRecord | StoreFailed e) {
            throw e; // of the journal itself
        } catch (IOException | RuntimeException e) {
            String why = e.getMessage() == null ? e.toString() : e.getMessage();
            unusable.put(
                    name,
                    why
                            + " Stop the hub, and prove its folder with `aiguillage hub check`: a layer that is damaged comes"
                            + " from a backup. Else remove the folder "
                            + folder.of(name).resolve("rows") + ", and start the hub: rows are made again from the"
                            + " layers.");
            LOG.atError()
                    .setCause(e)
                    .addKeyValue("dataset", name)
                    .log("A dataset cannot be opened: the hub goes on without it, and answers 503 for it. What to do"
                            + " is in `aiguillage hub status`.");
        }
    }

    /// The datasets that could not be opened at the start, or whose rows turned out to be wrong; why, and what
    /// to do.
    public Map<DatasetName, String> unusable() {
        Map<DatasetName, String> all = new TreeMap<>(unusable);
        served.forEach((name, one) -> {
            WrongRows wrong = one.master().wrong();
            if (wrong != null) {
                all.put(name, String.valueOf(wrong.getMessage()));
            }
        });
        return all;
    }

    private Served openAnew(DatasetName name) throws IOException {
        Master master = Master.open(name, folder, versions, clock);
        try {
            Served opened = Served.open(master, folder, secret, seals, this::changed);
            served.put(name, opened);
            openWhenDue(master);
            return opened;
        } catch (IOException | RuntimeException | Error e) {
            master.close();
            throw e;
        }
    }

    /// The dataset as this hub serves it, opened at its first use.
    Served served(DatasetName name) throws IOException {
        Served open = served.get(name);
        if (unusable.containsKey(name) || (open != null && open.master().wrong() != null)) {
            throw new Refused(
                    Problem.DATASET_UNUSABLE,
                    "Its rows cannot be read, or trusted; the hub's operator can see why, and must start it again.");
        }
        if (open != null) {
            return open;
        }
        synchronized (this) {
            Served now = served.get(name);
            return now == null ? openAnew(name) : now;
        }
    }

    /// The folder of reports.
    Reports reports() {
        return reports;
    }

    Columns columns() {
        return columns;
    }

    /// Which layers stay.
    public Layers layers() {
        return layers;
    }

    Folder folder() {
        return folder;
    }

    Reading reading() {
        return reading;
    }

    Differences differences() {
        return differences;
    }

    Spread spread() {
        return spread;
    }

    /// How many parties read in an unusual way today.
    public long unusualReaders() {
        return reading.unusual(clock.instant());
    }

    public News news() {
        return news;
    }

    Versions versions() {
        return versions;
    }

    Seals seals() {
        return seals;
    }

    Instant now() {
        return clock.instant();
    }

    Table table() {
        return table.get();
    }

    /// The dataset, when this party has a replica of it.
    Optional<Dataset> readable(DatasetName name, PartyId reader) {
        return table.get()
                .dataset(name)
                .filter(dataset ->
                        table.get().party(reader).filter(dataset::isReadBy).isPresent());
    }

    /// All datasets of which this party has a replica.
    List<Dataset> readable(PartyId reader) {
        Table now = table.get();
        return now.party(reader)
                .map(party -> now.datasets().stream()
                        .filter(dataset -> dataset.isReadBy(party))
                        .toList())
                .orElse(List.of());
    }

    /// Tells of a recorded entry; does not wait.
    public void recorded(Entry entry) {
        if (entry instanceof Entry.TableApplied) {
            timer.execute(() -> {
                news.add(new News.What.Table());
                table.get().parties().forEach(party -> wake.accept(party.id()));
            });
        }
    }

    private void changed(Master master) {
        List<Versions.Standing> standing = master.standing();
        long last = standing.isEmpty() ? 0 : standing.getLast().number();
        boolean isNew = last > 0 && last == versions.newest(master.name()).last();
        tell(
                master.name(),
                isNew ? new News.What.Came(master.name(), last) : new News.What.Withdrawn(master.name(), last));
        openWhenDue(master);
    }

    private void tell(DatasetName dataset, News.What what) {
        news.add(what);
        table.get()
                .dataset(dataset)
                .ifPresent(found -> found.readers(table.get().directory()).forEach(wake));
    }

    /// Has the keys of sealed versions told at the instant from which they hold.
    private void openWhenDue(Master master) {
        Instant now = clock.instant();
        Map<Opening, Instant> closed = new LinkedHashMap<>();
        for (Versions.Standing version : master.standing()) {
            Entry.VersionPublished entry = version.entry();
            if (entry.isSealed() && entry.effective().isAfter(now)) {
                closed.put(new Opening(master.name(), version.number()), entry.effective());
            }
        }
        synchronized (openings) {
            openings.entrySet()
                    .removeIf(waited -> isWithdrawn(waited.getKey(), master.name())
                            && waited.getValue().cancel(false));
            closed.forEach((opening, effective) -> {
                if (!openings.containsKey(opening)) {
                    openAt(opening, effective);
                }
            });
        }
    }

    private boolean isWithdrawn(Opening opening, DatasetName dataset) {
        return opening.dataset().equals(dataset)
                && versions.row(dataset, opening.number()).withdrawn() != null;
    }

    private void openAt(Opening opening, Instant effective) {
        long millis = Math.max(0, Duration.between(clock.instant(), effective).toMillis() + 1);
        synchronized (openings) {
            openings.put(opening, timer.schedule(() -> open(opening, effective), millis, TimeUnit.MILLISECONDS));
        }
    }

    private void open(Opening opening, Instant effective) {
        if (clock.instant().isBefore(effective)) {
            openAt(opening, effective); // the clock was set back meanwhile
            return;
        }
        synchronized (openings) {
            openings.remove(opening);
        }
        DatasetName dataset = opening.dataset();
        if (versions.row(dataset, opening.number()).withdrawn() == null) {
            tell(dataset, new News.What.Opened(dataset, opening.number()));
        }
    }

    /// Has the rows follow the journal where they do not yet, and puts what holds by now among them; to be
    /// called every second. A dataset that fails keeps no other from it.
    public void fold() throws IOException {
        IOException failed = null;
        for (Served one : served.values()) {
            try {
                if (one.master().wrong() == null) {
                    one.fold();
                }
            } catch (IOException | UncheckedIOException | WrongRows e) {
                var failure = new IOException("the rows of " + one.master().name() + " do not follow the journal", e);
                if (failed == null) {
                    failed = failure;
                } else {
                    failed.addSuppressed(failure);
                }
            }
        }
        if (failed != null) {
            throw failed;
        }
    }

    /// Removes reports that were kept long enough, and layers that nothing names; to be called every day.
    public void sweep() throws IOException {
        reports.sweep(clock.instant());
        layers.removeUnnamed();
    }

    @Override
    public void close() {
        served.values().forEach(Served::close);
        LOG.atDebug().log("The datasets are closed.");
    }
}
