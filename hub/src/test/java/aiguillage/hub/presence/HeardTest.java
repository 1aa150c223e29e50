package aiguillage.hub.presence;

import static org.assertj.core.api.Assertions.assertThat;

import aiguillage.hub.testing.RunningHub;
import aiguillage.protocol.PartyId;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Parties are heard where they come in.
class HeardTest {

    private static final PartyId DEALER = new PartyId("dealer-7");
    private static final PartyId CENTRE = new PartyId("opel-centre");

    private static Presence presence(RunningHub hub) {
        return hub.inside().parts().presence();
    }

    @Test
    void aCallIsHeardAndAStreamIsALineThatIsOpen(@TempDir Path folder) throws Exception {
        var hub = new RunningHub(folder);
        Presence presence = presence(hub);
        HttpClient dealer = hub.client("dealer-7");
        try {
            assertThat(presence.contact(DEALER)).isEqualTo(new Contact.Never());
            hub.submit(dealer, "dealer-7", "opel/warranty-claim", "claim-1", "x");
            Seen seen = presence.seen(DEALER).orElseThrow();
            assertThat(seen.door()).isEqualTo(Door.REST);
            assertThat(seen.agent()).startsWith("Java-http-client/");
            assertThat(seen.lines()).isZero();

            var stream = HttpRequest.newBuilder(hub.uri("/v1/inbox/stream")).build();
            dealer.send(stream, HttpResponse.BodyHandlers.ofInputStream());
            assertThat(presence.seen(DEALER).orElseThrow().lines()).isEqualTo(1);
            assertThat(presence.contact(CENTRE)).isEqualTo(new Contact.Never());
        } finally {
            hub.close();
            dealer.shutdownNow();
        }
        assertThat(presence.seen(DEALER).orElseThrow().lines()).isZero();
        try (var again = new RunningHub(folder)) {
            assertThat(presence(again).seen(DEALER)).isPresent();
            assertThat(presence(again).contact(CENTRE)).isEqualTo(new Contact.Never());
        }
    }
}
