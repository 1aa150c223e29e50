package aiguillage.protocol.signature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/// A message is put together again as it came.
class EnvelopeEvidenceTest {

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private final EnvelopeEvidence evidence = new EnvelopeEvidence(bytes("<e>"), bytes("</e>"), 3, 2, 4);

    @Test
    void whatTheDocumentHasBesideIsLeftOut() throws Exception {
        byte[] document = bytes("?x?<a x=1/>");
        try (var message = evidence.message(new ByteArrayInputStream(document))) {
            assertThat(message.readAllBytes()).isEqualTo(bytes("<e><a/></e>"));
        }
        assertThat(evidence.messageBytes(document.length)).isEqualTo(11);
    }

    @Test
    void aPackageSaysWhatItIs() {
        var kept =
                new EnvelopeEvidence(bytes("Content-Type: multipart/related;boundary=b\r\n\r\n"), bytes(""), 0, 0, 0);
        assertThat(kept.contentType()).isEqualTo("multipart/related;boundary=b");
        assertThat(evidence.contentType()).isEqualTo("text/xml");
    }

    @Test
    void itIsReadAsItWasWritten() {
        byte[] encoded = evidence.encoded();
        assertThat(EnvelopeEvidence.isOne(encoded)).isTrue();
        assertThat(EnvelopeEvidence.decoded(encoded)).isEqualTo(evidence).hasSameHashCodeAs(evidence);
    }

    @Test
    void anythingElseIsRefused() {
        byte[] encoded = evidence.encoded();
        for (int length = 0; length < 20; length++) {
            byte[] cut = Arrays.copyOf(encoded, length);
            assertThatThrownBy(() -> EnvelopeEvidence.decoded(cut)).isInstanceOf(IllegalArgumentException.class);
        }
        encoded[0] = 1;
        assertThat(EnvelopeEvidence.isOne(encoded)).isFalse();
        assertThatThrownBy(() -> EnvelopeEvidence.decoded(encoded)).hasMessageContaining("version 2");
        byte[] much = new byte[EnvelopeEvidence.AROUND_BYTES_MAX];
        assertThatThrownBy(() -> new EnvelopeEvidence(much, new byte[1], 0, 0, 0))
                .hasMessageContaining("at most");
    }
}
