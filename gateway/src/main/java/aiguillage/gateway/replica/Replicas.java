package aiguillage.gateway.replica;

import aiguillage.gateway.disk.Disk;
import aiguillage.gateway.pace.Backoff;
import aiguillage.gateway.pace.Crew;
import aiguillage.gateway.pace.Pause;
import aiguillage.gateway.status.Trouble.Kind;
import aiguillage.gateway.status.Troubles;
import aiguillage.protocol.Brand;
import aiguillage.protocol.DatasetName;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// All replicas of one hub's datasets: those in the folder are open from the start on, others come when the hub tells
/// of them, and go when it tells of them no more. Safe from any thread.
public final class Replicas implements DatasetNews.Listener, AutoCloseable {

    /// The most datasets of one hub; each takes some 60 MB of memory.
    public static final int DATASETS_MAX = 64;

    /// Where everything stands is asked for so often, besides at each new stream: an event that was lost is found, and
    /// the two clocks do not drift apart.
    private static final Duration LOOK_EVERY = Duration.ofHours(1);

    private static final Logger log = LoggerFactory.getLogger(Replicas.class);

    private final String hub;
    private final Path folder;
    private final Set<Brand> brands;
    private final Crew crew;
    private final Around around;

    /// Changed only under the lock, read without: whoever looks something up waits for nobody.
    private final Map<DatasetName, Keeper> keepers = new ConcurrentHashMap<>();

    /// How often a stream has told where everything stands; changed under the lock.
    private volatile long told;

    /// Whether this stream has told where everything stands.
    private volatile boolean isTold;

    /// Those that remove their folder; who comes back for the same waits for them.
    private final Map<DatasetName, Keeper> leaving = new HashMap<>();

    /// How a hub's replicas are kept.
    ///
    /// @param freeBytesMin with less free space than this nothing is fetched
    /// @param history how long what held is remembered
    /// @param confirmation for each: when the hub is told what is here
    /// @param opener opens the rows of each
    public record Settings(
            long freeBytesMin,
            Duration history,
            Supplier<Backoff> backoff,
            Supplier<Confirmation> confirmation,
            Opener opener) {

        /// With rows in RocksDB.
        public Settings(
                long freeBytesMin, Duration history, Supplier<Backoff> backoff, Supplier<Confirmation> confirmation) {
            this(freeBytesMin, history, backoff, confirmation, Opener.ROCKS);
        }
    }

    /// Nothing is opened yet.
    ///
    /// @param folder of all replicas of this hub
    /// @param brands whose datasets come from this hub; others are passed over
    public Replicas(
            String hub,
            Path folder,
            Set<Brand> brands,
            Settings settings,
            DatasetSource source,
            HubClock clock,
            Disk disk,
            Crew crew,
            Pause pause,
            Troubles troubles) {
        this.hub = hub;
        this.folder = folder;
        this.brands = Set.copyOf(brands);
        this.crew = crew;
        this.around = new Around(
                source,
                new LearnedKey(hub, folder, source, disk, troubles),
                clock,
                disk,
                settings.opener(),
                settings.freeBytesMin(),
                settings.history(),
                settings.backoff(),
                settings.confirmation(),
                pause,
                troubles,
                this::look);
    }

    /// Opens the replicas that are there, and begins to keep them.
    public void start() throws IOException {
        var json = new DatasetJson();
        for (Brand brand : brands) {
            for (Path place : below(folder.resolve(brand.value()))) {
                Path file = new Place(place).subscription();
                if (Files.exists(file)) {
                    Keeper keeper = keep(json.subscription(Files.readString(file)));
                    keeper.openIfPossible();
                    begin(keeper);
                }
            }
        }
        crew.waiting("datasets-" + hub, this::lookNowAndThen);
    }

    private static List<Path> below(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (var places = Files.newDirectoryStream(folder, Files::isDirectory)) {
            List<Path> all = new ArrayList<>();
            places.forEach(all::add);
            return all;
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
    }

    /// All that are kept, by name.
    public synchronized List<KeptReplica> all() {
        return keepers.values().stream()
                .map(Keeper::kept)
                .sorted(Comparator.comparing(KeptReplica::name))
                .toList();
    }

    /// Whether the hub has said which datasets of this brand there are for this party.
    public boolean hasTold(Brand brand) {
        return isTold && brands.contains(brand);
    }

    public Optional<KeptReplica> find(DatasetName name) {
        return Optional.ofNullable(keepers.get(name)).map(Keeper::kept);
    }

    @Override
    public void begins() {
        isTold = false;
    }

    @Override
    public void heard() {
        if (isTold) { // before that, there may be news that were missed between two streams
            around.clock().heard();
        }
    }

    @Override
    public void told(DatasetNews news) {
        switch (news) {
            case DatasetNews.Standing standing -> {
                around.clock().told(standing.now());
                tell(standing);
                isTold = true;
                heard();
            }
            case DatasetNews.Came(var offers) -> tell(offers.now(), offers.name(), news);
            case DatasetNews.Withdrawn(var now, var name, var _) -> tell(now, name, news);
            case DatasetNews.Opened(var now, var name, var _, var _, var _) -> tell(now, name, news);
            case DatasetNews.Unreadable(var reason) -> {
                around.troubles().report(Kind.DATASET_NOT_FETCHED, hub, reason);
                askAll();
            }
        }
    }

    private synchronized void tell(Instant now, DatasetName name, DatasetNews news) {
        around.clock().told(now);
        Keeper keeper = keepers.get(name);
        if (keeper != null) { // else a brand that is not served here, or more than fit
            keeper.mail().add(news);
        }
    }

    private synchronized void askAll() {
        keepers.values().forEach(keeper -> keeper.mail().ask());
    }

    private synchronized void tell(DatasetNews.Standing standing) {
        told++;
        stand(standing);
    }

    /// An answer that a stream has overtaken is older than what that told.
    private synchronized void answered(DatasetNews.Standing standing, long toldBefore) {
        if (told == toldBefore) {
            stand(standing);
        }
    }

    private void stand(DatasetNews.Standing standing) {
        Map<DatasetName, Subscription> ours = new HashMap<>();
        for (Subscription one : standing.datasets()) {
            if (brands.contains(one.name().brand())) {
                ours.put(one.name(), one);
            }
        }
        leaving.values().removeIf(Keeper::isEnded);
        keepers.entrySet().removeIf(kept -> {
            boolean gone =
                    !ours.containsKey(kept.getKey()) && !standing.unreadable().containsKey(kept.getKey());
            if (gone) {
                kept.getValue().mail().drop();
                leaving.put(kept.getKey(), kept.getValue());
            }
            return gone;
        });
        for (Subscription one : ours.values()) {
            Keeper keeper = keepers.get(one.name());
            if (keeper != null) {
                keeper.mail().stands(standing.now(), one);
            } else if (keepers.size() < DATASETS_MAX) {
                keeper = keep(one);
                if (one.newest() > 0) {
                    keeper.mail().ask();
                }
                begin(keeper);
            } else {
                around.troubles()
                        .report(
                                Kind.DATASET_NOT_FETCHED,
                                one.name().toString(),
                                "more than " + DATASETS_MAX + " datasets of one hub");
            }
        }
        standing.unreadable().forEach(this::unreadable);
    }

    /// Of one that is kept its keeper asks; the columns of a dataset do not change.
    private void unreadable(DatasetName name, String why) {
        Keeper keeper = keepers.get(name);
        if (keeper != null) {
            keeper.mail().ask();
        } else if (brands.contains(name.brand())) {
            around.troubles()
                    .report(
                            Kind.DATASET_NOT_FETCHED,
                            name.toString(),
                            "what the hub says of it cannot be read; a newer gateway may know it: " + why);
        }
    }

    private synchronized Keeper keep(Subscription subscription) {
        var mail = new Mail(around.clock());
        var kept = new KeptReplica(subscription, around.clock(), mail);
        Keeper before = leaving.remove(subscription.name());
        var keeper = new Keeper(Place.below(folder, subscription.name()), kept, mail, around, before);
        keepers.put(subscription.name(), keeper);
        return keeper;
    }

    private void begin(Keeper keeper) {
        crew.working("dataset-" + keeper.kept().name(), keeper);
    }

    private void lookNowAndThen() {
        try {
            while (true) {
                around.pause().pause(LOOK_EVERY);
                look();
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    /// Asks which datasets are this party's, and where they stand. What fails is asked again when the stream is opened
    /// anew.
    private void look() throws InterruptedException {
        Instant asked = around.clock().steady();
        long toldBefore = told;
        try {
            DatasetNews.Standing standing = around.source().standing();
            around.clock().answered(asked, standing.now());
            answered(standing, toldBefore);
        } catch (IOException | RuntimeException e) {
            // its thread is the gateway's, and what a hub answers can be anything
            log.atInfo().setCause(e).addKeyValue("hub", hub).log("Where datasets stand could not be asked.");
        }
    }

    /// Closes all; keepers have stopped, or fail and stop.
    @Override
    public synchronized void close() {
        keepers.values().forEach(Keeper::close);
        leaving.values().forEach(Keeper::close);
    }
}
