package aiguillage.hub.alerts;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;

/// Somebody's system that is told of alerts, on loopback: answers each call by the same line.
final class Receiver implements AutoCloseable {

    private final ServerSocket listener;
    private final String answer;
    private final BlockingQueue<String> bodies = new LinkedBlockingQueue<>();

    Receiver(SSLContext tls, String answer) throws IOException {
        this.answer = answer;
        listener = tls.getServerSocketFactory().createServerSocket(0, 10, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::serve);
    }

    URI uri() {
        return URI.create("https://localhost:" + listener.getLocalPort() + "/alerts?who=hub");
    }

    /// The next body, or null when none comes.
    String next() throws InterruptedException {
        return bodies.poll(20, TimeUnit.SECONDS);
    }

    boolean isIdle() {
        return bodies.isEmpty();
    }

    private void serve() {
        while (!listener.isClosed()) {
            try (Socket call = listener.accept()) {
                call.setSoTimeout(10_000);
                bodies.add(body(call));
                call.getOutputStream()
                        .write(("HTTP/1.1 " + answer + "\r\nLocation: https://elsewhere.example/\r\n"
                                        + "Content-Length: 0\r\n\r\n")
                                .getBytes(StandardCharsets.US_ASCII));
            } catch (SocketException closed) {
                return;
            } catch (IOException e) {
                bodies.add(e.toString());
            }
        }
    }

    private static String body(Socket call) throws IOException {
        var in = new BufferedReader(new InputStreamReader(call.getInputStream(), StandardCharsets.UTF_8));
        int length = 0;
        for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
            if (line.startsWith("Content-Length: ")) {
                length = Integer.parseInt(line.substring(16));
            }
        }
        char[] body = new char[length];
        int read = 0;
        while (read < length) {
            int more = in.read(body, read, length - read);
            if (more < 0) {
                throw new IOException("the body ends early");
            }
            read += more;
        }
        return new String(body);
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }
}
