package aiguillage.hub.document;

import static org.assertj.core.api.Assertions.assertThat;

import aiguillage.hub.entry.Entry;
import aiguillage.hub.problem.Problem;
import aiguillage.hub.testing.RunningHub;
import aiguillage.protocol.Brand;
import aiguillage.protocol.PartyId;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RefusalsTest {

    private static final PartyId DEALER = new PartyId("dealer-7");
    private static final String SCHEMA = """
            <xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">
              <xs:element name="order" type="xs:int"/>
            </xs:schema>
            """;

    @Test
    void whatWasRefusedIsKnownAfterARestartNewestFirst(@TempDir Path folder) throws Exception {
        Files.createDirectories(folder.resolve("schemas"));
        Files.writeString(folder.resolve("schemas/order.xsd"), SCHEMA);
        String flows = RunningHub.FLOWS + "  opel/order: { from: dealer, to: opel-centre, schema: order.xsd }\n";
        try (var hub = new RunningHub(folder, flows, InstantSource.system());
                HttpClient dealer = hub.client("dealer-7")) {
            hub.submit(dealer, "dealer-7", "opel/order", "order-1", "<order>many</order>");
            hub.submit(dealer, "dealer-7", "opel/order", "order-2", "<order>many</order>");
            assertThat(refused(hub)).containsExactly("order-2", "order-1");
        }
        try (var hub = new RunningHub(folder, flows, InstantSource.system())) {
            assertThat(refused(hub)).containsExactly("order-2", "order-1");
            var figures = hub.inside().figures().refusals();
            assertThat(figures.ofDocuments(Instant.now(), new Brand("opel")::equals))
                    .singleElement()
                    .satisfies(count -> {
                        assertThat(count.problem()).isEqualTo(Problem.PAYLOAD_INVALID);
                        assertThat(count.day()).isEqualTo(2);
                    });
            assertThat(figures.ofDocuments(Instant.now(), new Brand("citroen")::equals))
                    .isEmpty();
        }
    }

    private static List<String> refused(RunningHub hub) {
        return hub.inside().refusals().of(DEALER).stream()
                .map(Entry.DocumentRefused::id)
                .toList();
    }
}
