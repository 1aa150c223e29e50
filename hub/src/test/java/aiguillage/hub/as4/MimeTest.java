package aiguillage.hub.as4;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// MIME packages as strangers may send them.
final class MimeTest {

    private static final String TYPE = "multipart/related; type=\"application/soap+xml\"; boundary=\"b\"";
    private static final String SOAP = "--b\r\nContent-Type: application/soap+xml\r\n\r\n<soap/>";

    private static Mime mime(String body) throws As4Fault {
        return new Mime(new ByteArrayInputStream(body.getBytes(StandardCharsets.ISO_8859_1)), TYPE);
    }

    private static EbmsError error(String body) {
        try {
            Mime mime = mime(body);
            mime.root();
            for (Mime.Part part = mime.next(); part != null; part = mime.next()) {
                part.body().readAllBytes();
            }
            throw new AssertionError("it was read");
        } catch (As4Fault fault) {
            return fault.error();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void partsAreReadAsTheyAreWhateverStandsInThem() throws Exception {
        var random = new Random(1);
        for (int length : new int[] {0, 1, 2, 65_530, 65_536, 200_001}) {
            var bytes = new byte[length];
            for (int i = 0; i < length; i++) {
                bytes[i] = (byte) "\r\n-bx".charAt(random.nextInt(5)); // nearly the boundary, again and again
            }
            String text = new String(bytes, StandardCharsets.ISO_8859_1).replace("\r\n--b", "\r\n--x");
            Mime mime = mime(SOAP + "\r\n--b\r\nContent-ID:\r\n <one@x>\r\n\r\n" + text + "\r\n--b--\r\n");
            assertThat(mime.root()).asString().isEqualTo("<soap/>");
            Mime.Part part = Objects.requireNonNull(mime.next());
            assertThat(part.contentId()).isEqualTo("one@x");
            assertThat(new String(part.body().readAllBytes(), StandardCharsets.ISO_8859_1))
                    .isEqualTo(text);
            assertThat(mime.next()).isNull();
        }
    }

    @Test
    void aPartThatIsNotReadIsPassedOver() throws Exception {
        Mime mime = mime(SOAP + "\r\n--b\r\n\r\n" + "x".repeat(Mime.HEADER_BYTES_MAX)
                + "\r\n--b\r\nContent-Transfer-Encoding: base64\r\n"
                + "Content-ID: <two>\r\n\r\naGVs\r\nbG8=\r\n--b--");
        mime.root();
        assertThat(mime.next()).isNotNull();
        Mime.Part second = Objects.requireNonNull(mime.next());
        assertThat(second.contentId()).isEqualTo("two");
        assertThat(second.body().readAllBytes()).asString().isEqualTo("hello");
    }

    @Test
    void everyCountAndSizeHasAnEnd() {
        assertThat(error(SOAP + "\r\n--b\r\n\r\n".repeat(Mime.PARTS_MAX + 2) + "--"))
                .isEqualTo(EbmsError.MIME_INCONSISTENCY);
        assertThat(error(SOAP + "\r\n--b\r\nA: " + "x".repeat(Mime.HEADER_BYTES_MAX) + "\r\n\r\n"))
                .isEqualTo(EbmsError.MIME_INCONSISTENCY);
        assertThat(error(SOAP + "\r\n--b\r\nA: " + "x\r\n y".repeat(Mime.HEADER_BYTES_MAX) + "\r\n\r\n"))
                .isEqualTo(EbmsError.MIME_INCONSISTENCY);
        assertThat(error("x".repeat(Mime.HEADER_BYTES_MAX + 1) + "\r\n" + SOAP))
                .isEqualTo(EbmsError.MIME_INCONSISTENCY);
        assertThat(error(SOAP + "x".repeat(Mime.ROOT_BYTES_MAX) + "\r\n--b--"))
                .isEqualTo(EbmsError.POLICY_NONCOMPLIANCE);
        assertThat(error("--b\r\nContent-Type: text/xml\r\n\r\n<soap/>\r\n--b--"))
                .isEqualTo(EbmsError.MIME_INCONSISTENCY);
        assertThat(error(SOAP + "\r\n--b\r\nno colon\r\n\r\n--b--")).isEqualTo(EbmsError.MIME_INCONSISTENCY);
    }

    private static final String BASE64 = SOAP + "\r\n--b\r\nContent-Transfer-Encoding: base64\r\n\r\n";

    @Test
    void whatIsNoBase64IsNotPassedOverForEver() throws Exception {
        Mime lines = mime(BASE64 + "aGVs" + "\r\n".repeat(400) + "bG8=\r\n" + "\r\n--b--");
        lines.root();
        assertThat(Objects.requireNonNull(lines.next()).body().readAllBytes())
                .asString()
                .isEqualTo("hello");
        assertThat(lines.next()).isNull();
        Mime foreign = mime(BASE64 + "\n".repeat(Mime.FOREIGN_BYTES_MAX + 1) + "\r\n--b--");
        foreign.root();
        InputStream body = Objects.requireNonNull(foreign.next()).body();
        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(body::readAllBytes)
                    .isInstanceOf(IOException.class)
                    .isNotInstanceOf(Mime.BrokenOff.class);
        }
        assertThat(error(BASE64 + "aGVsbG8=" + "x".repeat(Mime.HEADER_BYTES_MAX + 1) + "\r\n--b--"))
                .isEqualTo(EbmsError.MIME_INCONSISTENCY);
    }

    @Test
    void aPackageThatBreaksOffIsNotTakenForWhole() throws Exception {
        Mime mime = mime(SOAP + "\r\n--b\r\n\r\nhalf of it\r\n--");
        mime.root();
        Mime.Part part = Objects.requireNonNull(mime.next());
        InputStream body = part.body();
        assertThatThrownBy(body::readAllBytes).isInstanceOf(Mime.BrokenOff.class);
    }
}
