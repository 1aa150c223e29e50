package aiguillage.hub.routing;

import static org.assertj.core.api.Assertions.assertThat;

import aiguillage.config.ConfigException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class TableRefusalsTest {

    /// The line of the first flow.
    private static final int FIRST = 13;

    @Test
    void aDanglingPartyIsRefusedWithTheNearestName() {
        assertThat(problems("  opel/claim:\n    from: dealer\n    to: opel-center\n"))
                .isEqualTo("""
                flows.yaml:15:9  flows.opel/claim.to: No party is named "opel-center".
                                 Its documents would have nowhere to go.
                                 Write "opel-centre" (declared in line 8), or add "opel-center" under `parties`.""");
    }

    @Test
    void aNameNothingResemblesIsRefusedToo() {
        assertThat(problems("  opel/claim: { from: dealer, to: nowhere-at-all }\n"))
                .contains("No party is named \"nowhere-at-all\".")
                .endsWith("Add \"nowhere-at-all\" under `parties`.");
    }

    @Test
    void danglingRolesAreRefusedWithTheNearestName() {
        assertThat(problems("  opel/claim: { from: [auditor, daeler], to: { role: warranty-center } }\n"))
                .contains("flows.opel/claim.from[1]: No party's role is named \"daeler\".", "Write \"dealer\".")
                .contains("flows.opel/claim.to.role: No party's role is named", "Write \"warranty-centre\".");
    }

    @Test
    void aRoleNobodyHasForTheBrandIsRefused() {
        assertThat(problems("  citroen/claim: { from: dealer, to: { recipient: warranty-centre } }\n"))
                .contains("No party with the role \"warranty-centre\" holds the brand citroen.");
        assertThat(problems("  citroen/claim: { from: auditor, to: dealer-9 }\n"))
                .contains("flows.citroen/claim.from", "Nobody could send.");
    }

    @Test // I4: brands do not see each other
    void aReaderOfAnotherBrandIsRefused() {
        assertThat(problems("  citroen/claim: { from: dealer, to: opel-centre, copies: opel-audit }\n"))
                .contains("flows.citroen/claim.to: The party \"opel-centre\" does not hold the brand citroen.")
                .contains("add citroen to its `brands` in line 8")
                .contains("flows.citroen/claim.copies", "\"opel-audit\" does not hold the brand citroen.");
    }

    @Test
    void danglingBrandsAreRefused() {
        assertThat(problems("  opal/claim: { from: dealer, to: opel-centre }\n"))
                .isEqualTo("""
                flows.yaml:13:3  flows.opal/claim: No brand is named "opal".
                                 The flow would have no parties.
                                 Write "opel" (declared in line 2), or add "opal" under `brands`.""");
        assertThat(problemsOf("brands: {}\nparties: { a: { roles: x, brands: y, region: eu } }\nflows: {}\n"))
                .startsWith("flows.yaml:2:35  parties.a.brands[0]: No brand is named \"y\".");
    }

    @Test
    void aPartyWithoutABrandOrRoleIsRefused() {
        assertThat(problemsOf("brands: {}\nparties: { a: { roles: [], brands: [], region: eu } }\nflows: {}\n"))
                .isEqualTo("flows.yaml:2:12  parties.a: `roles` is empty: name at least one.");
    }

    @Test
    void routesThatHoldForOneDocumentAreRefusedWithAnExample() {
        assertThat(routes("""
                - { when: { country: [fr, de], modelyear: 2020..2026 }, to: opel-centre-fr }
                - { when: { modelyear: [2019, 2024..2030] }, to: opel-centre }
                - { otherwise: true, to: opel-centre }
                """)).startsWith("""
                flows.yaml:17:11  flows.opel/claim.routes[1].when: This and the route in line 16 both hold for a document \
                with country fr, modelyear 2024.
                """.strip()).contains("Narrow one of the two.");
    }

    @Test
    void routesOverDifferentAttributesAreAmbiguous() {
        assertThat(routes("""
                - { when: { country: fr }, to: opel-centre-fr }
                - { when: { modelyear: 2020 }, to: opel-centre }
                - { otherwise: true, to: opel-centre }
                """)).contains("both hold for a document with country fr, modelyear 2020.");
    }

    @Test
    void routesThatNeverMeetAreFine() {
        assertThat(routes("""
                - { when: { country: fr, modelyear: 2020..2022 }, to: opel-centre-fr }
                - { when: { country: fr, modelyear: [2019, 2023..2026] }, to: opel-centre }
                - { when: { country: de }, to: opel-centre }
                - { otherwise: true, refuse: No. }
                """)).isEmpty();
    }

    @Test
    void routesWithoutOtherwiseAreRefused() {
        assertThat(routes("- { when: { country: fr }, to: opel-centre-fr }\n"))
                .contains("flows.opel/claim.routes: No route is for the documents for which no `when` holds.");
    }

    @Test
    void aSecondOtherwiseIsNeverTaken() {
        assertThat(routes("- { otherwise: true, to: opel-centre }\n- { otherwise: true, to: opel-centre-fr }\n"))
                .contains("routes[1]: No document ever takes this route.", "in line 16");
    }

    @Test
    void aRecipientNobodyIsIsNeverTaken() {
        assertThat(routes("- { when: { recipient: nobody }, to: opel-centre }\n- { otherwise: true, refuse: No. }\n"))
                .contains("when.recipient[0]: No party of the brand opel is named \"nobody\".");
    }

    @Test
    void aFlowThatRefusesEverythingIsRefused() {
        assertThat(routes("- { otherwise: true, refuse: No. }\n")).contains("No route of this flow leads to a reader.");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            - { when: { modelyear: 2026..2020 }, to: x }    | the range 2026..2020 is empty: write 2020..2026
            - { when: { modelyear: 2020.. }, to: x }        | "2020.." is neither a value nor a range
            - { when: { country: [] }, to: x }              | `country` has no value
            - { when: {}, to: x }                           | write `otherwise: true`
            - { when: { brand: opel }, to: x }              | routes do not depend on `brand`
            - { when: { Model: 3 }, to: x }                 | "Model" is not an attribute
            - { to: x }                                     | either `when` or `otherwise: true`: this has neither
            - { otherwise: true, when: { a: b }, to: x }    | either `when` or `otherwise: true`: this has both
            - { otherwise: true }                           | either `to` or `refuse`: this has neither
            - { otherwise: true, to: x, refuse: y }         | either `to` or `refuse`: this has both
            """)
    void routesThatMakeNoSenseAreRefused(String route, String reason) {
        assertThat(routes(route + "\n")).contains(reason);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            from: dealer                                            | this has neither
            from: dealer, to: opel-centre, routes: []               | this has both
            from: [], to: opel-centre                               | `from` is empty
            from: [dealer, dealer], to: opel-centre                 | `from` names one twice
            from: dealer, to: { rol: dealer }                       | Write `role`.
            from: dealer, to: opel-centre, payload-max: 3GB         | write at most 2GB
            from: dealer, to: opel-centre, offered-for: 100d        | kept-for is 90d, but offered-for is 100d
            from: dealer, to: opel-centre, notices: [delayed]       | "delayed" is none of delivered, rejected, expired
            from: dealer, to: opel-centre, signed: yes              | "yes" is none of optional, required
            from: dealer, to: opel-centre, region: eux              | No party's region is named "eux"
            from: dealer, to: opel-centre, keys: { VIN: /a }        | "VIN" is not a search key
            from: dealer, to: opel-centre, keys: { vin: a }         | "a" is not a path
            from: dealer, to: opel-centre, copies: [opel-centre]    | may already be a reader
            from: dealer, to: opel-centre, copies: [opel-audit, opel-audit] | stands here twice
            from: dealer, to: opel-centre, copies: [opel-audits]    | Write "opel-audit"
            from: dealer, to: { role: warranty-centre }, copies: [opel-centre-fr] | may already be a reader
            """)
    void flowsThatMakeNoSenseAreRefused(String flow, String reason) {
        assertThat(problems("  opel/claim: { " + flow + " }\n")).contains(reason);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"../x.xsd", "/etc/x.xsd", "a/../b.xsd", "x.txt", ".x.xsd", "a//b.xsd", "a\\b.xsd", "x.xsd "})
    void aSchemaOutsideTheFolderIsRefused(String schema) {
        assertThat(problems("  opel/claim: { from: dealer, to: opel-centre, schema: '" + schema + "' }\n"))
                .contains("is not a schema");
    }

    @Test
    void theHubsOwnFlowsAreRefused() {
        assertThat(problems("  opel/claim.notice: { from: dealer, to: opel-centre }\n"))
                .startsWith("flows.yaml:" + FIRST + ":3  flows.opel/claim.notice: Flows ending in `.notice`");
    }

    @Test
    void allProblemsOfAllFlowsComeTogether() {
        assertThat(problems("""
                  opel/a: { from: dealer, to: nobody-1 }
                  opel/b: { from: dealer, to: nobody-2 }
                  opal/c: { from: dealer, to: nobody-3 }
                """.indent(2))).contains("nobody-1", "nobody-2", "\"opal\"");
    }

    private static String routes(String routes) {
        return problems("  opel/claim:\n    from: dealer\n    routes:\n" + routes.indent(6));
    }

    private static String problems(String flows) {
        return problemsOf(Tables.PARTIES + flows);
    }

    private static String problemsOf(String text) {
        try {
            Table.read("flows.yaml", text);
            return "";
        } catch (ConfigException e) {
            return String.valueOf(e.getMessage());
        }
    }
}
