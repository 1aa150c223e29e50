package aiguillage.gateway.page;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Where pages are asked for: the local door, or the listener in the local network.
///
/// @param isSecure whether it speaks TLS
/// @param names under which browsers reach it, without port: a request for another one comes from a page of
///     somebody else's whose name leads here (DNS rebinding)
/// @param needsSession whether only sessions may look
public record Mount(boolean isSecure, Set<String> names, boolean needsSession) {

    private static final int HTTP_PORT = 80;
    private static final int HTTPS_PORT = 443;

    public Mount {
        var lower = new HashSet<String>();
        names.forEach(name -> lower.add(name.toLowerCase(Locale.ROOT)));
        names = Set.copyOf(lower);
    }

    /// The door on loopback.
    ///
    /// @param host as it is configured
    public static Mount local(String host, boolean needsSession) {
        var names = new HashSet<>(Set.of("localhost", "127.0.0.1", "[::1]"));
        names.add(bracketed(host));
        return new Mount(false, names, needsSession);
    }

    /// The listener in the local network.
    public static Mount network(List<String> names) {
        return new Mount(true, names.stream().map(Mount::bracketed).collect(Collectors.toSet()), true);
    }

    /// An address of IPv6 as it stands in a URL.
    static String bracketed(String host) {
        return host.indexOf(':') >= 0 && !host.startsWith("[") ? "[" + host + "]" : host;
    }

    /// Whether a `Host` header names this place.
    boolean isMeant(@Nullable String host, int port) {
        if (host == null) {
            return false;
        }
        String asked = host.toLowerCase(Locale.ROOT);
        String end = ":" + port;
        if (asked.endsWith(end)) {
            return names.contains(asked.substring(0, asked.length() - end.length()));
        }
        return port == (isSecure ? HTTPS_PORT : HTTP_PORT) && names.contains(asked);
    }

    /// As browsers write it in `Origin`.
    ///
    /// @param host a header for which [#isMeant] holds
    String origin(String host) {
        return (isSecure ? "https://" : "http://") + host.toLowerCase(Locale.ROOT);
    }

    /// `__Host-` where browsers keep to it: such a cookie comes over TLS alone, and from no neighbouring name.
    /// With the port, which browsers do not tell apart: gateways on one computer do not end each other's
    /// sessions.
    String cookie(int port) {
        return (isSecure ? "__Host-gateway-" : "gateway-") + port;
    }

    String cookieRules() {
        return "; Path=/; HttpOnly; SameSite=Strict" + (isSecure ? "; Secure" : "");
    }
}
