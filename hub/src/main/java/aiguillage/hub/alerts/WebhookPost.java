package aiguillage.hub.alerts;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/// Posts one body to an address that an operator wrote. Every address its host has is looked at before one of
/// them is connected to, and just that one is: a name that leads into the hub's own network leads nowhere.
/// Follows no redirects. Safe from any thread; waits.
final class WebhookPost {

    /// From the look-up of the name to the answer's first line.
    static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final int PORT = 443;
    private static final int LINE_BYTES_MAX = 1_000;
    private static final Pattern STATUS = Pattern.compile("HTTP/1\\.[01] ([0-9]{3})( .*)?");

    private final SSLSocketFactory tls;
    private final boolean mayBePrivate;

    /// @param mayBePrivate whether addresses of private networks are allowed
    WebhookPost(SSLSocketFactory tls, boolean mayBePrivate) {
        this.tls = tls;
        this.mayBePrivate = mayBePrivate;
    }

    /// Posts it.
    ///
    /// @throws IOException when it was not taken, and why
    void post(URI to, byte[] json) throws IOException {
        String host = to.getHost().replaceAll("[\\[\\]]", "");
        int port = to.getPort() < 0 ? PORT : to.getPort();
        int millis = Math.toIntExact(PATIENCE.toMillis());
        var plain = new Socket();
        CompletableFuture<Void> late = CompletableFuture.runAsync(
                () -> cut(plain), CompletableFuture.delayedExecutor(millis, TimeUnit.MILLISECONDS));
        try (plain) {
            InetAddress address = address(host);
            plain.connect(new InetSocketAddress(address, port), millis);
            plain.setSoTimeout(millis);
            try (var line = (SSLSocket) tls.createSocket(plain, host, port, true)) {
                SSLParameters parameters = line.getSSLParameters();
                parameters.setEndpointIdentificationAlgorithm("HTTPS");
                line.setSSLParameters(parameters);
                line.startHandshake();
                line.getOutputStream().write(request(to, json));
                line.getOutputStream().flush();
                requireTaken(statusLine(line.getInputStream()));
            }
        } finally {
            late.cancel(false);
        }
    }

    /// Whoever answers byte by byte has no more time than others.
    private static void cut(Socket line) {
        try {
            line.close();
        } catch (IOException e) {
            throw new UncheckedIOException("a line that is cut off says nothing", e);
        }
    }

    private InetAddress address(String host) throws IOException {
        InetAddress[] all = new HostLookUp(host).within(PATIENCE);
        for (InetAddress one : all) {
            if (!mayBePrivate && isPrivate(one)) {
                throw new IOException(host + " leads to " + one.getHostAddress() + ", an address of a private network."
                        + " Set console.alerts-to-private-networks in hub.yaml if that is meant");
            }
        }
        return all[0];
    }

    /// Whether an address is not one of the public Internet (RFC 6890, RFC 4193, RFC 6598, RFC 6052).
    static boolean isPrivate(InetAddress address) {
        byte[] bytes = address.getAddress();
        int first = bytes[0] & 0xff;
        int second = bytes[1] & 0xff;
        if (address.isAnyLocalAddress()
                || address.isLoopbackAddress()
                || address.isLinkLocalAddress()
                || address.isSiteLocalAddress()
                || address.isMulticastAddress()) {
            return true;
        }
        if (address instanceof Inet4Address) {
            boolean isShared = first == 100 && second >= 64 && second < 128;
            boolean isForTests = first == 198 && (second == 18 || second == 19);
            return first == 0
                    || first >= 240
                    || isShared
                    || isForTests
                    || (first == 192 && second == 0 && bytes[2] == 0);
        }
        boolean isGlobal = first >= 0x20 && first < 0x40;
        boolean isTunnel = first == 0x20 && (second == 0x02 || (second == 0x01 && bytes[2] == 0 && bytes[3] == 0));
        return !isGlobal || isTunnel;
    }

    private static byte[] request(URI to, byte[] json) {
        String path = to.getRawPath() == null || to.getRawPath().isEmpty() ? "/" : to.getRawPath();
        String query = to.getRawQuery() == null ? "" : "?" + to.getRawQuery();
        byte[] head = ("POST " + path + query + " HTTP/1.1\r\nHost: " + to.getRawAuthority()
                        + "\r\nUser-Agent: aiguillage-hub\r\nContent-Type: application/json\r\nContent-Length: "
                        + json.length + "\r\nConnection: close\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
        byte[] all = new byte[head.length + json.length];
        System.arraycopy(head, 0, all, 0, head.length);
        System.arraycopy(json, 0, all, head.length, json.length);
        return all;
    }

    private static String statusLine(InputStream in) throws IOException {
        var line = new StringBuilder();
        for (int next = in.read(); next >= 0 && next != '\n'; next = in.read()) {
            if (line.length() >= LINE_BYTES_MAX) {
                throw new IOException("the answer does not come to the end of its first line");
            }
            line.append((char) next);
        }
        return line.toString().strip();
    }

    private static void requireTaken(String line) throws IOException {
        Matcher status = STATUS.matcher(line);
        if (!status.matches()) {
            throw new IOException("the answer is not one of HTTP");
        }
        if (!status.group(1).startsWith("2")) {
            throw new IOException("the answer was " + status.group(1));
        }
    }
}
