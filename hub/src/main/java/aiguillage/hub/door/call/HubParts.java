package aiguillage.hub.door.call;

import aiguillage.hub.document.Documents;
import aiguillage.hub.flows.CurrentTable;
import aiguillage.hub.health.HubMetrics;
import aiguillage.hub.health.Space;
import aiguillage.hub.health.Stopping;
import aiguillage.hub.journal.Journal;
import aiguillage.hub.ledger.Ledger;
import aiguillage.hub.mailbox.Mailboxes;
import aiguillage.hub.mailbox.Signals;
import aiguillage.hub.payload.CorruptPayload;
import aiguillage.hub.payload.Payloads;
import aiguillage.hub.presence.Presence;
import aiguillage.hub.problem.Problem;
import aiguillage.hub.problem.Refused;
import aiguillage.hub.quota.Quotas;
import aiguillage.hub.store.CorruptRecord;
import aiguillage.hub.store.StoreFailed;
import aiguillage.hub.trust.Trust;
import aiguillage.protocol.PartyId;
import java.time.InstantSource;
import java.util.function.Consumer;
import org.eclipse.jetty.server.Request;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The parts of the hub that doors open on.
///
/// @param name the hub's own name
/// @param onFailure told when the hub cannot go on: it must end the process
public record HubParts(
        PartyId name,
        Trust trust,
        Quotas quotas,
        CurrentTable flows,
        Payloads payloads,
        Journal journal,
        Ledger ledger,
        Documents documents,
        Mailboxes mailboxes,
        Signals signals,
        Space space,
        Stopping stopping,
        Presence presence,
        HubMetrics metrics,
        InstantSource clock,
        Consumer<Throwable> onFailure) {

    private static final Logger LOG = LoggerFactory.getLogger(HubParts.class);

    /// Answers a call that failed for a reason nobody foresaw; the reason is for the log, not for the caller. A
    /// damaged record or an impossible state stops the hub: it does not serve what it cannot trust.
    public void fail(Call call, Throwable failure) {
        LOG.atError()
                .addKeyValue("path", Request.getPathInContext(call.request()))
                .setCause(failure)
                .log("A request failed. The caller was told to send it again; read the cause.");
        call.refuse(new Refused(Problem.FAILED, "The hub's log has the cause."));
        stopIfDamaged(failure);
    }

    /// Logs what failed behind no call for a reason nobody foresaw, as [#fail] does.
    public void failed(Throwable failure) {
        LOG.atError().setCause(failure).log("A task of an operator failed. Read the cause, then begin it again.");
        stopIfDamaged(failure);
    }

    /// Stops the hub when a failure means that what it holds cannot be trusted any more.
    public void stopIfDamaged(Throwable failure) {
        if (mustStop(failure)) {
            onFailure.accept(failure);
        }
    }

    /// Whether a failure means that what the hub holds cannot be trusted any more.
    public static boolean mustStop(Throwable failure) {
        return failure instanceof Error
                || failure instanceof CorruptRecord
                || failure instanceof CorruptPayload
                || failure instanceof StoreFailed;
    }
}
