package aiguillage.hub.as4;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.regex.Pattern;

/// `cid:` URIs (RFC 2392), the only references to payloads that are followed: they stay within the message.
public final class Cid {

    private static final String SCHEME = "cid:";
    private static final Pattern ESCAPED = Pattern.compile("%([0-9A-Fa-f]{2})");

    private Cid() {}

    /// Whether a URI is one.
    public static boolean isOne(String uri) {
        return uri.startsWith(SCHEME) && uri.length() > SCHEME.length();
    }

    /// The Content-ID that a `cid:` URI means, without angle brackets.
    public static String id(String uri) {
        return ESCAPED.matcher(uri.substring(SCHEME.length()))
                .replaceAll(found -> new String(HexFormat.of().parseHex(found.group(1)), StandardCharsets.ISO_8859_1)
                        .replace("\\", "\\\\")
                        .replace("$", "\\$"));
    }
}
