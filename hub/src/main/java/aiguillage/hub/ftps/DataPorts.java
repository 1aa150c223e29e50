package aiguillage.hub.ftps;

import aiguillage.protocol.PartyId;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.HashMap;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The ports on which data connections are waited for. Safe from any thread.
final class DataPorts {

    /// One party waits on a quarter of them at most.
    private static final int SHARE = 4;

    private static final int TRIES_MAX = 200;
    private static final int BACKLOG = 4;

    private static final Logger LOG = LoggerFactory.getLogger(DataPorts.class);

    private final PortRange range;
    private final RandomGenerator random;
    private final Seldom told = new Seldom();
    private final Map<PartyId, Integer> open = new HashMap<>(); // guarded by this

    /// @param random so that nobody knows which port is next
    DataPorts(PortRange range, RandomGenerator random) {
        this.range = range;
        this.random = random;
    }

    /// Opens one, on the address by which the other end has reached this machine. [#closed] must follow once it
    /// is closed.
    ///
    /// @throws IOException when all are taken, or the party's share is
    ServerSocket open(PartyId party, InetAddress local) throws IOException {
        taken(party);
        boolean isOpen = false;
        try {
            ServerSocket socket = open(local);
            isOpen = true;
            return socket;
        } finally {
            if (!isOpen) {
                closed(party);
            }
        }
    }

    private synchronized void taken(PartyId party) throws IOException {
        int of = open.getOrDefault(party, 0);
        if (!range.isAny() && of >= Math.max(1, range.count() / SHARE)) {
            throw new IOException(party + " waits on " + of + " ports, which is all that one party may");
        }
        open.put(party, of + 1);
    }

    /// One of the party's is closed.
    synchronized void closed(PartyId party) {
        open.computeIfPresent(party, (_, of) -> of == 1 ? null : of - 1);
    }

    private ServerSocket open(InetAddress local) throws IOException {
        int begin = random.nextInt(range.count());
        for (int i = 0; i < Math.min(range.count(), TRIES_MAX); i++) {
            var socket = new ServerSocket();
            try {
                socket.setReuseAddress(true);
                socket.bind(new InetSocketAddress(local, range.first() + (begin + i) % range.count()), BACKLOG);
                return socket;
            } catch (BindException taken) {
                socket.close();
            } catch (IOException e) {
                socket.close();
                throw e;
            }
        }
        if (told.isDue()) {
            LOG.atWarn()
                    .addKeyValue("ports", range)
                    .log("No port for data is free: give listen.ftps-data of hub.yaml a larger range.");
        }
        throw new IOException("no port of " + range + " is free");
    }
}
