package aiguillage.hub.health;

import static org.assertj.core.api.Assertions.assertThat;

import aiguillage.hub.testing.RunningHub;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The figures that the operator's page tells people to watch are there, and count.
@Timeout(60)
class FiguresTest {

    @Test
    void everyFigureOfTheOperatorsPageIsThereAndCounts(@TempDir Path folder) throws Exception {
        try (var hub = new RunningHub(folder);
                HttpClient dealer = hub.client("dealer-7");
                HttpClient centre = hub.client("opel-centre")) {
            String claims = "opel/warranty-claim";
            assertThat(hub.submit(dealer, "dealer-7", claims, "claim-1", "a").statusCode())
                    .isEqualTo(201);
            assertThat(hub.submit(dealer, "dealer-7", claims, "claim-1", "a").statusCode())
                    .isEqualTo(200);
            assertThat(hub.submit(dealer, "dealer-7", claims, "claim-1", "b").statusCode())
                    .isEqualTo(409);
            assertThat(hub.submit(dealer, "dealer-7", claims, "claim-2", "a").statusCode())
                    .isEqualTo(201);
            hub.post(
                    centre,
                    "/v1/inbox/acknowledgements",
                    "{\"acknowledge\":[2],\"reject\":[{\"position\":3,\"reason\":\"r\"}]}");
            String page;
            try (HttpClient anybody = HttpClient.newHttpClient()) {
                page = anybody.send(
                                HttpRequest.newBuilder(hub.operationsUri("/metrics"))
                                        .build(),
                                HttpResponse.BodyHandlers.ofString())
                        .body();
            }
            String text = Files.readString(Path.of("../docs/operations.md"));
            assertThat(Pattern.compile("aiguillage_[a-z_]+")
                            .matcher(text)
                            .results()
                            .map(MatchResult::group))
                    .isNotEmpty()
                    .allSatisfy(name -> assertThat(page).containsPattern("(?m)^" + name + "[ {]"));
            assertThat(page)
                    .contains(
                            "aiguillage_deliveries_rejected_total 1.0", "aiguillage_deliveries_acknowledged_total 1.0")
                    .containsPattern("aiguillage_submissions_total\\{.*outcome=\"recorded\".*} 2.0")
                    .containsPattern("aiguillage_submissions_total\\{.*outcome=\"repeated\".*} 1.0")
                    .containsPattern("aiguillage_submissions_total\\{.*outcome=\"conflict\".*} 1.0")
                    .containsPattern("aiguillage_refusals_total\\{problem=\"id-taken\"} 1.0");
        }
    }
}
