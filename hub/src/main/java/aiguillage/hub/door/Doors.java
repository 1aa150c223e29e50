package aiguillage.hub.door;

import aiguillage.hub.HubConfig;
import aiguillage.hub.admission.Admission;
import aiguillage.hub.as4.As4Writer;
import aiguillage.hub.dataset.Publishers;
import aiguillage.hub.dataset.Readers;
import aiguillage.hub.delivery.Attempts;
import aiguillage.hub.delivery.Deliveries;
import aiguillage.hub.delivery.Offers;
import aiguillage.hub.delivery.Quarantine;
import aiguillage.hub.door.as4.As4Deliveries;
import aiguillage.hub.door.as4.As4Door;
import aiguillage.hub.door.as4.As4Endpoints;
import aiguillage.hub.door.as4.As4Parts;
import aiguillage.hub.door.as4.As4Pusher;
import aiguillage.hub.door.as4.As4Signers;
import aiguillage.hub.door.call.Endpoints;
import aiguillage.hub.door.call.HubParts;
import aiguillage.hub.door.call.Operation;
import aiguillage.hub.door.call.Pace;
import aiguillage.hub.door.call.PartyGate;
import aiguillage.hub.door.call.StatusEndpoints;
import aiguillage.hub.door.call.Uploads;
import aiguillage.hub.door.dataset.DatasetEndpoints;
import aiguillage.hub.door.dataset.DatasetEvents;
import aiguillage.hub.door.dataset.PublicationDoor;
import aiguillage.hub.door.dataset.ReplicaDoor;
import aiguillage.hub.door.enrolment.EnrolmentEndpoints;
import aiguillage.hub.door.enrolment.EstDoor;
import aiguillage.hub.door.operator.MailboxDoor;
import aiguillage.hub.door.operator.OperatorDoor;
import aiguillage.hub.door.operator.OperatorEndpoints;
import aiguillage.hub.door.operator.OperatorToken;
import aiguillage.hub.door.operator.PeopleDoor;
import aiguillage.hub.door.operator.ReplayDoor;
import aiguillage.hub.door.rest.InboxDoor;
import aiguillage.hub.door.rest.PartyEndpoints;
import aiguillage.hub.door.rest.QuarantineDoor;
import aiguillage.hub.door.rest.StreamDoor;
import aiguillage.hub.door.rest.SubmissionDoor;
import aiguillage.hub.door.star.SignedConnections;
import aiguillage.hub.door.star.StarDoor;
import aiguillage.hub.door.star.StarEndpoints;
import aiguillage.hub.door.star.StarSecurity;
import aiguillage.hub.door.star.StarSignedDoor;
import aiguillage.hub.files.FileParts;
import aiguillage.hub.files.FileTrees;
import aiguillage.hub.flows.Proposals;
import aiguillage.hub.intake.Intake;
import aiguillage.hub.login.Places;
import aiguillage.hub.operators.Acts;
import aiguillage.hub.operators.Operators;
import aiguillage.hub.presence.Door;
import aiguillage.hub.replay.Replays;
import aiguillage.hub.settings.HubSettings;
import aiguillage.hub.status.StatusBoard;
import aiguillage.hub.trust.Signers;
import aiguillage.pki.CertificateAuthority;
import aiguillage.pki.Credential;
import aiguillage.protocol.PartyId;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// All listeners with their doors. The addresses: [PartyEndpoints], [EnrolmentEndpoints], [OperatorEndpoints],
/// [StarEndpoints].
public final class Doors {

    private final HubParts hub;
    private final Uploads uploads = new Uploads();
    private final Uploads enrolmentUploads = new Uploads();
    private final Uploads operationsUploads = new Uploads();
    private final Uploads signedUploads = new Uploads(StarSignedDoor.BYTES_PER_SECOND_MIN);
    private final Pace pace;
    private final Endpoints main;
    private final Endpoints enrolment;
    private final Endpoints operations;
    private final Endpoints starSigned;
    private final SignedConnections signedConnections;
    private final StreamDoor streams;
    private final InboxDoor inbox;
    private final Offers offers;
    private final Intake intake;
    private final Deliveries deliveries;
    private final Quarantine quarantine;
    private final Attempts attempts = new Attempts();
    private final Replays replays;
    private final @Nullable As4Pusher pusher;

    /// STAR's transport.
    ///
    /// @param isOpen on the main listener
    /// @param own what the hub signs its answers with at this moment
    public record Star(boolean isOpen, Signers signers, Supplier<Credential> own) {}

    /// Longer than a screen: every door once, with what stands behind it.
    ///
    /// @param waiting runs what may wait, each on its own thread
    /// @param backup writes a backup into a folder and returns its checkpoint
    /// @param star whether and how the STAR door is open
    /// @param as4 what the AS4 door needs; null: it is closed
    /// @param status what the public is told
    public Doors(
            HubParts hub,
            Readers readers,
            Publishers publishers,
            Admission admission,
            Proposals proposals,
            Operators operators,
            Acts acts,
            HubSettings settings,
            HubConfig.@Nullable Console console,
            CertificateAuthority authority,
            Duration certificateLifetime,
            OperatorToken token,
            Function<Path, String> backup,
            ScheduledExecutorService timer,
            Executor waiting,
            SecureRandom random,
            Star star,
            @Nullable As4Parts as4,
            StatusBoard status) {
        this.hub = hub;
        this.pace = new Pace(random);
        this.offers = new Offers(hub.documents(), hub.name(), Offers.INLINE_BYTES_MAX);
        this.deliveries = new Deliveries(hub.mailboxes(), hub.journal(), hub.ledger(), hub.metrics(), hub.clock());
        this.inbox = new InboxDoor(hub, deliveries, offers, uploads, pace, timer, waiting);
        this.quarantine = new Quarantine(hub.mailboxes(), hub.documents(), hub.journal(), hub.ledger(), hub.clock());
        this.replays = new Replays(
                hub.documents(),
                hub.journal(),
                hub.ledger(),
                hub.flows(),
                hub.clock(),
                waiting,
                hub.stopping()::begun,
                hub::failed);
        var quarantine = new QuarantineDoor(this.quarantine);
        this.streams = new StreamDoor(hub, offers, new DatasetEvents(readers), pace, waiting);
        this.intake = new Intake(
                hub.flows(),
                hub.documents(),
                hub.payloads(),
                hub.journal(),
                hub.ledger(),
                hub.space(),
                hub.quotas(),
                hub.metrics(),
                hub.clock(),
                waiting);
        var submissions = new SubmissionDoor(hub, intake, uploads, waiting);
        var datasets = new DatasetEndpoints(
                new ReplicaDoor(readers, uploads), new PublicationDoor(hub, publishers, uploads, acts));
        var gate = new PartyGate(hub.trust(), hub.quotas(), hub.presence(), timer, waiting);
        var parties = new ArrayList<>(new PartyEndpoints(hub)
                .list(
                        submissions,
                        inbox,
                        streams,
                        quarantine,
                        datasets,
                        StatusEndpoints.list(status, Operation.Access.PARTY)));
        var security = new StarSecurity(star.signers(), star.own(), hub.clock());
        var starDoor = new StarDoor(hub, intake, deliveries, uploads, security, StarDoor.ANSWER_MAX);
        if (star.isOpen()) {
            parties.addAll(StarEndpoints.list(starDoor));
        }
        this.signedConnections = new SignedConnections(new Places<>(hub.quotas(), hub.presence(), Door.STAR));
        var signedDoor = new StarSignedDoor(hub, starDoor, security, signedUploads, signedConnections, gate);
        this.starSigned = new Endpoints(hub, StarEndpoints.signed(starDoor, signedDoor), pace, waiting, null);
        if (as4 == null) {
            this.pusher = null;
        } else {
            var writer = new As4Writer(as4.keys(), as4.random());
            var signers = new As4Signers(hub.trust(), star.signers());
            var pulled = new As4Deliveries(hub, deliveries, offers, writer);
            parties.addAll(As4Endpoints.list(new As4Door(hub, intake, as4.keys(), writer, pulled, signers, uploads)));
            this.pusher = new As4Pusher(hub, pulled, signers, attempts, as4.tls(), waiting, as4.random());
        }
        this.main = new Endpoints(hub, parties, pace, waiting, gate);
        var est = new EstDoor(hub, authority, certificateLifetime, enrolmentUploads);
        this.enrolment = new Endpoints(
                hub,
                EnrolmentEndpoints.list(est, StatusEndpoints.list(status, Operation.Access.ANYBODY)),
                pace,
                waiting,
                null);
        var operator =
                new OperatorDoor(hub, admission, operationsUploads, quarantine, backup, publishers, proposals, acts);
        var mailboxDoor = new MailboxDoor(hub, admission, attempts, this::tryNow, acts);
        var people = new PeopleDoor(operators, console, operationsUploads, acts, settings);
        var replayDoor = new ReplayDoor(replays, hub.documents(), operationsUploads, acts);
        this.operations = new Endpoints(
                hub,
                new OperatorEndpoints(token).list(hub, operator, mailboxDoor, replayDoor, people, datasets),
                pace,
                waiting,
                null);
    }

    /// The hub seen as files, by the same way in and out as through every other door.
    ///
    /// @param incoming the folder of what is on its way in
    /// @param results the folder of what became of it
    public FileTrees fileTrees(Path incoming, Path results) throws IOException {
        var parts = new FileParts(
                hub.flows(),
                intake,
                deliveries,
                hub.mailboxes(),
                hub.documents(),
                hub.payloads(),
                hub.quotas(),
                hub.space(),
                hub.stopping(),
                hub.clock(),
                offers::noticeContent,
                position -> hub.ledger().receipt(position).toBytes(),
                hub.metrics()::refused,
                hub::stopIfDamaged);
        return new FileTrees(parts, incoming, results);
    }

    /// The one way in, for documents of the hub itself.
    public Intake intake() {
        return intake;
    }

    /// What readers rejected.
    public Quarantine quarantine() {
        return quarantine;
    }

    public Replays replays() {
        return replays;
    }

    /// Why deliveries that the hub itself hands over did not arrive yet.
    public Attempts attempts() {
        return attempts;
    }

    /// Offers a party at once what waits for it: on its streams and pulls, and where the hub itself hands it
    /// over.
    public void tryNow(PartyId reader) {
        hub.signals().wake(reader);
        if (pusher != null) {
            pusher.tryNow(reader);
        }
    }

    /// Stops the hub when a failure means that what it holds cannot be trusted any more.
    public void stopIfDamaged(Throwable failure) {
        hub.stopIfDamaged(failure);
    }

    Pace pace() {
        return pace;
    }

    Endpoints main() {
        return main;
    }

    Endpoints enrolment() {
        return enrolment;
    }

    Endpoints operations() {
        return operations;
    }

    Endpoints starSigned() {
        return starSigned;
    }

    /// Of the listener for signed messages of STAR.
    SignedConnections signedConnections() {
        return signedConnections;
    }

    /// Gives up bodies that come too slowly; to be called every second.
    public void sweep() {
        uploads.sweep();
        enrolmentUploads.sweep();
        operationsUploads.sweep();
        signedUploads.sweep();
    }

    /// Shows every stream that the hub is there; to be called every 15 s.
    public void beat() {
        streams.beat();
    }

    /// Pushes what waits for parties that have an address for it; to be called every second.
    public void push() {
        if (pusher != null) {
            pusher.look();
        }
    }

    /// Ends streams, long polls and pushes: their readers come back later, each at another time.
    public void goodbye() {
        streams.goodbye();
        hub.signals().wakeAll();
        if (pusher != null) {
            pusher.close();
        }
    }

    /// The number of pulls that wait for something to come.
    public int pullCount() {
        return inbox.waitingPulls();
    }

    /// The number of open streams.
    public int streamCount() {
        return streams.count();
    }
}
