package aiguillage.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What is kept of an envelope is what its sender wrote.
class CloudEventsHeadersTest {

    private static Map<String, String> headers(String name, String value) {
        Map<String, String> headers = new HashMap<>(Map.of(
                "ce-specversion", "1.0",
                "ce-id", "claim-1",
                "ce-source", "urn:aiguillage:party:dealer-7",
                "ce-type", "opel/warranty-claim"));
        headers.put(name, value);
        return headers;
    }

    /// Raw UTF-8 as servers hand it on, Latin-1, control characters, and what is half encoded.
    @ParameterizedTest
    @ValueSource(strings = {"R\u00c3\u00a9clamation", "R\u00e9clamation", "a\tb", "\u20ac", "R\u00e9%20x", "\u007f"})
    void whatIsNotPrintableAsciiIsRefusedAndNamed(String value) {
        assertThatThrownBy(() -> CloudEvents.envelope(headers("ce-subject", value)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("header ce-subject")
                .hasMessageContaining("percent-encoded");
        assertThatThrownBy(() -> CloudEvents.envelope(headers("content-type", "text/" + value)))
                .hasMessageContaining("header content-type");
    }

    @Test
    void percentEncodedUtf8AndPlainSpacesAreRead() {
        assertThat(CloudEvents.envelope(headers("ce-subject", "R%C3%A9clamation n~4 !"))
                        .subject())
                .isEqualTo("R\u00e9clamation n~4 !");
    }

    @Test
    void headersThatAreNoneOfTheEnvelopesMayHoldAnything() {
        assertThat(CloudEvents.envelope(headers("user-agent", "caf\u00e9")).subject())
                .isNull();
    }
}
