package aiguillage.hub;

import aiguillage.hub.admission.Admission;
import aiguillage.hub.alerts.Alerts;
import aiguillage.hub.alerts.Teller;
import aiguillage.hub.dataset.Publishers;
import aiguillage.hub.dataset.Readers;
import aiguillage.hub.document.Refusals;
import aiguillage.hub.door.Doors;
import aiguillage.hub.door.call.HubParts;
import aiguillage.hub.figures.Figures;
import aiguillage.hub.flows.Proposals;
import aiguillage.hub.health.HealthReport;
import aiguillage.hub.intake.Intake;
import aiguillage.hub.mailbox.Backlogs;
import aiguillage.hub.operators.Acts;
import aiguillage.hub.operators.Operators;
import aiguillage.hub.settings.HubSettings;
import aiguillage.hub.status.StatusBoard;
import aiguillage.hub.store.Store;
import aiguillage.hub.trust.Enrolled;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;

/// What people look after the hub with: who they are, what they did and set, what the public is told; and once the
/// doors stand, the alerts and all that the pages are made from.
final class ForPeople {

    private static final long STATUS_SECONDS = 5;

    private final Parts given;
    private final DataFolder data;
    private final Operators operators;
    private final HubSettings settings;
    private final Acts acts;
    private final StatusBoard status;

    /// What it is made from.
    ///
    /// @param waiting runs what may wait
    record Parts(
            HubConfig config,
            HubParts hub,
            Store store,
            Publishers publishers,
            Readers readers,
            Admission admission,
            Refusals refusals,
            Proposals proposals,
            Backlogs backlogs,
            Figures figures,
            Enrolled enrolled,
            ExecutorService waiting) {}

    /// @throws IOException when the public status cannot be read or written
    ForPeople(Parts given, DataFolder data, SecureRandom random) throws IOException {
        HubParts hub = given.hub;
        this.given = given;
        this.data = data;
        this.operators = new Operators(given.store, hub.journal(), hub.clock(), random);
        this.acts = new Acts(given.store, hub.documents(), hub.journal(), hub.clock());
        this.settings = new HubSettings(given.store, hub.journal(), hub.clock());
        this.status = new StatusBoard(
                hub.name().value(), settings::get, () -> isDegraded(given), data.publicStatus(), hub.clock());
    }

    private static boolean isDegraded(Parts given) {
        HubParts hub = given.hub;
        return !HealthReport.reasons(hub.space(), hub.stopping(), hub.journal().failure())
                        .isEmpty()
                || !given.publishers.unusable().isEmpty();
    }

    Operators operators() {
        return operators;
    }

    Acts acts() {
        return acts;
    }

    HubSettings settings() {
        return settings;
    }

    StatusBoard status() {
        return status;
    }

    /// All that pages are made from; from here on the alert rules are watched, and the public is told.
    ///
    /// @param tls shows the hub's own certificate
    Inside inside(Doors doors, SSLContext tls, Reach reach, ClockTasks clock) {
        HubParts hub = given.hub;
        Alerts alerts = alerts(doors.intake());
        clock.every(Alerts.EVERY.toSeconds(), TimeUnit.SECONDS, "watch the alert rules", alerts::look);
        clock.every(STATUS_SECONDS, TimeUnit.SECONDS, "look at the public status", status::look);
        return new Inside(
                hub,
                given.store,
                given.publishers,
                given.readers,
                given.admission,
                given.refusals,
                operators,
                given.proposals,
                acts,
                settings,
                alerts,
                doors.intake(),
                new Trouble(doors.quarantine(), given.backlogs, doors.attempts(), doors::tryNow, doors.replays()),
                given.figures,
                given.enrolled,
                tls,
                data,
                reach);
    }

    private Alerts alerts(Intake intake) {
        HubParts hub = given.hub;
        return new Alerts(
                settings,
                new Alerts.Watched(
                        given.figures,
                        hub.presence(),
                        given.enrolled,
                        hub.space(),
                        hub.flows()::table,
                        given.store,
                        hub.documents()),
                teller(given.config, intake),
                acts,
                hub.clock(),
                given.waiting);
    }

    private static Teller teller(HubConfig config, Intake intake) {
        HubConfig.Console console = config.console();
        return new Teller(
                config.name(),
                (SSLSocketFactory) SSLSocketFactory.getDefault(),
                console != null && console.alertsToPrivateNetworks(),
                config.mail(),
                intake,
                console == null ? null : console.home());
    }
}
