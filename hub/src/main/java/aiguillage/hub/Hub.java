package aiguillage.hub;

import aiguillage.hub.admission.Admission;
import aiguillage.hub.admission.Codes;
import aiguillage.hub.as4.As4Keys;
import aiguillage.hub.clock.Demands;
import aiguillage.hub.dataset.Datasets;
import aiguillage.hub.dataset.Publishers;
import aiguillage.hub.dataset.Readers;
import aiguillage.hub.dataset.Versions;
import aiguillage.hub.document.Documents;
import aiguillage.hub.document.Recorded;
import aiguillage.hub.document.Refusals;
import aiguillage.hub.door.Doors;
import aiguillage.hub.door.HubServer;
import aiguillage.hub.door.as4.As4Gateways;
import aiguillage.hub.door.as4.As4Parts;
import aiguillage.hub.door.call.HubParts;
import aiguillage.hub.door.operator.OperatorToken;
import aiguillage.hub.entry.Entry;
import aiguillage.hub.figures.Figures;
import aiguillage.hub.flows.CurrentTable;
import aiguillage.hub.flows.Proposals;
import aiguillage.hub.health.Home;
import aiguillage.hub.health.HubMetrics;
import aiguillage.hub.health.Space;
import aiguillage.hub.health.Stopping;
import aiguillage.hub.journal.Journal;
import aiguillage.hub.ledger.Ledger;
import aiguillage.hub.login.Logins;
import aiguillage.hub.login.Passwords;
import aiguillage.hub.mailbox.Backlogs;
import aiguillage.hub.mailbox.Mailboxes;
import aiguillage.hub.mailbox.Signals;
import aiguillage.hub.payload.Payloads;
import aiguillage.hub.presence.PresenceFile;
import aiguillage.hub.quota.Quotas;
import aiguillage.hub.schema.KeptSchemas;
import aiguillage.hub.store.Key;
import aiguillage.hub.store.RocksStore;
import aiguillage.hub.store.Table;
import aiguillage.hub.trust.Enrolled;
import aiguillage.hub.trust.Revoked;
import aiguillage.hub.trust.Signers;
import aiguillage.hub.trust.Suspended;
import aiguillage.hub.trust.Trust;
import aiguillage.pki.CertificateAuthority;
import aiguillage.pki.tls.MutualTls;
import aiguillage.pki.tls.PartyTrustManager;
import java.io.IOException;
import java.nio.file.Files;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A running hub: its parts, put together in the order in which they need each other. [#start] opens it,
/// [#close] drains and closes it.
public final class Hub implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Hub.class);

    private static final long BEAT_SECONDS = 15;
    private static final long REFRESH_MINUTES = 15;

    private final RocksStore store;
    private final Journal journal;
    private final Ledger ledger;
    private final Head head;
    private final Datasets datasets;
    private final Stopping stopping = new Stopping();
    private final Doors doors;
    private final HubServer server;
    private final Inside inside;
    private final FileDoors fileDoors;
    private final PresenceFile presence;
    private final ClockTasks clockTasks;
    private final ExecutorService waiting;
    private final Consumer<Throwable> onFailure;
    private final AtomicBoolean closed = new AtomicBoolean();

    /// Opens everything and begins to take documents.
    ///
    /// @param onFailure told once when the hub cannot go on (a write failed, an impossible state): it must
    ///     end the process
    /// @throws IOException when a file or folder cannot be used
    /// @throws aiguillage.config.ConfigException when the flows file cannot be used
    public static Hub start(HubConfig config, InstantSource clock, Consumer<Throwable> onFailure) throws Exception {
        var opened = new ArrayDeque<AutoCloseable>();
        try {
            return new Hub(config, clock, onFailure, opened);
        } catch (Exception | Error e) {
            closeAll(opened, e);
            throw e;
        }
    }

    /// What a hub that did not start had opened, last first: its folder is free again.
    private static void closeAll(Deque<AutoCloseable> opened, Throwable why) {
        while (!opened.isEmpty()) {
            try {
                opened.pop().close();
            } catch (Exception e) {
                why.addSuppressed(e);
            }
        }
    }

    /// Longer than a screen: every part once, in the order in which they need each other.
    private Hub(HubConfig config, InstantSource clock, Consumer<Throwable> stop, Deque<AutoCloseable> opened)
            throws Exception {
        onFailure = once(stop);
        var random = new SecureRandom();
        var data = new DataFolder(Files.createDirectories(config.data()));
        var authority = CertificateAuthority.openIssuing(config.certificates().authority());
        clockTasks = new ClockTasks(onFailure);
        ScheduledExecutorService timer = clockTasks.timer();
        opened.push(timer::shutdownNow);
        waiting = Executors.newThreadPerTaskExecutor(
                Thread.ofVirtual().name("hub-", 0).factory());
        opened.push(waiting::shutdownNow);
        store = RocksStore.open(data.openStore());
        opened.push(store);
        boolean isNew = store.last(Table.LEAVES, Key.of(1), Key.of(Long.MAX_VALUE)) == null;
        ledger = new Ledger(store, data.openLedgerKey(config.name(), isNew, random), config.name());
        head = new Head(data.head(), ledger);
        head.require(); // before anything is written or removed
        var documents = new Documents(store);
        var mailboxes = new Mailboxes(store, documents);
        var payloads = new Payloads(data.payloads(), random);
        reportOrphans(payloads.removeOrphans(documents::knowsFile));

        var kept = new KeptSchemas(data.schemas());
        var onDisk = new FlowsOnDisk(config.flows(), config.schemas());
        Optional<Recorded<Entry.TableApplied>> applied = CurrentTable.applied(store);
        Entry.TableApplied first = applied.isPresent() ? applied.get().entry() : onDisk.first(kept, now(clock));
        var flows = new CurrentTable(store, config.schemas(), kept, first);
        var revoked = new Revoked(store);
        var suspended = new Suspended(store);
        var enrolled = new Enrolled(store, suspended);
        var codes = new Codes(store, clock.instant());
        var refusals = new Refusals();
        var signals = new Signals();
        var metrics = new HubMetrics();
        var backlogs = new Backlogs(mailboxes, clock);
        var figures = new Figures(backlogs, documents, flows::table, metrics, clock);
        for (Entry.DocumentRefused before : Refusals.before(store, documents)) {
            refusals.recorded(before);
            figures.takeUp(before);
        }
        datasets = new Datasets(
                data.datasets(),
                data.datasetsKey(),
                new Versions(store),
                flows::table,
                clock,
                timer,
                random,
                signals::wake);
        opened.push(datasets);
        journal = new Journal(
                store,
                ledger,
                config.name(),
                random,
                entry -> {
                    flows.recorded(entry);
                    revoked.recorded(entry);
                    suspended.recorded(entry);
                    enrolled.recorded(entry);
                    codes.recorded(entry);
                    refusals.recorded(entry);
                    signals.recorded(entry);
                    datasets.recorded(entry);
                    figures.recorded(entry);
                },
                onFailure);
        opened.push(journal);
        if (applied.isEmpty()) {
            journal.append(first).join();
        }
        onDisk.warnIfOther(flows);

        var authorities = new Authorities(config, authority, clock.instant());
        var trust = new Trust(flows::table, revoked, suspended, authorities.corporate(), clock);
        HubConfig.Limits limits = config.limits();
        var quotas = new Quotas(
                limits.eachParty(), limits.roleMultiples(), limits.partyMultiples(), flows::table, System::nanoTime);
        var space = new Space(data.folder(), limits.freeSpaceMin().count());
        presence = new PresenceFile(
                data.presence(), isNew, party -> flows.table().party(party).isPresent(), clock);
        var parts = new HubParts(
                config.name(),
                trust,
                quotas,
                flows,
                payloads,
                journal,
                ledger,
                documents,
                mailboxes,
                signals,
                space,
                stopping,
                presence.presence(),
                metrics,
                clock,
                onFailure);
        var certificate = OwnCertificate.open(
                data.credential(), config.name(), config.certificates(), authority, clock.instant());
        var roots = new PartyTrustManager(authorities.anchors(), clock);
        SSLContext tls = MutualTls.context(certificate.keys(), roots);
        SSLContext toGateways = MutualTls.context(certificate.keys(), new As4Gateways(roots, trust));
        As4Parts as4 = config.doors().as4() ? openAs4(config, data, authority, toGateways, random, clock) : null;
        var publishers = new Publishers(datasets, journal);
        var readers = new Readers(datasets, ledger::sign);
        var admission =
                new Admission(config.name(), flows::table, store, journal, codes, enrolled, suspended, random, clock);
        var proposals = new Proposals(flows, publishers, journal, documents, store, clock);
        var people = new ForPeople(
                new ForPeople.Parts(
                        config,
                        parts,
                        store,
                        publishers,
                        readers,
                        admission,
                        refusals,
                        proposals,
                        backlogs,
                        figures,
                        enrolled,
                        waiting),
                data,
                random);
        doors = new Doors(
                parts,
                readers,
                publishers,
                admission,
                proposals,
                people.operators(),
                people.acts(),
                people.settings(),
                config.console(),
                authority,
                config.certificates().lifetime(),
                OperatorToken.open(data.operatorToken(), random),
                new Backup(data, store, payloads, datasets.layers())::write,
                timer,
                waiting,
                random,
                new Doors.Star(
                        config.doors().star(),
                        new Signers(trust, roots, authorities.issuing()),
                        certificate.keys()::current),
                as4,
                people.status());
        server = new HubServer(config.listen(), tls, doors, trust, quotas, limits.connectionsMax());
        authorities.end().warn(clock.instant());
        new Gauges(journal, ledger, datasets, doors, space, authorities, clock).addTo(metrics);
        server.start();
        opened.push(server);
        inside = people.inside(doors, tls, Reach.of(config, server, authority), clockTasks);
        var passwords = new Passwords(flows::table, enrolled, clock, waiting, System::nanoTime, Passwords.ANSWER_AFTER);
        var logins = new Logins(flows::table, enrolled, passwords, clock);
        fileDoors = new FileDoors(
                new FileDoors.Parts(
                        config.listen(),
                        data,
                        doors,
                        trust,
                        logins,
                        quotas,
                        presence.presence(),
                        certificate.keys(),
                        roots,
                        random,
                        waiting),
                clockTasks,
                opened);
        var demands = new Demands(store, journal::append, mailboxes, documents, payloads, metrics);
        clockTasks.every(1, TimeUnit.MINUTES, "keep who was heard", presence::keep);
        clockTasks.every(5, TimeUnit.SECONDS, "forget idle quotas", quotas::sweep);
        clockTasks.every(1, TimeUnit.SECONDS, "look what waits", figures::look);
        clockTasks.every(1, TimeUnit.SECONDS, "put versions among the rows", datasets::fold);
        clockTasks.every(1, TimeUnit.SECONDS, "push what waits", doors::push);
        clockTasks.every(1, TimeUnit.DAYS, "remove old reports and layers", datasets::sweep);
        schedule(demands, new Home(data.store()), space, certificate, authorities, clock);
        LOG.atInfo()
                .addKeyValue("hub", config.name().value())
                .addKeyValue("mainPort", server.mainPort())
                .addKeyValue("entries", ledger.size())
                .log("The hub is open.");
    }

    private void schedule(
            Demands demands,
            Home home,
            Space space,
            OwnCertificate certificate,
            Authorities authorities,
            InstantSource clock) {
        clockTasks.every(1, TimeUnit.SECONDS, "watch the data folder", home::require);
        clockTasks.every(1, TimeUnit.SECONDS, "watch the disk", space::look);
        clockTasks.every(1, TimeUnit.SECONDS, "keep the ledger's head", head::keep);
        clockTasks.every(250, TimeUnit.MILLISECONDS, "close connections", server::sweep);
        clockTasks.every(1, TimeUnit.SECONDS, "give up slow bodies", doors::sweep);
        clockTasks.every(BEAT_SECONDS, TimeUnit.SECONDS, "show streams a sign of life", doors::beat);
        clockTasks.every(
                1, TimeUnit.SECONDS, "meet what is due", () -> demands.meetAll(() -> now(clock), stopping::begun));
        clockTasks.every(
                1, TimeUnit.MINUTES, "renew the hub's certificate", () -> certificate.renewIfDue(clock.instant()));
        clockTasks.every(
                REFRESH_MINUTES,
                TimeUnit.MINUTES,
                "refresh revocation lists",
                () -> authorities.refresh(clock.instant()));
        clockTasks.every(
                1,
                TimeUnit.DAYS,
                "look at the authority's end",
                () -> authorities.end().warn(clock.instant()));
    }

    private As4Parts openAs4(
            HubConfig config,
            DataFolder data,
            CertificateAuthority authority,
            SSLContext tls,
            SecureRandom random,
            InstantSource clock)
            throws IOException {
        As4Keys keys = As4Keys.open(data.as4Keys(), config.name(), authority, clock.instant());
        clockTasks.every(1, TimeUnit.DAYS, "renew the AS4 certificates", () -> keys.renewIfDue(clock.instant()));
        return new As4Parts(keys, tls, random);
    }

    private static Consumer<Throwable> once(Consumer<Throwable> told) {
        var isFirst = new AtomicBoolean(true);
        return failure -> {
            if (isFirst.getAndSet(false)) {
                told.accept(failure);
            }
        };
    }

    private static Instant now(InstantSource clock) {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    private static void reportOrphans(int removed) {
        if (removed > 0) {
            LOG.atInfo().addKeyValue("files", removed).log("Payload files of broken-off uploads were removed.");
        }
    }

    /// The last head, if the disk takes it; without it the next start knows less, and nothing is lost.
    private void keepHead() {
        try {
            if (journal.failure() == null) {
                head.keep();
            }
        } catch (IOException e) {
            LOG.atWarn().setCause(e).log("The ledger's last head could not be written beside the store.");
        }
    }

    private void keepPresence() {
        try {
            presence.keep();
        } catch (IOException e) {
            LOG.atWarn().setCause(e).log("Who was heard could not be written; the next start knows less of it.");
        }
    }

    /// What the hub's pages are made from.
    public Inside inside() {
        return inside;
    }

    /// The port of the main listener.
    public int mainPort() {
        return server.mainPort();
    }

    /// The port of the enrolment listener.
    public int enrolmentPort() {
        return server.enrolmentPort();
    }

    /// The port of the operations listener.
    public int operationsPort() {
        return server.operationsPort();
    }

    /// The port of the SFTP door; 0 when it is closed.
    public int sftpPort() {
        return fileDoors.sftpPort();
    }

    /// The port for signed messages of STAR.
    ///
    /// @throws IllegalStateException when that listener is closed
    public int starSignedPort() {
        return server.starSignedPort();
    }

    /// The port of the FTPS door; 0 when it is closed.
    public int ftpsPort() {
        return fileDoors.ftpsPort();
    }

    /// Stops: takes nothing new, tells streams to come back later, finishes what it began. Once closed it does
    /// nothing more.
    @Override
    public void close() {
        if (closed.getAndSet(true)) {
            return;
        }
        stopping.begin();
        doors.goodbye();
        fileDoors.close();
        server.close(); // the clock goes on meanwhile, and gives up bodies that do not come
        clockTasks.stop();
        waiting.close();
        boolean isClockOver = clockTasks.ends();
        journal.close();
        keepPresence();
        keepHead();
        if (!isClockOver) {
            throw new IllegalStateException(
                    "a task of the clock does not end, so the store stays open until the process ends; nothing is lost");
        }
        datasets.close();
        store.close();
        LOG.atInfo().log("The hub is closed.");
    }
}
