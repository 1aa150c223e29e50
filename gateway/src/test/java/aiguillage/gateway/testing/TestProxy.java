package aiguillage.gateway.testing;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// An HTTP proxy on loopback that knows CONNECT and nothing else, and does what the test wants: asks for a password,
/// refuses, cuts its tunnels, slows them down, goes away and comes back at the same port.
public final class TestProxy implements AutoCloseable {

    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final Duration delay;
    private volatile ServerSocket listener;
    private volatile @Nullable String credentials;
    private volatile String refusal = "";

    public TestProxy() throws IOException {
        this(Duration.ZERO);
    }

    /// @param delay what each way takes longer: half of a round trip
    public TestProxy(Duration delay) throws IOException {
        this.delay = delay;
        this.listener = listen(0);
    }

    public int port() {
        return listener.getLocalPort();
    }

    /// Lets only this user through.
    public void require(String user, String password) {
        credentials = Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
    }

    /// Answers every CONNECT with this status from now on; empty lets through.
    public void refuse(String status) {
        refusal = status;
        cut();
    }

    /// Cuts every tunnel.
    public void cut() {
        for (Socket socket : open) {
            closed(socket);
        }
    }

    /// Goes away.
    public void stop() throws IOException {
        listener.close();
        cut();
    }

    /// Comes back where it was.
    public void restart() throws IOException {
        listener = listen(port());
    }

    /// The targets of the tunnels that were made.
    public List<String> tunnels() {
        return List.copyOf(asked);
    }

    @Override
    public void close() throws IOException {
        stop();
    }

    private ServerSocket listen(int port) throws IOException {
        var socket = new ServerSocket();
        socket.setReuseAddress(true);
        socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        Thread.ofVirtual().start(() -> serve(socket));
        return socket;
    }

    private void serve(ServerSocket socket) {
        while (!socket.isClosed()) {
            try {
                Socket client = socket.accept();
                if (socket.isClosed()) {
                    closed(client); // accepted while the test took the proxy away
                    return;
                }
                Thread.ofVirtual().start(() -> answer(client));
            } catch (IOException e) {
                return; // closed
            }
        }
    }

    private void answer(Socket client) {
        try (client) {
            open.add(client);
            String head = head(client.getInputStream());
            String no = no(head);
            if (no.isEmpty()) {
                tunnel(client, head.split(" ", 3)[1]);
            } else {
                say(client, no);
            }
        } catch (IOException e) {
            // One end went away: the test sees it at its own end.
        } finally {
            open.remove(client);
        }
    }

    private String no(String head) {
        String wanted = credentials;
        if (!head.startsWith("CONNECT ")) {
            return "405 Method Not Allowed";
        }
        if (!refusal.isEmpty()) {
            return refusal;
        }
        boolean known = wanted == null
                || head.lines()
                        .anyMatch(line -> line.toLowerCase(Locale.ROOT).startsWith("proxy-authorization:")
                                && line.endsWith("Basic " + wanted));
        return known ? "" : "407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm=\"test\"";
    }

    private void tunnel(Socket client, String target) throws IOException {
        int colon = target.lastIndexOf(':');
        try (var server = new Socket(target.substring(0, colon), Integer.parseInt(target.substring(colon + 1)))) {
            open.add(server);
            client.setTcpNoDelay(true);
            server.setTcpNoDelay(true);
            asked.add(target);
            client.getOutputStream().write("HTTP/1.1 200 OK\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            Thread.ofVirtual().start(() -> pump(client, server));
            pump(server, client);
        }
    }

    private void pump(Socket from, Socket to) {
        try {
            if (delay.isZero()) {
                from.getInputStream().transferTo(to.getOutputStream());
            } else {
                byte[] chunk = new byte[64 * 1024];
                for (int n = from.getInputStream().read(chunk);
                        n >= 0;
                        n = from.getInputStream().read(chunk)) {
                    LockSupport.parkNanos(delay.toNanos());
                    to.getOutputStream().write(chunk, 0, n);
                }
            }
        } catch (IOException e) {
            // One end went away.
        } finally {
            closed(from);
            closed(to);
        }
    }

    private void closed(Socket socket) {
        open.remove(socket);
        try {
            socket.close();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException("closing a socket on loopback cannot fail", e);
        }
    }

    private static void say(Socket client, String status) throws IOException {
        String answer = "HTTP/1.1 " + status + "\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
        client.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
    }

    private static String head(InputStream in) throws IOException {
        var head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = in.read();
            if (next < 0) {
                throw new IOException("closed before its head ended");
            }
            head.append((char) next);
        }
        return head.toString();
    }
}
