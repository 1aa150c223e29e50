package aiguillage.app.warranty;

import aiguillage.xml.HardenedXml;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/// What the warranty centre decides on a claim: by plain rules, from the claim's content alone, so that the
/// same claim is always decided alike.
///
/// | code | when | what |
/// |---|---|---|
/// | R10 | the repair was opened after the warranty's end | rejected |
/// | R20 | the vehicle has run more than 100,000 km | rejected |
/// | M10 | more hours are claimed than the manufacturer allows | reduced to the allowed hours |
/// | M20 | more than 2,500 are claimed (after M10) | reduced to 80 %, since nobody was asked before |
/// | A00 | none of these | approved |
public final class Decision {

    private static final long DISTANCE_MAX = 100_000;
    private static final BigDecimal UNASKED_MAX = new BigDecimal("2500.00");
    private static final BigDecimal UNASKED_SHARE = new BigDecimal("0.80");

    private final Claim claim;
    private final Reason reason;
    private final List<Settled> settled;

    private Decision(Claim claim, Reason reason, List<Settled> settled) {
        this.claim = claim;
        this.reason = reason;
        this.settled = List.copyOf(settled);
    }

    /// What became of the claim.
    public enum Outcome {
        APPROVED,
        REDUCED,
        REJECTED
    }

    /// What is paid for one job.
    record Settled(Claim.Job job, BigDecimal labour, BigDecimal parts) {
        BigDecimal paid() {
            return labour.add(parts);
        }

        Settled times(BigDecimal share) {
            return new Settled(job, Answer.cents(labour.multiply(share)), Answer.cents(parts.multiply(share)));
        }
    }

    /// Decides on a claim.
    ///
    /// @param claimXml a STAR `ProcessWarrantyClaim`
    /// @throws ClaimUnreadable when it is not one
    public static Decision of(byte[] claimXml) throws ClaimUnreadable {
        Claim claim = Claim.read(claimXml);
        Reason rejection = claim.opened().isAfter(claim.warrantyEnd())
                ? Reason.EXPIRED
                : claim.distance() > DISTANCE_MAX ? Reason.FAR_DRIVEN : Reason.NONE;
        if (rejection != Reason.NONE) {
            return new Decision(claim, rejection, settled(claim, BigDecimal.ZERO, false));
        }
        List<Settled> claimed = settled(claim, BigDecimal.ONE, false);
        List<Settled> allowed = settled(claim, BigDecimal.ONE, true);
        if (sum(allowed).compareTo(UNASKED_MAX) > 0) {
            return new Decision(claim, Reason.UNASKED, settled(claim, UNASKED_SHARE, true));
        }
        return new Decision(claim, sum(allowed).compareTo(sum(claimed)) < 0 ? Reason.SLOW : Reason.NONE, allowed);
    }

    /// The number of the claim that an advisory answers.
    ///
    /// @param advisoryXml a STAR `ShowServiceProcessingAdvisory`
    /// @throws ClaimUnreadable when it is none, or names no claim
    public static String numberIn(byte[] advisoryXml) throws ClaimUnreadable {
        try {
            NodeList numbers = HardenedXml.tree()
                    .parse(new ByteArrayInputStream(advisoryXml))
                    .getElementsByTagNameNS("*", "ClaimNumberString");
            if (numbers.getLength() == 0) {
                throw new ClaimUnreadable("The advisory names no claim.");
            }
            return numbers.item(0).getTextContent().strip();
        } catch (SAXException | IOException e) {
            throw new ClaimUnreadable("The advisory is not well-formed XML: " + e.getMessage(), e);
        }
    }

    /// The STAR `ShowServiceProcessingAdvisory` to send, in UTF-8.
    ///
    /// @param at when it was decided
    public byte[] advisory(Instant at) {
        return new Answer(claim, this, settled).xml(at);
    }

    public Outcome outcome() {
        return reason.outcome;
    }

    /// As in the table above.
    public String reasonCode() {
        return reason.code;
    }

    /// In French when the claim is in French, else in English.
    public String reasonText() {
        return language().equals("fr") ? reason.french : reason.english;
    }

    /// The language of the reason.
    String language() {
        return claim.locale().toLowerCase(Locale.ROOT).startsWith("fr") ? "fr" : "en";
    }

    /// The claim's number, carried over.
    public String claimNumber() {
        return claim.number();
    }

    /// All jobs together, in the currency of the claim.
    public BigDecimal paid() {
        return sum(settled);
    }

    private static List<Settled> settled(Claim claim, BigDecimal share, boolean allowedHours) {
        var settled = new ArrayList<Settled>();
        for (Claim.Job job : claim.jobs()) {
            BigDecimal hours = allowedHours ? job.hours().min(job.allowed()) : job.hours();
            settled.add(new Settled(job, hours.multiply(claim.rate()), job.parts()).times(share));
        }
        return settled;
    }

    private static BigDecimal sum(List<Settled> settled) {
        return settled.stream().map(Settled::paid).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private enum Reason {
        NONE(Outcome.APPROVED, "A00", "Accepté sans réserve", "Accepted in full"),
        SLOW(
                Outcome.REDUCED,
                "M10",
                "Temps de main-d'œuvre ramené au temps alloué",
                "Labour reduced to the allowed time"),
        UNASKED(
                Outcome.REDUCED,
                "M20",
                "Montant supérieur à 2 500 sans accord préalable : pris en charge à 80 %",
                "More than 2,500 without prior approval: 80 % is paid"),
        EXPIRED(
                Outcome.REJECTED,
                "R10",
                "Garantie expirée à l'ouverture de l'ordre de réparation",
                "The warranty had ended when the repair order was opened"),
        FAR_DRIVEN(
                Outcome.REJECTED,
                "R20",
                "Kilométrage supérieur à 100 000 km",
                "The vehicle has run more than 100,000 km");

        private final Outcome outcome;
        private final String code;
        private final String french;
        private final String english;

        Reason(Outcome outcome, String code, String french, String english) {
            this.outcome = outcome;
            this.code = code;
            this.french = french;
            this.english = english;
        }
    }
}
