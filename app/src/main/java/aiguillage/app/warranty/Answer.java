package aiguillage.app.warranty;

import aiguillage.xml.HardenedXml;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import javax.xml.transform.TransformerException;
import javax.xml.transform.dom.DOMSource;
import javax.xml.transform.stream.StreamResult;
import org.w3c.dom.Element;

/// Writes a decision as STAR `ShowServiceProcessingAdvisory`. Payments carry what is paid, a disposition what is
/// not.
record Answer(Claim claim, Decision decision, List<Decision.Settled> settled) {

    private static final int SETTLEMENT_DAYS = 12;

    byte[] xml(Instant at) {
        LocalDate today = LocalDate.ofInstant(at, ZoneOffset.UTC);
        String advisory = "ADV-" + claim.number();
        boolean rejected = decision.outcome() == Decision.Outcome.REJECTED;
        var values = new HashMap<>(shared());
        values.put("locale", claim.locale());
        values.put("advisory", advisory);
        values.put(
                "bod",
                UUID.nameUUIDFromBytes(advisory.getBytes(StandardCharsets.UTF_8))
                        .toString());
        values.put("make", claim.make());
        values.put("dealer", claim.dealer());
        values.put("decided", at.truncatedTo(ChronoUnit.SECONDS).toString());
        values.put("date", today.toString());
        values.put("settled", today.plusDays(SETTLEMENT_DAYS).toString());
        values.put(
                "action",
                switch (decision.outcome()) {
                    case APPROVED -> "Accepted";
                    case REDUCED -> "Modified";
                    case REJECTED -> "Rejected";
                });
        values.put("settlement", rejected ? "Disposition" : "Payments");
        values.put("adjusted", Boolean.toString(decision.outcome() == Decision.Outcome.REDUCED));
        values.put("invoice", "CR-" + claim.number());
        values.put("order", claim.order());
        values.put("vin", claim.vin());
        values.put("opened", claim.opened().toString());
        values.put("job-count", Integer.toString(settled.size()));
        values.put("paid", cents(decision.paid()).toString());
        values.put("original", written(claim.applicationArea(), "OriginalApplicationArea"));
        values.put("dealer-party", written(claim.dealerParty(), "DealerParty"));
        values.put("jobs", jobs());
        return Template.named("decision.template.xml").filled(values).getBytes(StandardCharsets.UTF_8);
    }

    static BigDecimal cents(BigDecimal amount) {
        return amount.setScale(2, RoundingMode.HALF_UP);
    }

    private Map<String, String> shared() {
        return Map.of(
                "claim", claim.number(),
                "oem-claim", "OC-" + claim.number(),
                "currency", claim.currency(),
                "status", decision.outcome().name(),
                "reason-code", decision.reasonCode(),
                "reason", decision.reasonText(),
                "language", decision.language());
    }

    private String jobs() {
        Template template = Template.named("decision-job.template.xml");
        return settled.stream()
                .map(job -> {
                    var values = new HashMap<>(shared());
                    values.put("job", job.job().number());
                    values.put("operation", job.job().operation());
                    values.put("labour", cents(job.labour()).toString());
                    values.put("parts", cents(job.parts()).toString());
                    values.put("paid", cents(job.paid()).toString());
                    return template.filled(values);
                })
                .collect(Collectors.joining("\n"));
    }

    /// The element as it was received, under this name; the claim itself stays as it is.
    private static String written(Element element, String name) {
        Element copy = (Element) element.cloneNode(true);
        try {
            var written = new StringWriter();
            HardenedXml.writer()
                    .transform(
                            new DOMSource(element.getOwnerDocument().renameNode(copy, element.getNamespaceURI(), name)),
                            new StreamResult(written));
            return written.toString();
        } catch (TransformerException e) {
            throw new AssertionError("an element that was read cannot be written", e);
        }
    }
}
