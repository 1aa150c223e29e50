package aiguillage.hub.door;

import static org.assertj.core.api.Assertions.assertThat;

import aiguillage.hub.door.call.Call;
import aiguillage.hub.testing.RunningHub;
import java.net.http.HttpClient;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What a party that left still has in its mailbox does not vanish from the operator's sight (I3).
@Timeout(60)
class FormerPartiesTest {

    @Test
    void whatAPartyTakenOutOfTheTableStillHasIsShownAndDecidedOn(@TempDir Path folder) throws Exception {
        try (var hub = new RunningHub(folder);
                HttpClient dealer = hub.client("dealer-7");
                HttpClient audit = hub.client("opel-audit")) {
            hub.submit(dealer, "dealer-7", "opel/warranty-claim", "claim-1", "content");
            hub.submit(dealer, "dealer-7", "opel/warranty-claim", "claim-2", "content");
            hub.submit(dealer, "dealer-7", "opel/warranty-claim", "claim-3", "content");
            hub.post(
                    audit,
                    "/v1/inbox/acknowledgements",
                    "{\"reject\":[{\"position\":2,\"reason\":\"r\"},{\"position\":3,\"reason\":\"r\"}]}");
            String without =
                    RunningHub.FLOWS.replaceAll("(?m)^  opel-audit:.*\n", "").replace(", copies: [opel-audit]", "");
            assertThat(hub.operator("/operator/flows", without).statusCode()).isEqualTo(200);

            assertThat(hub.operator("/operator/mailboxes?party=opel-audit", null)
                            .body())
                    .contains("\"pending\":1", "\"quarantined\":2");
            assertThat(hub.operator("/operator/mailboxes", null).body()).contains("opel-audit", "opel-centre");
            assertThat(Call.JSON.readTree(
                            hub.operator("/operator/quarantine", null).body()))
                    .hasSize(2);
            assertThat(Call.JSON.readTree(hub.operator("/operator/quarantine?party=opel-audit&after=2", null)
                            .body()))
                    .hasSize(1);
            assertThat(hub.operator("/operator/quarantine/opel-audit/2/return", "")
                            .statusCode())
                    .isEqualTo(200);
            assertThat(hub.operator("/operator/quarantine/opel-audit/9/return", "")
                            .statusCode())
                    .isEqualTo(404);
            assertThat(hub.operator("/operator/quarantine/NOBODY/3/return", "").statusCode())
                    .isEqualTo(404);
        }
    }
}
