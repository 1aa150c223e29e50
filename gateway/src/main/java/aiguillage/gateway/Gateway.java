package aiguillage.gateway;

import aiguillage.config.Address;
import aiguillage.gateway.disk.Book;
import aiguillage.gateway.disk.Disk;
import aiguillage.gateway.disk.FolderLock;
import aiguillage.gateway.disk.RealDisk;
import aiguillage.gateway.disk.RocksBook;
import aiguillage.gateway.dms.BrandFolders;
import aiguillage.gateway.dms.Folders;
import aiguillage.gateway.dms.OutFolder;
import aiguillage.gateway.dms.OutWatch;
import aiguillage.gateway.door.LocalDoor;
import aiguillage.gateway.door.Tokens;
import aiguillage.gateway.export.Csv;
import aiguillage.gateway.export.Export;
import aiguillage.gateway.export.Form;
import aiguillage.gateway.export.PriceFiles;
import aiguillage.gateway.export.Star;
import aiguillage.gateway.identity.Identity;
import aiguillage.gateway.identity.Renewal;
import aiguillage.gateway.inbox.Inbox;
import aiguillage.gateway.link.HttpClients;
import aiguillage.gateway.link.HttpDatasets;
import aiguillage.gateway.link.HttpHistory;
import aiguillage.gateway.link.HttpHub;
import aiguillage.gateway.link.Link;
import aiguillage.gateway.outbox.Outbox;
import aiguillage.gateway.outbox.Sending;
import aiguillage.gateway.pace.Backoff;
import aiguillage.gateway.pace.Crew;
import aiguillage.gateway.pace.Pause;
import aiguillage.gateway.pace.SteadyClock;
import aiguillage.gateway.page.Guests;
import aiguillage.gateway.page.Mount;
import aiguillage.gateway.page.PageCredential;
import aiguillage.gateway.page.PageListener;
import aiguillage.gateway.page.PageParts;
import aiguillage.gateway.page.Pages;
import aiguillage.gateway.replica.Confirmation;
import aiguillage.gateway.replica.HubClock;
import aiguillage.gateway.replica.Replicas;
import aiguillage.gateway.replica.Shelf;
import aiguillage.gateway.status.GatewayStatus;
import aiguillage.gateway.status.StatusFile;
import aiguillage.gateway.status.Trouble.Kind;
import aiguillage.gateway.status.Troubles;
import aiguillage.protocol.Brand;
import aiguillage.protocol.Release;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.Charset;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One gateway: its parts in the order in which documents pass them, and their start and stop.
public final class Gateway implements AutoCloseable {

    private static final Duration STOP_PATIENCE = Duration.ofSeconds(10);
    private static final Duration STATUS_EVERY = Duration.ofSeconds(2);
    private static final Duration FORGET_EVERY = Duration.ofHours(6);

    /// Deliveries that could not be handed over are asked for again after so long, doubling.
    private static final Duration OFFER_AGAIN_FIRST = Duration.ofSeconds(5);

    private static final Duration OFFER_AGAIN_LONGEST = Duration.ofMinutes(5);

    private static final Logger log = LoggerFactory.getLogger(Gateway.class);

    private final GatewayConfig config;
    private final GatewayFolders folders;
    private final InstantSource clock;
    private final InstantSource steady;
    private final Closing closing;
    private final SecureRandom random = new SecureRandom();
    private final Pause pause = Pause.real();
    private final Disk disk = new RealDisk();
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private final Crew crew = new Crew(ended::completeExceptionally);
    private final List<Link> links = new ArrayList<>();
    private final List<Inbox> inboxes = new ArrayList<>();
    private final List<Replicas> replicas = new ArrayList<>();
    private final Troubles troubles;
    private final Identity identity;
    private final HttpClients clients;
    private final Outbox outbox;
    private final Map<String, HttpHistory> histories = new LinkedHashMap<>();
    private final Guests guests;
    private volatile @Nullable LocalDoor door;
    private volatile @Nullable PageListener page;

    /// Starts a gateway. When this returns it takes documents, whether or not a hub can be reached; only a
    /// first start, which enrols, needs the hub.
    ///
    /// @throws IOException when it cannot start; the message says why and what to do
    public static Gateway start(GatewayConfig config, InstantSource clock) throws IOException, InterruptedException {
        GatewayFolders folders = GatewayFolders.prepare(config);
        var closing = new Closing();
        try {
            closing.add(FolderLock.take(folders.data()));
            Identity identity = Enrolled.identity(config, clock);
            return started(new Gateway(config, folders, clock, identity, closing));
        } catch (IOException | InterruptedException | RuntimeException e) {
            closing.close();
            throw e;
        }
    }

    private static Gateway started(Gateway gateway) throws IOException {
        try {
            gateway.startParts();
            return gateway;
        } catch (IOException | RuntimeException e) {
            gateway.close(); // whatever was open already: the door, threads
            throw e;
        }
    }

    private Gateway(
            GatewayConfig config, GatewayFolders folders, InstantSource clock, Identity identity, Closing closing)
            throws IOException {
        this.config = config;
        this.folders = folders;
        this.clock = clock;
        this.steady = new SteadyClock(clock.instant(), System::nanoTime);
        this.identity = identity;
        this.closing = closing;
        this.troubles = new Troubles(clock);
        this.guests = new Guests(folders.data(), clock, random);
        Book book = closing.add(RocksBook.open(folders.book()));
        this.clients = closing.add(new HttpClients(identity::tls, Enrolled.proxy(config)));
        Map<Brand, HttpHub> hubs = new HashMap<>();
        Map<Brand, Semaphore> lanes = new HashMap<>();
        for (GatewayConfig.HubSection section : config.hubs()) {
            var hub = new HttpHub(
                    section.name(),
                    section.addresses(),
                    clients,
                    new Signing(config, identity, clock),
                    clock,
                    troubles);
            histories.put(section.name(), new HttpHistory(hub));
            var lane = new Semaphore(Sending.LANES_PER_HUB);
            section.brands().forEach(brand -> hubs.put(brand, hub));
            section.brands().forEach(brand -> lanes.put(brand, lane));
        }
        var ways = new Sending.Ways(
                brand -> served(hubs, brand),
                brand -> served(lanes, brand),
                config.line().retryFirst(),
                config.line().retryLongest(),
                crew,
                pause);
        this.outbox = new Outbox(
                folders.outbox(),
                config.party(),
                config.freeSpaceMin().count(),
                folders.dms(),
                book,
                disk,
                clock,
                random,
                troubles,
                ways);
        for (GatewayConfig.HubSection section : config.hubs()) {
            links.add(link(section, served(hubs, section.brands().getFirst()), book));
        }
    }

    /// How it is at this moment.
    public GatewayStatus status() {
        Instant now = clock.instant();
        Instant until = identity.certificate().notAfter();
        return new GatewayStatus(
                config.party().value(),
                now.toString(),
                !ended.isDone(),
                links.stream().map(StatusTaken::of).toList(),
                config.brands().stream()
                        .map(brand -> StatusTaken.of(brand, outbox, folders.dms(), troubles))
                        .toList(),
                until.toString(),
                Duration.between(now, until).toDays(),
                GatewayStatus.told(troubles.open()),
                replicas.stream()
                        .flatMap(hub -> hub.all().stream())
                        .map(StatusTaken::of)
                        .toList());
    }

    /// Completes when the gateway was closed; exceptionally when a part of it failed: then close it and start
    /// anew.
    public CompletableFuture<Void> ended() {
        return ended.copy();
    }

    /// Where the local door answers, if there is one.
    public Optional<InetSocketAddress> door() {
        LocalDoor open = door;
        return open == null ? Optional.empty() : Optional.of(open.address());
    }

    /// Where the page answers in the local network, if it does.
    public Optional<InetSocketAddress> page() {
        PageListener open = page;
        return open == null ? Optional.empty() : Optional.of(open.address());
    }

    /// A link by which the first person comes in to the page, also in [Guests#firstLinkFile]; empty where the
    /// page asks nobody for one, and while somebody has a session. Each call makes a new one, and ends the one
    /// before. Once one has ended unused, the gateway itself puts a new one into the file.
    ///
    /// @throws IOException when it cannot be kept; the page goes on asking
    public Optional<String> firstLink() throws IOException {
        Optional<String> asking = askingPage();
        return asking.isPresent() ? guests.firstLink(asking.get()) : Optional.empty();
    }

    /// Where the page that asks for links is, as browsers write it.
    private Optional<String> askingPage() {
        PageListener network = page;
        LocalDoor local = door;
        if (network != null) {
            return Optional.of(
                    PageAddress.network(config.page(), network.address().getPort())
                            .address());
        }
        if (local == null || !config.page().open() || !config.page().signIn()) {
            return Optional.empty();
        }
        var address = new Address(config.door().listen().host(), local.address().getPort());
        return Optional.of("http://" + address);
    }

    private void renewFirstLink() {
        Optional<String> asking = askingPage();
        if (asking.isEmpty()) {
            return;
        }
        String where = guests.firstLinkFile().toString();
        try {
            guests.renewFirstLink(asking.get());
            troubles.ended(Kind.FOLDER_UNUSABLE, where);
        } catch (IOException e) {
            troubles.report(Kind.FOLDER_UNUSABLE, where, e);
        }
    }

    /// Stops. What was under way goes on at the next start.
    @Override
    public void close() {
        boolean interrupted = false;
        List<String> left = List.of();
        ended.complete(null);
        LocalDoor open = door;
        if (open != null) {
            open.close();
        }
        PageListener network = page;
        if (network != null) {
            network.close();
        }
        links.forEach(Link::reconnect);
        try {
            left = crew.stop(STOP_PATIENCE);
        } catch (InterruptedException e) {
            interrupted = true;
        }
        writeStatus();
        closing.close();
        log.atInfo().addKeyValue("left", left).log("The gateway stopped.");
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private Link link(GatewayConfig.HubSection section, HttpHub hub, Book book) throws IOException {
        var inbox = new Inbox(
                section.name(),
                folders.inbox(section.name()),
                Set.copyOf(section.brands()),
                config.freeSpaceMin().count(),
                folders.dms(),
                outbox,
                book,
                disk,
                hub,
                clock,
                troubles);
        inboxes.add(inbox);
        Replicas datasets = closing.add(replicas(section, hub));
        replicas.add(datasets);
        var settings = new Link.Settings(
                config.line().silenceMax(),
                config.line().retryFirst(),
                config.line().retryLongest(),
                OFFER_AGAIN_FIRST,
                OFFER_AGAIN_LONGEST);
        return new Link(section.name(), hub, inbox, datasets, settings, crew, pause, clock, steady, random, troubles);
    }

    private Replicas replicas(GatewayConfig.HubSection section, HttpHub hub) {
        var settings = new Replicas.Settings(
                config.freeSpaceMin().count(),
                config.datasets().history(),
                () -> new Backoff(config.line().retryFirst(), config.line().retryLongest(), random),
                () -> new Confirmation(Confirmation.WITHIN, random));
        return new Replicas(
                section.name(),
                folders.datasets(section.name()),
                Set.copyOf(section.brands()),
                settings,
                new HttpDatasets(hub),
                new HubClock(clock, steady),
                disk,
                crew,
                pause,
                troubles);
    }

    private static <T> T served(Map<Brand, T> byBrand, Brand brand) {
        T found = byBrand.get(brand);
        if (found == null) {
            throw new IllegalStateException("Documents of brand " + brand + " wait in the outbox, but no hub in the"
                    + " configuration serves it. Add it to a hub's brands, and take it out once they are sent.");
        }
        return found;
    }

    private void startParts() throws IOException {
        for (Replicas one : replicas) {
            one.start();
        }
        openDoors();
        outbox.start();
        links.forEach(Link::start);
        for (Brand brand : config.brands()) {
            Folders dms = folders.dms();
            var out = new OutFolder(brand, dms, config.settle(), steady, outbox, troubles);
            crew.working("out-" + brand, new OutWatch(dms.out(brand), out, config.look(), config.settle(), troubles));
        }
        var others = new BrandFolders(folders.dms(), config.brands(), troubles);
        crew.working("brands", () -> repeat(config.look(), others::look));
        Enrolled.est(config, clock)
                .ifPresent(est -> crew.waiting(
                        "renewal",
                        new Renewal(
                                identity,
                                est,
                                String.valueOf(config.identity().enrolment()),
                                this::renewed,
                                pause,
                                clock,
                                troubles)));
        for (GatewayConfig.ExportSection section : config.exports()) {
            var export = new Export(section.dataset(), form(section), section.delta());
            var files = new PriceFiles(export, new Shelf(replicas), folders.dms(), disk, troubles);
            crew.working(
                    "export-" + section.format() + "-" + section.dataset(), () -> repeat(config.look(), files::look));
        }
        crew.waiting("status", () -> repeat(STATUS_EVERY, this::writeStatus));
        crew.waiting("first-link", () -> repeat(config.look(), this::renewFirstLink));
        crew.waiting("forget", () -> repeat(FORGET_EVERY, () -> outbox.forget(config.keepAnswers())));
        log.atInfo().addKeyValue("party", config.party().value()).log("The gateway started.");
    }

    private Form form(GatewayConfig.ExportSection section) {
        Charset charset = Charset.forName(section.charset());
        return switch (section.format()) {
            case CSV -> new Csv(section.separator().charAt(0), section.decimalComma(), charset);
            case STAR -> {
                String brand = section.dataset().brand().toString();
                yield new Star(section.names(), section.action(), charset, brand, config.party());
            }
        };
    }

    private void openDoors() throws IOException {
        GatewayConfig.PageSection settings = config.page();
        Pages pages = settings.open() ? new Pages(pageParts()) : null;
        if (config.door().open()) {
            door = localDoor(pages);
        }
        Address network = settings.listen();
        if (pages != null && network != null) {
            var credential =
                    PageCredential.open(settings.certificate(), folders.data(), settings.names(), clock.instant());
            var listen = new InetSocketAddress(network.host(), network.port());
            page = new PageListener(listen, credential, pages, Mount.network(settings.names()));
        }
    }

    private PageParts pageParts() {
        Map<Brand, String> hubOf = new HashMap<>();
        config.hubs().forEach(hub -> hub.brands().forEach(brand -> hubOf.put(brand, hub.name())));
        return new PageParts(
                config.party(),
                config.brands(),
                outbox,
                inboxes,
                new Shelf(replicas),
                folders.dms(),
                histories,
                hubOf,
                this::status,
                config.identity().enrolment() != null,
                guests,
                clock,
                ZoneId.systemDefault(),
                Release.VERSION);
    }

    private static HttpHandler answering(Pages pages, Mount mount) {
        return http -> pages.answer(http, mount);
    }

    private LocalDoor localDoor(@Nullable Pages pages) throws IOException {
        Mount mount = Mount.local(config.door().listen().host(), config.page().signIn());
        var listen = new InetSocketAddress(
                config.door().listen().host(), config.door().listen().port());
        Tokens tokens = Tokens.open(folders.tokens(), config.brands(), random);
        long bytesMax = config.door().documentMax().count();
        var shelf = new Shelf(replicas);
        return new LocalDoor(
                listen,
                tokens,
                config.party(),
                bytesMax,
                outbox,
                folders.dms(),
                shelf,
                this::status,
                pages == null ? null : answering(pages, mount),
                clock);
    }

    /// New connections use the new certificate, the stream among them; requests under way end as they began.
    private void renewed() {
        clients.renew();
        links.forEach(Link::reconnect);
        String until = identity.certificate().notAfter().toString();
        log.atInfo().addKeyValue("until", until).log("The certificate was renewed.");
    }

    private void writeStatus() {
        try {
            outbox.lookAtSpace();
            for (Inbox inbox : inboxes) {
                inbox.lookAtSpace();
            }
            new StatusFile(folders.data()).write(status(), disk);
            troubles.ended(Kind.FOLDER_UNUSABLE, folders.data().toString());
        } catch (IOException e) {
            troubles.report(Kind.FOLDER_UNUSABLE, folders.data().toString(), e);
        }
    }

    private void repeat(Duration every, Runnable work) {
        try {
            while (true) {
                work.run();
                pause.pause(every);
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
