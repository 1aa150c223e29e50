package aiguillage.hub.files;

import aiguillage.hub.delivery.Deliveries;
import aiguillage.hub.document.Documents;
import aiguillage.hub.entry.Delivery;
import aiguillage.hub.flows.CurrentTable;
import aiguillage.hub.health.Space;
import aiguillage.hub.health.Stopping;
import aiguillage.hub.intake.Intake;
import aiguillage.hub.mailbox.Mailboxes;
import aiguillage.hub.payload.Payloads;
import aiguillage.hub.problem.Problem;
import aiguillage.hub.quota.Quotas;
import aiguillage.protocol.Position;
import java.time.InstantSource;
import java.util.function.Consumer;
import java.util.function.Function;

/// The parts of the hub that trees of files are made of.
///
/// @param notices the content of a notice
/// @param receipts the receipt of a document
/// @param refusals told of the problem of each refusal
/// @param onFailure told of what nobody foresaw: whatever means that the hub cannot be trusted stops it
public record FileParts(
        CurrentTable flows,
        Intake intake,
        Deliveries deliveries,
        Mailboxes mailboxes,
        Documents documents,
        Payloads payloads,
        Quotas quotas,
        Space space,
        Stopping stopping,
        InstantSource clock,
        Function<Delivery, byte[]> notices,
        Function<Position, byte[]> receipts,
        Consumer<Problem> refusals,
        Consumer<Throwable> onFailure) {}
