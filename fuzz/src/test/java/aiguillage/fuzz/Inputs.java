package aiguillage.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Bytes as texts and headers.
public final class Inputs {

    private Inputs() {}

    /// As the hub's server and a decoder see it: malformed UTF-8 becomes U+FFFD.
    public static String text(byte[] input) {
        return new String(input, StandardCharsets.UTF_8);
    }

    public static List<byte[]> of(String... texts) {
        return java.util.Arrays.stream(texts)
                .map(text -> text.getBytes(StandardCharsets.UTF_8))
                .toList();
    }

    /// Lines `name: value`; several of one name are joined, as the hub's door does.
    static Map<String, String> headers(byte[] input) {
        var headers = new HashMap<String, String>();
        for (String line : text(input).split("\n", -1)) {
            int colon = line.indexOf(':');
            if (colon > 0) {
                headers.merge(
                        line.substring(0, colon).toLowerCase(Locale.ROOT),
                        line.substring(colon + 1).strip(),
                        (a, b) -> a + ", " + b);
            }
        }
        return headers;
    }

    static byte[] lines(Map<String, String> headers) {
        var text = new StringBuilder();
        headers.forEach(
                (name, value) -> text.append(name).append(": ").append(value).append('\n'));
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    /// Whether a client can send these headers: what cannot be sent would hold up its flow for ever.
    public static void requireSendable(Map<String, String> headers) {
        var request = java.net.http.HttpRequest.newBuilder(java.net.URI.create("https://hub.example/v1/documents"));
        headers.forEach(request::setHeader);
        require(request.build() != null, "can be sent");
    }

    /// What must hold.
    public static void require(boolean holds, String what, Object... seen) {
        if (!holds) {
            throw new AssertionError(what + ": " + java.util.Arrays.deepToString(seen));
        }
    }
}
