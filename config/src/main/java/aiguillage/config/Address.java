package aiguillage.config;

import java.net.InetSocketAddress;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A host and a port, written `hub.example.com:8443`, `0.0.0.0:8443` or `[::1]:8443`.
///
/// @param host a name or an IP address; IPv6 without brackets
/// @param port 0 to 65535; listening on 0 takes any free port
public record Address(String host, int port) {

    private static final int PORT_MAX = 65_535;
    private static final Pattern FORM =
            Pattern.compile("(?:\\[([0-9A-Fa-f:.]{2,45})]|([A-Za-z0-9_.-]{1,253})):([0-9]{1,5})");

    public Address {
        if (port < 0 || port > PORT_MAX) {
            throw new IllegalArgumentException("port " + port + " does not exist: write 0 to " + PORT_MAX);
        }
    }

    /// Reads the written form.
    ///
    /// @throws IllegalArgumentException when it is anything else
    public static Address of(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            throw new IllegalArgumentException(
                    Quoted.of(text) + " is not an address: write host:port, as in 0.0.0.0:8443 or [::1]:8443");
        }
        String host = form.group(1) == null ? form.group(2) : form.group(1);
        return new Address(host, Integer.parseInt(form.group(3)));
    }

    /// For sockets; looks the host's name up, so it may wait for the network.
    public InetSocketAddress socketAddress() {
        return new InetSocketAddress(host, port);
    }

    /// The written form, which [#of] reads back.
    @Override
    public String toString() {
        return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port;
    }
}
