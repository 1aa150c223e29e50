package aiguillage.gateway.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aiguillage.gateway.inbox.Delivery;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The permanent stream as the hub writes it.
final class EventReaderTest {

    @Test
    void eventsBeatsAndRetriesAreReadWithAnyLineEnd() throws IOException {
        List<EventReader.Read> read = read("retry: 250\r\n: beat\r\n\r\nid: 7\nevent: delivery\ndata: a\ndata: b\n\n");
        assertThat(read)
                .containsExactly(
                        new EventReader.Read.Retry(Duration.ofMillis(250)),
                        new EventReader.Read.Comment(),
                        new EventReader.Read.Event("7", "delivery", "a\nb"));
    }

    @Test
    void anEventWithoutEndIsNotRead() throws IOException {
        assertThat(read("id: 7\nevent: delivery\ndata: a\n")).isEmpty();
    }

    @Test
    void anEventLargerThanTheLimitIsRefused() {
        String large = "data: " + "x".repeat(EventReader.EVENT_BYTES_MAX + 1);
        assertThatThrownBy(() -> read(large)).hasMessageContaining("more than");
    }

    @Test
    void aDeliveryIsReadWithItsEnvelope() {
        HubEvent event = new DeliveryJson().read("42", """
                        {"specversion":"1.0","id":"d-1","source":"urn:aiguillage:party:opel-centre","position":"42",
                         "type":"opel/decision","subject":"W-1","inreplyto":"claim-1","datacontenttype":"text/plain",
                         "bytes":2,
                         "digest":"sha-256=:VEXSMI/7NykHQwLjkVVyXwhGUpOTFU9lsJ2hCUmuYxo=:","data_base64":"aGk="}
                        """);
        assertThat(event).isInstanceOfSatisfying(HubEvent.Offered.class, offered -> {
            Delivery delivery = offered.delivery();
            assertThat(delivery.data()).isEqualTo("hi".getBytes(StandardCharsets.UTF_8));
            assertThat(delivery.envelope().subject()).isEqualTo("W-1");
            assertThat(delivery.envelope().extensions()).containsOnlyKeys("inreplyto");
        });
    }

    @Test
    void anEnvelopeThatCannotBeReadIsToldWithItsPosition() {
        for (String event : List.of("{", "[]", "{\"position\":\"42\"}", "{\"position\":\"43\",\"digest\":\"x\"}")) {
            assertThat(new DeliveryJson().read("42", event))
                    .isInstanceOfSatisfying(
                            HubEvent.Unreadable.class,
                            unreadable -> assertThat(unreadable.reason()).isNotEmpty());
        }
    }

    private static List<EventReader.Read> read(String text) throws IOException {
        var reader = new EventReader(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
        List<EventReader.Read> all = new ArrayList<>();
        try {
            while (true) {
                all.add(reader.next());
            }
        } catch (EOFException end) {
            return all;
        }
    }
}
