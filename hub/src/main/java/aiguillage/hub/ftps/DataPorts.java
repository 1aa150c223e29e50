package aiguillage.hub.ftps;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.random.RandomGenerator;

/// The ports on which data connections are waited for. Safe from any thread.
final class DataPorts {

    private static final int TRIES_MAX = 200;
    private static final int BACKLOG = 4;

    private final PortRange range;
    private final RandomGenerator random;

    /// @param random so that nobody knows which port is next
    DataPorts(PortRange range, RandomGenerator random) {
        this.range = range;
        this.random = random;
    }

    /// Opens one, on the address by which the other end has reached this machine.
    ///
    /// @throws IOException when all are taken
    ServerSocket open(InetAddress local) throws IOException {
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
        throw new IOException("no port of " + range + " is free");
    }
}
