package aiguillage.hub.ftps;

import aiguillage.hub.files.FileTrees;
import aiguillage.hub.login.Logins;
import aiguillage.hub.login.Places;
import aiguillage.hub.presence.Door;
import aiguillage.hub.presence.Presence;
import aiguillage.hub.quota.Quotas;
import aiguillage.hub.trust.Trust;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.UnknownHostException;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The listener for FTP over TLS.
public final class FtpsDoor implements AutoCloseable {

    private static final int BACKLOG = 128;
    private static final long PAUSE_NANOS = 100_000_000;

    private static final Logger LOG = LoggerFactory.getLogger(FtpsDoor.class);

    private final Parts parts;
    private final Places<FtpConnection> places;
    private final FtpConnection.Parts shared;
    private final ServerSocket listener;
    private final Seldom told = new Seldom();

    /// Where it listens and what it works with.
    ///
    /// @param ports for data connections
    /// @param announced the address that `PASV` tells; null: that by which a connection came
    /// @param tls makes a context for one connection; a client certificate is checked where one is shown
    /// @param waiting runs what may wait, each on its own thread
    /// @param onFailure told of what nobody foresaw
    public record Parts(
            InetSocketAddress listen,
            PortRange ports,
            @Nullable InetAddress announced,
            Supplier<SSLContext> tls,
            FileTrees trees,
            Trust trust,
            Logins logins,
            Quotas quotas,
            Presence presence,
            RandomGenerator random,
            Executor waiting,
            Consumer<Throwable> onFailure) {}

    /// Opens the listener; nobody is let in before [#start].
    ///
    /// @throws IOException when its address is in use or not ours
    public FtpsDoor(Parts parts) throws IOException {
        if (parts.listen.isUnresolved()) {
            throw new IOException("listen.ftps of hub.yaml: " + parts.listen.getHostString()
                    + " is no host that this machine knows; write an address of its own, as in 0.0.0.0:8021");
        }
        this.parts = parts;
        this.places = new Places<>(parts.quotas, parts.presence, Door.FTPS);
        this.shared = new FtpConnection.Parts(
                parts.trees,
                parts.trust,
                parts.logins,
                places,
                new DataPorts(parts.ports, parts.random),
                parts.announced,
                parts.waiting,
                parts.onFailure);
        this.listener = new ServerSocket();
        try {
            listener.setReuseAddress(true);
            listener.bind(parts.listen, BACKLOG);
        } catch (IOException e) {
            listener.close();
            throw new IOException(
                    "listen.ftps of hub.yaml: " + parts.listen + " cannot be listened on: " + e.getMessage(), e);
        }
    }

    /// The address to announce, as `listen.ftps-address` has it; may ask the network for it.
    ///
    /// @throws IOException when it is none, or not of IPv4
    public static @Nullable InetAddress announced(@Nullable String text) throws IOException {
        if (text == null) {
            return null;
        }
        try {
            if (InetAddress.getByName(text) instanceof Inet4Address address) {
                return address;
            }
        } catch (UnknownHostException e) {
            throw new IOException(noAddress(text), e);
        }
        throw new IOException(noAddress(text));
    }

    private static String noAddress(String text) {
        return "listen.ftps-address of hub.yaml: " + text
                + " is no IPv4 address; write the one by which parties reach this machine, as in 203.0.113.5";
    }

    /// Lets connections in.
    public void start() {
        parts.waiting.execute(this::accept);
        LOG.atInfo().addKeyValue("port", port()).log("The FTPS door is open.");
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                come(listener.accept());
            } catch (IOException | RuntimeException e) {
                if (!listener.isClosed()) {
                    if (told.isDue()) {
                        LOG.atWarn().setCause(e).log("An FTPS connection could not be taken; later ones may be.");
                    }
                    LockSupport.parkNanos(PAUSE_NANOS); // it may be that nothing is left to take it with
                }
            }
        }
    }

    private void come(Socket line) throws IOException {
        FtpConnection connection;
        try {
            connection = new FtpConnection(line, shared, parts.tls.get());
        } catch (RuntimeException e) {
            line.close();
            throw e;
        }
        FtpConnection displaced = places.came(connection, line.getInetAddress());
        if (displaced != null) {
            displaced.close();
        }
        if (listener.isClosed()) { // the door may have closed all others by now
            left(connection);
            return;
        }
        try {
            parts.waiting.execute(connection);
        } catch (RuntimeException e) {
            left(connection);
            throw e;
        }
    }

    private void left(FtpConnection connection) {
        places.left(connection);
        connection.close();
    }

    public int port() {
        return listener.getLocalPort();
    }

    /// Ends connections that do not get on, and those of parties that would not be let in any more; to be
    /// called several times a second.
    public void sweep() {
        places.all().forEach(FtpConnection::sweep);
    }

    /// Closes the listener and every connection; what came of files stays, to be resumed.
    @Override
    public void close() {
        try {
            listener.close();
        } catch (IOException e) {
            LOG.atWarn().setCause(e).log("The FTPS door's listener did not close; the hub stops all the same.");
        }
        places.all().forEach(FtpConnection::close);
    }
}
