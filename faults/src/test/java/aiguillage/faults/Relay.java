package aiguillage.faults;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/// The line between gateways and hub: one address on loopback that stays, whatever becomes of the hub behind it.
/// When it is bad, connections stall, are reset, or end after some bytes in the middle of a record.
final class Relay implements AutoCloseable {

    private static final int CHUNK_BYTES = 16 << 10;
    private static final int UNTIL_FAULT_BYTES_MAX = 40_000;
    private static final int STALL_MILLIS_MAX = 3_000;

    private final ServerSocket listener;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private volatile int target;
    private volatile boolean bad;
    final AtomicInteger connections = new AtomicInteger();
    final AtomicInteger stalls = new AtomicInteger();
    final AtomicInteger resets = new AtomicInteger();
    final AtomicInteger cuts = new AtomicInteger();

    Relay() throws IOException {
        listener = new ServerSocket();
        listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1_000);
        Thread.ofVirtual().start(this::serve);
    }

    int port() {
        return listener.getLocalPort();
    }

    void leadsTo(int port) {
        target = port;
    }

    /// From now on every connection, also those that are open, meets a fault after a while.
    void isBad(boolean now) {
        bad = now;
    }

    private void serve() {
        while (!listener.isClosed()) {
            try {
                Socket client = listener.accept();
                Thread.ofVirtual().start(() -> tunnel(client));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void tunnel(Socket client) {
        open.add(client);
        try (client;
                Socket server = new Socket(InetAddress.getLoopbackAddress(), target)) {
            open.add(server);
            connections.incrementAndGet();
            client.setTcpNoDelay(true);
            server.setTcpNoDelay(true);
            Thread back = Thread.ofVirtual().start(() -> pump(server, client));
            pump(client, server);
            back.join();
            open.remove(server);
        } catch (IOException e) {
            // The hub is not there: the gateway sees a connection that ends.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            open.remove(client);
        }
    }

    private void pump(Socket from, Socket to) {
        var random = new Random();
        var chunk = new byte[CHUNK_BYTES];
        long until = random.nextInt(UNTIL_FAULT_BYTES_MAX);
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int n = in.read(chunk); n >= 0; n = in.read(chunk)) {
                if (bad) {
                    until -= n;
                    if (until < 0) {
                        until = random.nextInt(UNTIL_FAULT_BYTES_MAX);
                        if (!fault(random, chunk, n, out, from, to)) {
                            return;
                        }
                        continue;
                    }
                }
                out.write(chunk, 0, n);
            }
        } catch (IOException e) {
            // One end went away; the other sees it now.
        }
    }

    /// @return whether the connection goes on
    private boolean fault(Random random, byte[] chunk, int n, OutputStream out, Socket from, Socket to)
            throws IOException {
        int kind = random.nextInt(3);
        if (kind == 0) {
            stalls.incrementAndGet();
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(random.nextInt(STALL_MILLIS_MAX)));
            out.write(chunk, 0, n);
            return true;
        }
        if (kind == 1) {
            resets.incrementAndGet();
            from.setSoLinger(true, 0);
            to.setSoLinger(true, 0);
        } else {
            cuts.incrementAndGet();
            out.write(chunk, 0, random.nextInt(n));
        }
        return false;
    }

    @Override
    public void close() throws IOException {
        listener.close();
        for (Socket socket : open) {
            socket.close();
        }
    }
}
