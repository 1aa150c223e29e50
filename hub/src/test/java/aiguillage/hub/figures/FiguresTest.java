package aiguillage.hub.figures;

import static org.assertj.core.api.Assertions.assertThat;

import aiguillage.hub.figures.Happening.Kind;
import aiguillage.hub.mailbox.Backlogs;
import aiguillage.hub.problem.Problem;
import aiguillage.hub.testing.RunningHub;
import aiguillage.hub.testing.Until;
import aiguillage.protocol.Brand;
import aiguillage.protocol.FlowName;
import aiguillage.protocol.PartyId;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/// The figures of a hub that had two claims, one of which its centre has, and a document it refused.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FiguresTest {

    private static final FlowName CLAIMS = FlowName.of("opel/warranty-claim");

    private RunningHub hub;
    private Figures figures;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        hub = new RunningHub(folder);
        figures = hub.inside().figures();
        try (HttpClient dealer = hub.client("dealer-7");
                HttpClient centre = hub.client("opel-centre")) {
            hub.submit(dealer, "dealer-7", "opel/warranty-claim", "claim-1", "x");
            hub.submit(dealer, "dealer-7", "opel/warranty-claim", "claim-2", "y");
            hub.submit(dealer, "dealer-7", "opel/warranty-claim", "claim-2", "y");
            hub.submit(dealer, "dealer-7", "opel/note", "note-1", "z".repeat(2_000));
            String inbox = hub.get(centre, "/v1/inbox").body();
            String first =
                    JsonMapper.shared().readTree(inbox).get(0).path("position").asString();
            hub.post(centre, "/v1/inbox/acknowledgements", "{\"acknowledge\":[" + first + "]}");
        }
        figures.look();
    }

    @AfterAll
    void stop() {
        hub.close();
    }

    private static Happening one(List<Happening> all, Kind kind) {
        return all.stream().filter(one -> one.kind() == kind).findFirst().orElseThrow();
    }

    @Test
    void documentsCountOnceByFlowAndMinute() {
        int[] minutes = figures.traffic().byMinute(Instant.now(), 5, _ -> true).get(CLAIMS);
        assertThat(IntStream.of(minutes).sum()).isEqualTo(2);
        assertThat(figures.traffic().byMinute(Instant.now(), 5, flow -> !flow.equals(CLAIMS)))
                .doesNotContainKey(CLAIMS);
    }

    @Test
    void whatWaitsLongestIsKnownByFlow() {
        var parts = hub.inside().parts();
        var watch = new QueueWatch(new Backlogs(parts.mailboxes(), parts.clock()), parts.documents());
        assertThat(watch.known()).isNull();
        watch.look(System.nanoTime());
        Queue claims = Objects.requireNonNull(watch.known()).flows().stream()
                .filter(queue -> queue.flow().equals(CLAIMS))
                .findFirst()
                .orElseThrow();
        assertThat(claims.pending()).isEqualTo(3);
        assertThat(Objects.requireNonNull(claims.oldest()).reader())
                .isEqualTo(new PartyId("opel-audit")); // it has fetched nothing
    }

    @Test
    void refusalsCountByProblemAndThoseOfDocumentsByBrand() throws Exception {
        Until.holds("the refusal is counted", () -> {
            figures.look();
            return !figures.refusals().ofCalls(Instant.now()).isEmpty();
        });
        assertThat(figures.refusals().ofCalls(Instant.now()))
                .extracting(RefusalCounts.Count::problem)
                .contains(Problem.PAYLOAD_TOO_LARGE);
        assertThat(figures.refusals().ofDocuments(Instant.now(), new Brand("citroen")::equals))
                .isEmpty();
    }

    @Test
    void theLastEntriesAreToldNewestFirst() {
        List<Happening> all = figures.tail().after(0);
        assertThat(all).extracting(Happening::number).isSortedAccordingTo((a, b) -> Long.compare(b, a));
        Happening delivered = one(all, Kind.DELIVERED);
        assertThat(delivered.party()).isEqualTo(new PartyId("opel-centre"));
        assertThat(delivered.subject()).isEqualTo("claim-1");
        assertThat(one(all, Kind.ACCEPTED).subject()).isEqualTo("claim-2");
        assertThat(figures.tail().after(figures.tail().last())).isEmpty();
    }
}
