package aiguillage.hub.routing;

import static aiguillage.hub.routing.Tables.CLAIM;
import static aiguillage.hub.routing.Tables.document;
import static org.assertj.core.api.Assertions.assertThat;

import aiguillage.hub.routing.Explanation.Finding;
import aiguillage.hub.routing.Explanation.Step;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ExplanationTest {

    @Test
    void everyStepOfADeliveredDocumentIsTold() {
        assertThat(lines("""
                  opel/claim:
                    from: dealer
                    routes:
                      - { when: { country: de }, to: opel-centre }
                      - { when: { country: fr, modelyear: 2020..2026 }, to: opel-centre-fr }
                      - { otherwise: true, refuse: On paper. }
                    copies: [opel-audit]
                    region: eu
                """, "dealer-7", "opel/claim", "modelyear", "2021"))
                .containsExactly(
                        "  sender   dealer-7: roles dealer, brands citroen, opel, country fr, region eu.",
                        "  flow     opel/claim is a flow of this table.",
                        "  allowed  dealer-7 may send: it has the brand opel and one of the roles dealer.",
                        "  route    passed by: country de; here country fr (the sender's)",
                        "  route    taken: country fr, modelyear 2020..2026; here country fr (the sender's), modelyear 2021"
                                + " -> opel-centre-fr",
                        "  readers  opel-centre-fr",
                        "  copies   opel-audit",
                        "  region   every reader and copy is in eu.",
                        "  limits   payload up to 10MB, offered for 14d, kept for 90d, signature optional, schema none, the sender"
                                + " is told of delivered, rejected, expired, returned.",
                        "= delivered to opel-centre-fr");
    }

    @Test
    void theOperatorLearnsWhatTheSenderMayNot() {
        assertThat(lines(CLAIM, "dealer-9", "opel/warranty-claim"))
                .contains(
                        "x allowed  dealer-9 may not send: that takes the brand opel and one of the roles dealer. It is"
                                + " told the same as if there were no such flow.")
                .last()
                .isEqualTo("= refused, FLOW_UNKNOWN: There is no flow opel/warranty-claim on which dealer-9 may send.");
    }

    @Test
    void unknownNamesAreToldTogether() {
        assertThat(lines(CLAIM, "nobody", "opel/nothing"))
                .startsWith(
                        "x sender   nobody is no party of this table.",
                        "x flow     opel/nothing is no flow of this table.");
    }

    @Test
    void aRefusingRouteEndsTheWay() {
        Table table = Tables.with("""
                  opel/claim:
                    from: dealer
                    routes:
                      - { when: { modelyear: 2020 }, to: opel-centre }
                      - { otherwise: true, refuse: On paper. }
                """);
        assertThat(Explanation.of(table, document("dealer-7", "opel/claim")).steps())
                .contains(new Step(
                        "route",
                        true,
                        "passed by: modelyear 2020; here modelyear is missing",
                        Finding.ROUTE_PASSED,
                        List.of("0", "modelyear=–")))
                .endsWith(
                        new Step(
                                "route",
                                false,
                                "taken: otherwise -> refused (On paper.)",
                                Finding.ROUTE_TAKEN,
                                List.of("1", "")),
                        new Step("readers", false, "On paper.", Finding.NO_READERS, List.of("On paper.")));
    }

    private static List<String> lines(String flows, String sender, String flow, String... attributes) {
        return Explanation.of(Tables.with(flows), document(sender, flow, attributes))
                .lines();
    }
}
