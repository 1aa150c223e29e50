package aiguillage.app.warranty;

import aiguillage.xml.HardenedXml;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import org.w3c.dom.Element;
import org.xml.sax.SAXException;

/// What a centre needs to know of a claim to decide on it.
///
/// @param order the repair order
/// @param locale of the dealer's texts, as `fr-FR`
/// @param distance at the start of the repair, in km
/// @param rate of an hour of labour
/// @param jobs at least one
/// @param applicationArea as received, for the answer
/// @param dealerParty as received, for the answer
record Claim(
        String number,
        String order,
        String vin,
        String make,
        String dealer,
        String locale,
        LocalDate opened,
        LocalDate warrantyEnd,
        long distance,
        BigDecimal rate,
        String currency,
        List<Job> jobs,
        Element applicationArea,
        Element dealerParty) {

    static final int BYTES_MAX = 1024 * 1024;

    /// @param hours claimed
    /// @param allowed by the manufacturer
    /// @param parts their amount
    record Job(String number, String operation, BigDecimal hours, BigDecimal allowed, BigDecimal parts) {}

    /// Reads a `ProcessWarrantyClaim`; nothing outside of it is followed.
    ///
    /// @throws ClaimUnreadable when it is no claim
    static Claim read(byte[] xml) throws ClaimUnreadable {
        if (xml.length > BYTES_MAX) {
            throw new ClaimUnreadable("The claim has " + xml.length + " bytes; at most " + BYTES_MAX + " are read.");
        }
        try {
            return of(new Elements(
                    HardenedXml.tree().parse(new ByteArrayInputStream(xml)).getDocumentElement()));
        } catch (SAXException | IOException e) {
            throw new ClaimUnreadable("The claim is not well-formed XML: " + e.getMessage(), e);
        } catch (NumberFormatException | DateTimeParseException e) {
            throw new ClaimUnreadable("The claim has a date or number that is none: " + e.getMessage(), e);
        }
    }

    private static Claim of(Elements root) throws ClaimUnreadable {
        Elements area = root.one("ApplicationArea");
        Elements noun = root.one("ProcessWarrantyClaimDataArea").one("WarrantyClaimNoun");
        Elements header = noun.one("WarrantyClaimHeader");
        Elements claim = noun.one("WarrantyClaim");
        Elements vehicle = header.one("RepairOrderVehicleLineItem").one("Vehicle");
        Elements rate = header.one("LaborRateAmount");
        var jobs = new ArrayList<Job>();
        for (Elements job : claim.all("Job")) {
            jobs.add(job(job));
        }
        return new Claim(
                claim.text("ClaimNumberString"),
                header.one("DocumentIdentificationGroup")
                        .one("DocumentIdentification")
                        .text("DocumentID"),
                vehicle.text("VehicleID"),
                vehicle.text("MakeString"),
                area.one("Sender").text("DealerNumberID"),
                root.attribute("languageCode"),
                LocalDate.parse(header.text("RepairOrderOpenedDate")),
                LocalDate.parse(header.one("Warranty").text("WarrantyExpirationDate")),
                Long.parseLong(header.text("InDistanceMeasure")),
                new BigDecimal(rate.text()),
                rate.attribute("currencyID"),
                List.copyOf(jobs),
                area.element(),
                header.one("DealerParty").element());
    }

    private static Job job(Elements job) throws ClaimUnreadable {
        BigDecimal hours = BigDecimal.ZERO;
        BigDecimal allowed = BigDecimal.ZERO;
        for (Elements labour : job.all("ServiceLabor")) {
            hours = hours.add(new BigDecimal(labour.text("LaborActualHoursNumeric")));
            allowed = allowed.add(new BigDecimal(labour.text("LaborAllowanceHoursNumeric")));
        }
        BigDecimal parts = BigDecimal.ZERO;
        for (Elements part : job.all("ServiceParts")) {
            BigDecimal price = new BigDecimal(part.one("Pricing").one("Price").text("ChargeAmount"));
            parts = parts.add(price.multiply(new BigDecimal(part.text("ItemQuantity"))));
        }
        return new Job(job.text("JobNumberString"), job.text("OperationID"), hours, allowed, parts);
    }
}
