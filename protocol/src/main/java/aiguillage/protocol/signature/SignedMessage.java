package aiguillage.protocol.signature;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// What of an HTTP request can be signed.
///
/// @param method in upper case, as sent
/// @param path as sent, percent-encoding included, without the query
/// @param headers names in lower case to values; several lines of one name are joined by `, `
public record SignedMessage(String method, String path, Map<String, String> headers) {

    public SignedMessage {
        if (!path.startsWith("/") || path.contains("?") || path.contains("#")) {
            throw new IllegalArgumentException("a signed path begins with / and has no query");
        }
        SortedMap<String, String> sorted = new TreeMap<>(headers);
        headers = Collections.unmodifiableSortedMap(sorted);
    }
}
