package aiguillage.hub;

import aiguillage.hub.admission.Admission;
import aiguillage.hub.alerts.Alerts;
import aiguillage.hub.dataset.Publishers;
import aiguillage.hub.dataset.Readers;
import aiguillage.hub.document.Refusals;
import aiguillage.hub.door.call.HubParts;
import aiguillage.hub.figures.Figures;
import aiguillage.hub.flows.Proposals;
import aiguillage.hub.intake.Intake;
import aiguillage.hub.operators.Acts;
import aiguillage.hub.operators.Operators;
import aiguillage.hub.settings.HubSettings;
import aiguillage.hub.store.Store;
import aiguillage.hub.trust.Enrolled;
import javax.net.ssl.SSLContext;

/// A running hub from within: what its pages for people are made from. Safe from any thread.
///
/// @param store read alone; only the journal's writer changes it
/// @param trouble what does not go on by itself
/// @param tls shows the hub's own certificate
public record Inside(
        HubParts parts,
        Store store,
        Publishers publishers,
        Readers readers,
        Admission admission,
        Refusals refusals,
        Operators operators,
        Proposals proposals,
        Acts acts,
        HubSettings settings,
        Alerts alerts,
        Intake intake,
        Trouble trouble,
        Figures figures,
        Enrolled enrolled,
        SSLContext tls,
        DataFolder data,
        Reach reach) {}
