package aiguillage.hub.ftps;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.security.cert.Certificate;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One data connection: a port that waits for it, then the connection. [#close], [#isForgotten] and [#sweep]
/// may come from any thread, at any time; all else is for one.
final class DataConnection implements AutoCloseable {

    /// How long it is waited for.
    static final Duration COMES_WITHIN = Duration.ofSeconds(30);

    /// How long its handshake may take.
    static final Duration HANDSHAKE_MAX = Duration.ofSeconds(5);

    /// How long each part of the data may take to come.
    static final Duration SILENT_MAX = Duration.ofSeconds(60);

    /// When one came that is not the party's, the party's own may be right behind it.
    private static final Duration NEXT_COMES_WITHIN = Duration.ofSeconds(2);

    private static final Duration LINGERS = Duration.ofSeconds(1);

    private static final Logger LOG = LoggerFactory.getLogger(DataConnection.class);

    private final ServerSocket port;
    private final Runnable left;
    private final AtomicBoolean isPortClosed = new AtomicBoolean();
    private final long opened = System.nanoTime();
    private volatile @Nullable Socket line;
    private @Nullable StrictSocket strict;
    private volatile @Nullable Handshake handshake;
    private volatile boolean isClosed;
    private @Nullable SSLSocket tls;

    private record Handshake(Socket line, long began) {}

    /// @param left runs once, when the port is closed
    DataConnection(ServerSocket port, Runnable left) {
        this.port = port;
        this.left = left;
    }

    int port() {
        return port.getLocalPort();
    }

    /// Waits for the connection, and takes none but its party's.
    ///
    /// @param from the address of the control connection
    /// @param securing makes TLS of it
    /// @throws NotTheirs when only others came, or one that does not prove whose it is
    /// @throws IOException when none came
    void accept(InetAddress from, Securing securing) throws IOException {
        long until = System.nanoTime() + COMES_WITHIN.toNanos();
        boolean wasOther = false;
        while (true) {
            long left = Duration.ofNanos(until - System.nanoTime()).toMillis();
            if (left <= 0) {
                throw wasOther ? new NotTheirs() : new SocketTimeoutException("no data connection came in time");
            }
            port.setSoTimeout(Math.toIntExact(left));
            Socket came;
            try {
                came = port.accept();
            } catch (SocketTimeoutException e) {
                continue; // told above
            }
            if (!came.getInetAddress().equals(from)) {
                close(came);
                continue; // nobody elsewhere changes anything
            }
            if (isTheirs(came, securing)) {
                closePort();
                return;
            }
            turnAway(came);
            wasOther = true;
            until = Math.min(until, System.nanoTime() + NEXT_COMES_WITHIN.toNanos());
        }
    }

    private boolean isTheirs(Socket came, Securing securing) throws IOException {
        line = came;
        if (isClosed) {
            came.close();
            throw new IOException("ended before it began");
        }
        came.setSoTimeout(Math.toIntExact(SILENT_MAX.toMillis()));
        came.setTcpNoDelay(true);
        try {
            var below = new StrictSocket(came);
            strict = below;
            SSLSocket secured = securing.secured(below);
            handshake = new Handshake(came, System.nanoTime());
            secured.startHandshake();
            tls = secured;
            return securing.isTheirs(secured.getSession());
        } catch (IOException e) {
            if (isClosed) {
                throw e;
            }
            return false;
        } finally {
            handshake = null;
        }
    }

    /// Says by TLS that it is over, where there is any, so that a program reads why on the control connection
    /// instead of failing before.
    private void turnAway(Socket came) throws IOException {
        try (came) {
            if (tls != null) {
                end();
                linger();
            }
        } catch (IOException e) {
            LOG.atTrace().setCause(e).log("A data connection of somebody else broke.");
        } finally {
            tls = null;
            line = null;
        }
    }

    /// How a data connection becomes TLS, and whose it is.
    interface Securing {
        SSLSocket secured(Socket line) throws IOException;

        boolean isTheirs(SSLSession session);
    }

    /// The same TLS session, resumed, or the same certificate. Sessions are made by a context that only this
    /// control connection has, so one that began when its did is its own.
    static boolean isSame(SSLSession control, SSLSession data) {
        return control.getCreationTime() == data.getCreationTime() || isSameCertificate(control, data);
    }

    private static boolean isSameCertificate(SSLSession control, SSLSession data) {
        try {
            Certificate[] expected = control.getPeerCertificates();
            Certificate[] shown = data.getPeerCertificates();
            return expected.length > 0 && Arrays.equals(expected, shown);
        } catch (SSLPeerUnverifiedException none) {
            return false;
        }
    }

    /// Only connections came that do not prove that they are the party's.
    static final class NotTheirs extends IOException {

        @java.io.Serial
        private static final long serialVersionUID = 1;

        NotTheirs() {
            super(
                    "the data connection neither resumed the control connection's TLS session nor showed its certificate");
        }
    }

    /// Its end is told only if TLS was closed as it should be; everything else is an [IOException].
    InputStream in() throws IOException {
        return open().getInputStream();
    }

    OutputStream out() throws IOException {
        speak();
        return open().getOutputStream();
    }

    private void speak() throws IOException {
        if (strict != null) {
            strict.speak();
        }
    }

    private SSLSocket open() throws IOException {
        if (tls == null) {
            throw new IOException("no data connection is open");
        }
        return tls;
    }

    /// Whether nobody has asked for it in time.
    boolean isForgotten(long now) {
        return now - opened > COMES_WITHIN.toNanos();
    }

    /// Ends a handshake that does not get on, so that the next to come has its turn.
    void sweep(long now) {
        Handshake going = handshake;
        if (going != null && now - going.began > HANDSHAKE_MAX.toNanos()) {
            close(going.line);
        }
    }

    /// Says by TLS that nothing more comes, so that the other end knows that it has all. Not by closing: the
    /// JDK then says before that it was cancelled, which GnuTLS takes for a failure.
    void end() throws IOException {
        speak();
        open().shutdownOutput();
        Socket open = line;
        if (open != null && !open.isOutputShutdown()) {
            open.shutdownOutput();
        }
    }

    /// Waits a moment for the other end to close: a connection that is closed before all of it was read takes
    /// with it what is still on its way.
    void linger() {
        Socket open = line;
        if (open == null || isClosed) {
            return;
        }
        try {
            open.setSoTimeout(Math.toIntExact(LINGERS.toMillis()));
            long until = System.nanoTime() + LINGERS.toNanos();
            InputStream in = open.getInputStream();
            var rest = new byte[4_096];
            while (in.read(rest) >= 0 && System.nanoTime() < until) {
                // what comes now is of no use
            }
        } catch (IOException e) {
            LOG.atTrace().setCause(e).log("A data connection was not closed by its other end.");
        }
    }

    /// Ends it, wherever it stands; the other end knows that something broke off.
    @Override
    public void close() {
        isClosed = true;
        closePort();
        Socket open = line;
        if (open != null) {
            close(open);
        }
    }

    private void closePort() {
        if (!isPortClosed.getAndSet(true)) {
            close(port);
            left.run();
        }
    }

    private static void close(AutoCloseable socket) {
        try {
            socket.close();
        } catch (Exception e) {
            LOG.atDebug().setCause(e).log("A data connection did not close cleanly.");
        }
    }
}
