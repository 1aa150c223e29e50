package aiguillage.conformance.listen;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;

/// The line between a dealer's system and the practice hub: a relay of TCP on loopback that passes every byte,
/// until it is told to break. What is in the bytes it cannot see. Safe from any thread.
public final class Line implements AutoCloseable {

    private static final int BUFFER = 16_384;

    /// Connections at a time; a further one is closed at once.
    private static final int CONNECTIONS_MAX = 64;

    private final ServerSocket listener;
    private final InetSocketAddress hub;
    private final Set<Connection> connections = ConcurrentHashMap.newKeySet();
    private final Semaphore room = new Semaphore(CONNECTIONS_MAX);
    private final AtomicLong attempts = new AtomicLong();
    private volatile boolean hit;
    private volatile Trouble trouble = new Trouble(Kind.NONE, Long.MAX_VALUE);

    /// What the line does to the bytes.
    public enum Kind {
        /// It passes them.
        NONE,
        /// It breaks once so many came from the dealer's system; they still reach the hub.
        BREAKS,
        /// It gives nothing back any more once so many came from the dealer's system, until it is mended.
        LOSES_ANSWERS
    }

    /// @param bytes from the dealer's system, on one connection from now on; those of a TLS handshake, some
    ///     thousand, among them
    private record Trouble(Kind kind, long bytes) {}

    /// @param port 0 for a free one
    /// @param hubPort on loopback
    public Line(int port, int hubPort) throws IOException {
        listener = new ServerSocket(port, CONNECTIONS_MAX, InetAddress.getLoopbackAddress());
        hub = new InetSocketAddress(InetAddress.getLoopbackAddress(), hubPort);
        Thread.ofVirtual().name("line-" + listener.getLocalPort()).start(this::accept);
    }

    public int port() {
        return listener.getLocalPort();
    }

    /// How many times a dealer's system has tried to connect.
    public long attempts() {
        return attempts.get();
    }

    /// Makes trouble from now on.
    public void make(Kind kind, long bytes) {
        connections.forEach(Connection::countAnew);
        trouble = new Trouble(kind, bytes);
    }

    /// Whether the trouble has come over a connection.
    public boolean isBroken() {
        return hit;
    }

    /// Ends the trouble, and every connection that is open.
    public void mend() {
        trouble = new Trouble(Kind.NONE, Long.MAX_VALUE);
        hit = false;
        connections.forEach(Connection::close);
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket client = listener.accept();
                attempts.incrementAndGet();
                if (!room.tryAcquire()) {
                    client.close();
                    continue;
                }
                Thread.ofVirtual().start(() -> relay(client));
            } catch (IOException e) {
                if (!listener.isClosed()) {
                    throw new java.io.UncheckedIOException("the line's listener broke", e);
                }
            }
        }
    }

    private void relay(Socket client) {
        var upstream = new Socket();
        try {
            upstream.connect(hub);
            var connection = new Connection(client, upstream);
            connections.add(connection);
            Thread.ofVirtual().start(connection::fromHub);
            connection.fromClient();
        } catch (IOException hubAway) {
            closed(client); // as if the hub itself had not answered
            closed(upstream);
        } finally {
            room.release();
        }
    }

    private static void closed(Socket socket) {
        try {
            socket.close();
        } catch (IOException alreadyBroken) {
            assert socket.isClosed();
        }
    }

    /// One connection.
    private final class Connection {

        private final Socket client;
        private final Socket upstream;
        private volatile long fromClient;
        private volatile boolean isHit;

        Connection(Socket client, Socket upstream) {
            this.client = client;
            this.upstream = upstream;
        }

        void countAnew() {
            fromClient = 0;
        }

        void fromClient() {
            try (InputStream in = client.getInputStream();
                    OutputStream out = upstream.getOutputStream()) {
                var buffer = new byte[BUFFER];
                for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                    Trouble now = trouble;
                    long after = fromClient + read;
                    if (now.kind != Kind.NONE && after >= now.bytes) {
                        isHit = true;
                        hit = true;
                    }
                    int passed =
                            now.kind == Kind.BREAKS ? (int) Math.min(read, Math.max(0, now.bytes - fromClient)) : read;
                    out.write(buffer, 0, passed);
                    out.flush();
                    fromClient = after;
                    if (isHit && now.kind == Kind.BREAKS) {
                        break;
                    }
                }
            } catch (IOException oneSideIsGone) {
                closed(client); // and the other side is closed below
            } finally {
                close();
            }
        }

        void fromHub() {
            try (InputStream in = upstream.getInputStream();
                    OutputStream out = client.getOutputStream()) {
                var buffer = new byte[BUFFER];
                for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                    if (!isHit) {
                        out.write(buffer, 0, read);
                        out.flush();
                    }
                }
            } catch (IOException oneSideIsGone) {
                closed(upstream); // and the other side is closed below
            } finally {
                close();
            }
        }

        void close() {
            connections.remove(this);
            closed(client);
            closed(upstream);
        }
    }

    @Override
    public void close() {
        try {
            listener.close();
        } catch (IOException alreadyClosed) {
            assert listener.isClosed();
        }
        connections.forEach(Connection::close);
    }
}
