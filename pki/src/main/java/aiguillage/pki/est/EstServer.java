package aiguillage.pki.est;

import aiguillage.pki.tls.HttpProxy;
import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Where an EST server is, and how to get there.
///
/// @param address `https://host:port`, without a path
/// @param proxy on the way there, or null
/// @param timeout for connecting, and again for the answer
public record EstServer(URI address, @Nullable HttpProxy proxy, Duration timeout) {

    public static final Duration TIMEOUT_DEFAULT = Duration.ofSeconds(30);

    private static final String PATH = "/.well-known/est/";

    public EstServer {
        boolean pathless = address.getRawPath() == null
                || address.getRawPath().isEmpty()
                || address.getRawPath().equals("/");
        if (!"https".equals(address.getScheme()) || address.getHost() == null || !pathless) {
            throw new IllegalArgumentException(
                    "\"" + address + "\" is no enrolment address; write https://<host>:<port> and no path");
        }
    }

    URI operation(String name) {
        return address.resolve(PATH + name);
    }
}
