package aiguillage.fuzz;

import aiguillage.gateway.dms.FileNamesTarget;
import aiguillage.gateway.dms.SideFileTarget;
import aiguillage.gateway.link.AnswersTarget;
import aiguillage.gateway.link.DatasetEventTarget;
import aiguillage.gateway.link.DeliveryTarget;
import aiguillage.gateway.link.StreamTarget;
import aiguillage.hub.door.enrolment.CredentialsTarget;
import java.util.ArrayList;
import java.util.SortedMap;
import java.util.TreeMap;

/// All targets by name.
final class Targets {

    /// Makes a target; one that needs keys or files makes them here.
    @FunctionalInterface
    interface Maker {
        Target make() throws Exception;
    }

    private Targets() {}

    static SortedMap<String, Maker> all() {
        var all = new TreeMap<String, Maker>();
        all.put("envelope", EnvelopeTarget::new);
        all.put("signature", SignatureTarget::new);
        all.put("evidence", EvidenceTarget::new);
        all.put("est-request", EstRequestTarget::new);
        all.put("est-certificates", EstCertificatesTarget::new);
        all.put("enrolment-code", EnrolmentCodeTarget::new);
        all.put("credentials", CredentialsTarget::new);
        all.put("flows-yaml", FlowsTarget::new);
        all.put("hub-yaml", () -> SettingsTarget.of("hub"));
        all.put("gateway-yaml", () -> SettingsTarget.of("gateway"));
        all.put("receipt", ReceiptTarget::new);
        all.put("ledger-key", LedgerKeyTarget::new);
        all.put("resume-id", PositionTarget::new);
        all.put("stream", StreamTarget::new);
        all.put("delivery", DeliveryTarget::new);
        all.put("dataset-event", DatasetEventTarget::new);
        all.put("answers", AnswersTarget::new);
        all.put("file-names", FileNamesTarget::new);
        all.put("side-file", SideFileTarget::new);
        all.put("star-message", StarMessageTarget::new);
        all.put("star-signature", StarSignatureTarget::new);
        all.put("xml-payload", () -> PayloadTarget.of("xml"));
        all.put("format-head", () -> FormatTarget.of(true));
        all.put("format-schema", () -> FormatTarget.of(false));
        all.put("flat-csv", () -> FlatFileTarget.of("prices-csv"));
        all.put("flat-edifact", () -> FlatFileTarget.of("orders-d96a"));
        all.put("json-payload", () -> PayloadTarget.of("json"));
        return all;
    }

    /// @param name of a target; several joined by `+` are fuzzed in one process
    static Target named(String name) throws Exception {
        if (name.contains("+")) {
            var targets = new ArrayList<Target>();
            for (String one : name.split("\\+", -1)) {
                targets.add(named(one));
            }
            return new Several(targets);
        }
        Maker maker = all().get(name);
        if (maker == null) {
            throw new IllegalArgumentException("no target is named " + name + "; there are " + all().keySet());
        }
        return maker.make();
    }
}
