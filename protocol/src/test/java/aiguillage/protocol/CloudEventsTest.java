package aiguillage.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CloudEventsTest {

    private static Map<String, String> claim(String name, String value) {
        Map<String, String> headers = new HashMap<>(Map.of(
                "ce-specversion", "1.0",
                "ce-id", "claim-1",
                "ce-source", "urn:aiguillage:party:dealer-7",
                "ce-type", "opel/warranty-claim"));
        headers.put(name, value);
        return headers;
    }

    @Test
    void aMediaTypeThatNoHeaderCarriesIsRefused() {
        assertThat(CloudEvents.envelope(claim("content-type", "application/xml; charset=utf-8"))
                        .contentType())
                .isEqualTo("application/xml; charset=utf-8");
        assertThatThrownBy(() -> CloudEvents.envelope(claim("content-type", "text/Łódź")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("printable ASCII");
    }
}
