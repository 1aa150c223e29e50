package aiguillage.pki.est;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// An HTTP proxy on loopback that only knows CONNECT.
final class ConnectProxy implements AutoCloseable {

    /// The targets it was asked for.
    final List<String> asked = new CopyOnWriteArrayList<>();

    private final ServerSocket listener = new ServerSocket(0, 8, InetAddress.getLoopbackAddress());

    private volatile String refusal = "";

    ConnectProxy() throws IOException {
        Thread.ofVirtual().start(this::serve);
    }

    InetSocketAddress address() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), listener.getLocalPort());
    }

    /// From now on it answers this.
    void refuse(String statusAndHeaders) {
        refusal = statusAndHeaders;
    }

    private void serve() {
        while (!listener.isClosed()) {
            try {
                Socket client = listener.accept();
                Thread.ofVirtual().start(() -> tunnel(client));
            } catch (IOException e) {
                return; // closed
            }
        }
    }

    private void tunnel(Socket client) {
        try (client) {
            String target = head(client.getInputStream()).split(" ", 3)[1];
            asked.add(target);
            String no = refusal;
            if (!no.isEmpty()) {
                String answer = "HTTP/1.1 " + no + "\r\nContent-Length: 0\r\n\r\n";
                client.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
                return;
            }
            int colon = target.lastIndexOf(':');
            try (var server = new Socket(target.substring(0, colon), Integer.parseInt(target.substring(colon + 1)))) {
                client.getOutputStream().write("HTTP/1.1 200 OK\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                Thread up = Thread.ofVirtual().start(() -> pump(client, server));
                pump(server, client);
                up.interrupt();
            }
        } catch (IOException e) {
            // One end went away: the test sees it at its own end.
        }
    }

    private static String head(InputStream in) throws IOException {
        var head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            head.append((char) in.read());
        }
        return head.toString();
    }

    private static void pump(Socket from, Socket to) {
        try {
            from.getInputStream().transferTo(to.getOutputStream());
        } catch (IOException e) {
            // One end went away: the tunnel ends.
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }
}
