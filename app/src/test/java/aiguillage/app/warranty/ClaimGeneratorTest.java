package aiguillage.app.warranty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aiguillage.hub.schema.PayloadCheck;
import aiguillage.hub.schema.Verdict;
import aiguillage.protocol.Brand;
import aiguillage.protocol.PartyId;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ClaimGeneratorTest {

    static final List<Dealer> DEALERS = List.of(
            Dealer.french(new PartyId("tilleuls")),
            Dealer.german(new PartyId("lindenhof")),
            Dealer.english(new PartyId("harbour")));
    static final List<Brand> BRANDS = List.of(new Brand("opel"), new Brand("peugeot"));

    static Stream<ClaimGenerator.Generated> claims(int perDealerAndBrand) {
        var generator = new ClaimGenerator(7);
        return DEALERS.stream()
                .flatMap(dealer -> BRANDS.stream()
                        .flatMap(brand -> IntStream.rangeClosed(1, perDealerAndBrand)
                                .mapToObj(number -> generator.claim(dealer, brand, number))));
    }

    @Test
    void theSameSeedGivesTheSameBytes() {
        Dealer dealer = DEALERS.getFirst();
        byte[] first = new ClaimGenerator(7).claim(dealer, BRANDS.getFirst(), 3).xml();
        assertThat(new ClaimGenerator(7).claim(dealer, BRANDS.getFirst(), 3).xml())
                .isEqualTo(first);
        assertThat(new ClaimGenerator(8).claim(dealer, BRANDS.getFirst(), 3).xml())
                .isNotEqualTo(first);
    }

    @Test
    void everyClaimIsAnother() {
        var numbers = new HashSet<String>();
        var vins = new HashSet<String>();
        claims(200).forEach(claim -> {
            assertThat(numbers.add(claim.number())).as(claim.number()).isTrue();
            assertThat(vins.add(claim.vin())).as(claim.vin()).isTrue();
        });
    }

    @Test
    void everyVinHasACorrectCheckDigit() {
        assertThat(Vin.isCorrect("1M8GDM9AXKP042788")).isTrue(); // the example of 49 CFR 565
        assertThat(Vin.isCorrect("1M8GDM9A1KP042788")).isFalse();
        assertThat(claims(100)).allMatch(claim -> Vin.isCorrect(claim.vin()));
    }

    @Test
    void everyClaimHasTwoToSixKilobytes() {
        assertThat(claims(100).mapToInt(claim -> claim.xml().length).summaryStatistics())
                .satisfies(bytes -> {
                    assertThat(bytes.getMin()).isGreaterThan(2_000);
                    assertThat(bytes.getMax()).isLessThanOrEqualTo(6 * 1024);
                });
    }

    @Test
    void everyClaimIsValidAgainstOurSchemaAndIsFoundByItsKeys() throws Exception {
        PayloadCheck check = Star.own(
                WarrantyDocuments.CLAIM_SCHEMA,
                Map.of("claim", WarrantyDocuments.CLAIM_NUMBER_IN_CLAIM, "vin", WarrantyDocuments.VIN_IN_CLAIM));
        for (ClaimGenerator.Generated claim : claims(50).toList()) {
            assertThat(check.check(Optional.empty(), new ByteArrayInputStream(claim.xml())))
                    .isEqualTo(
                            new Verdict.Valid(Map.of("claim", List.of(claim.number()), "vin", List.of(claim.vin()))));
        }
    }

    @Test
    void everyClaimIsValidAgainstStar() throws Exception {
        PayloadCheck check = Star.published("ProcessWarrantyClaim");
        for (ClaimGenerator.Generated claim : claims(50).toList()) {
            assertThat(check.check(Optional.empty(), new ByteArrayInputStream(claim.xml())))
                    .isEqualTo(new Verdict.Valid(Map.of()));
        }
    }

    @Test
    void ourSchemaRefusesWhatTheFlowReliesOn() throws Exception {
        PayloadCheck check = Star.own(WarrantyDocuments.CLAIM_SCHEMA, Map.of());
        String claim = new String(
                new ClaimGenerator(7)
                        .claim(DEALERS.getFirst(), BRANDS.getFirst(), 1)
                        .xml(),
                StandardCharsets.UTF_8);
        for (String broken : List.of(
                claim.replaceFirst("<DocumentID>.*</DocumentID>", "<DocumentID/>"),
                claim.replaceFirst("<DealerNumberID>.*</DealerNumberID>", ""),
                claim.replaceFirst("<VehicleID>...", "<VehicleID>IOQ"),
                claim.replaceFirst("<ChargeAmount currencyID=\"EUR\">", "$0about "),
                claim.replaceAll("(?s)<Job>.*</Job>", ""),
                claim.replaceAll("(?s)<ServiceParts>.*</ServiceParts>", ""))) {
            assertThat(broken).isNotEqualTo(claim);
            assertThat(check.check(Optional.empty(), new ByteArrayInputStream(broken.getBytes(StandardCharsets.UTF_8))))
                    .isInstanceOf(Verdict.Invalid.class);
        }
    }

    @Test
    void aNumberOutOfRangeIsRefused() {
        var generator = new ClaimGenerator(7);
        assertThatThrownBy(() -> generator.claim(DEALERS.getFirst(), BRANDS.getFirst(), 0))
                .hasMessageContaining("numbered from 1");
    }
}
