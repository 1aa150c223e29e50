package aiguillage.app.warranty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aiguillage.hub.schema.PayloadCheck;
import aiguillage.hub.schema.Verdict;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DecisionTest {

    private static final Instant AT = Instant.parse("2026-07-20T02:00:05.123Z");

    @Test
    void aboutSevenInTenAreApprovedTwoReducedAndOneRejected() throws Exception {
        var counted = new EnumMap<Decision.Outcome, Integer>(Decision.Outcome.class);
        for (ClaimGenerator.Generated claim : ClaimGeneratorTest.claims(200).toList()) {
            counted.merge(Decision.of(claim.xml()).outcome(), 1, Integer::sum);
        }
        assertThat(counted.get(Decision.Outcome.APPROVED)).isBetween(780, 900); // of 1,200
        assertThat(counted.get(Decision.Outcome.REDUCED)).isBetween(180, 300);
        assertThat(counted.get(Decision.Outcome.REJECTED)).isBetween(80, 160);
    }

    @Test
    void theSameClaimIsAlwaysDecidedAlike() throws Exception {
        byte[] claim = ClaimGeneratorTest.claims(1).findFirst().orElseThrow().xml();
        assertThat(Decision.of(claim).advisory(AT)).isEqualTo(Decision.of(claim).advisory(AT));
    }

    @Test
    void eachRuleHasItsReason() throws Exception {
        assertThat(decided(CLAIM)).isEqualTo("APPROVED A00 210.00 Accepted in full");
        assertThat(decided(CLAIM.replace("2027-01-01", "2026-03-15")))
                .isEqualTo("REJECTED R10 0.00 The warranty had ended when the repair order was opened");
        assertThat(decided(CLAIM.replace("<InDistanceMeasure>100000", "<InDistanceMeasure>100001")))
                .isEqualTo("REJECTED R20 0.00 The vehicle has run more than 100,000 km");
        assertThat(decided(CLAIM.replace("ActualHoursNumeric>1.0", "ActualHoursNumeric>1.1")))
                .isEqualTo("REDUCED M10 210.00 Labour reduced to the allowed time");
        assertThat(decided(CLAIM.replace(">60.00<", ">1205.01<")))
                .isEqualTo("REDUCED M20 2000.02 More than 2,500 without prior approval: 80 % is paid");
        assertThat(decided(CLAIM.replace(">60.00<", ">1205.00<"))).startsWith("APPROVED A00 2500.00");
        assertThat(decided(CLAIM.replace("en-IE", "fr-FR"))).endsWith("Accepté sans réserve");
    }

    @Test
    void everyAnswerIsValidAgainstOurSchemaAndCarriesClaimNumberAndVin() throws Exception {
        PayloadCheck check = Star.own(
                WarrantyDocuments.DECISION_SCHEMA,
                Map.of("claim", WarrantyDocuments.CLAIM_NUMBER_IN_DECISION, "vin", WarrantyDocuments.VIN_IN_DECISION));
        for (ClaimGenerator.Generated claim : ClaimGeneratorTest.claims(50).toList()) {
            assertThat(check.check(Optional.empty(), answer(claim)))
                    .isEqualTo(
                            new Verdict.Valid(Map.of("claim", List.of(claim.number()), "vin", List.of(claim.vin()))));
        }
    }

    @Test
    void everyAnswerIsValidAgainstStar() throws Exception {
        PayloadCheck check = Star.published("ShowServiceProcessingAdvisory");
        for (ClaimGenerator.Generated claim : ClaimGeneratorTest.claims(50).toList()) {
            assertThat(check.check(Optional.empty(), answer(claim))).isEqualTo(new Verdict.Valid(Map.of()));
        }
    }

    @Test
    void whatIsNoClaimIsSaidToBeNone(@TempDir Path dir) throws Exception {
        assertThatThrownBy(() -> decided("<order/>"))
                .isInstanceOf(ClaimUnreadable.class)
                .hasMessage("The claim has no ApplicationArea in order.");
        assertThatThrownBy(() -> decided("<order")).hasMessageContaining("not well-formed");
        assertThatThrownBy(() -> decided(CLAIM.replace(">60.00<", ">much<"))).hasMessageContaining("number");
        Path secret = Files.writeString(dir.resolve("secret"), "the-secret-content");
        String xxe = "<!DOCTYPE x [<!ENTITY s SYSTEM '" + secret.toUri() + "'>]>" + CLAIM.replace("V123", "&s;");
        assertThatThrownBy(() -> decided(xxe))
                .isInstanceOf(ClaimUnreadable.class)
                .hasMessageNotContaining("the-secret-content");
        assertThatThrownBy(() -> Decision.of(new byte[Claim.BYTES_MAX + 1])).hasMessageContaining("at most");
    }

    private static String decided(String claim) throws ClaimUnreadable {
        Decision decision = Decision.of(claim.getBytes(StandardCharsets.UTF_8));
        return decision.outcome() + " " + decision.reasonCode() + " " + decision.paid() + " " + decision.reasonText();
    }

    private static ByteArrayInputStream answer(ClaimGenerator.Generated claim) throws ClaimUnreadable {
        return new ByteArrayInputStream(Decision.of(claim.xml()).advisory(AT));
    }

    /// One job: an hour at 90.00, two parts at 60.00.
    private static final String CLAIM = """
            <ProcessWarrantyClaim xmlns="http://www.starstandard.org/STAR/5" languageCode="en-IE">
              <ApplicationArea><Sender><DealerNumberID>1</DealerNumberID></Sender></ApplicationArea>
              <ProcessWarrantyClaimDataArea><WarrantyClaimNoun>
                <WarrantyClaimHeader>
                  <DocumentIdentificationGroup><DocumentIdentification><DocumentID>RO-1</DocumentID>
                  </DocumentIdentification></DocumentIdentificationGroup>
                  <DealerParty/>
                  <RepairOrderVehicleLineItem><Vehicle>
                    <MakeString>Opel</MakeString><VehicleID>V123</VehicleID></Vehicle>
                  </RepairOrderVehicleLineItem>
                  <Warranty><WarrantyExpirationDate>2027-01-01</WarrantyExpirationDate></Warranty>
                  <RepairOrderOpenedDate>2026-03-16</RepairOrderOpenedDate>
                  <InDistanceMeasure>100000</InDistanceMeasure>
                  <LaborRateAmount currencyID="EUR">90.00</LaborRateAmount>
                </WarrantyClaimHeader>
                <WarrantyClaim>
                  <ClaimNumberString>W-1</ClaimNumberString>
                  <Job>
                    <JobNumberString>1</JobNumberString><OperationID>21</OperationID>
                    <ServiceParts><ItemQuantity>2</ItemQuantity>
                      <Pricing><Price><ChargeAmount>60.00</ChargeAmount></Price></Pricing></ServiceParts>
                    <ServiceLabor><LaborAllowanceHoursNumeric>1.0</LaborAllowanceHoursNumeric>
                      <LaborActualHoursNumeric>1.0</LaborActualHoursNumeric></ServiceLabor>
                  </Job>
                </WarrantyClaim>
              </WarrantyClaimNoun></ProcessWarrantyClaimDataArea>
            </ProcessWarrantyClaim>
            """;
}
