package aiguillage.faults;

import aiguillage.hub.testing.Heap;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;

/// Strangers that connect and say nothing, or begin a handshake and go no further.
final class HalfOpen implements Fault {

    /// As many as this machine lets two processes open, when that is fewer.
    private static final int PER_ADDRESS = 5_000;

    private static final byte[] BEGUN = {0x16, 3, 1, 2, 0, 1, 0, 1};

    @Override
    public String name() {
        return "half-open";
    }

    @Override
    public String promised() {
        return "strangers are dropped after 10 s; others are served meanwhile";
    }

    @Override
    public void run(Site site, Scale scale, Row row) throws Exception {
        site.startAll();
        site.awaitRecovery(name());
        var open = new ArrayList<Socket>();
        try (var probe = new Probe(site, name())) {
            Probe.Took before = probe.during(scale.busy().dividedBy(2));
            long heapBefore = Heap.usedBytes(site.hub().pid());
            long from = System.nanoTime();
            for (int i = 0; i < scale.connections(); i++) {
                open.add(opened(site, i));
            }
            Duration opening = Duration.ofNanos(System.nanoTime() - from);
            Probe.Took meanwhile = probe.during(scale.isFull() ? Duration.ofSeconds(6) : Duration.ofSeconds(2));
            long heap = Heap.usedBytes(site.hub().pid()) - heapBefore;
            try (var fresh = new Probe(site, name() + "-fresh")) {
                fresh.during(Duration.ofMillis(10)); // a new connection is let in
                row.probed.addAll(fresh.receipted());
            }
            Duration longest = scale.isFull() ? awaitDropped(open, from) : Duration.ZERO;
            row.injected = open.size() + " connections half-open, in " + opening.toMillis() + " ms";
            row.seen = "others: " + meanwhile + "; before " + before + "; heap grew by " + (heap >> 20) + " MB";
            row.recovery = scale.isFull() ? "all dropped " + longest.toMillis() + " ms after the first" : "";
            row.probed.addAll(probe.receipted());
        } finally {
            for (Socket socket : open) {
                socket.close();
            }
        }
        site.awaitRecovery(name());
    }

    /// From several addresses: the ports of one would not do.
    private static Socket opened(Site site, int number) throws IOException {
        var socket = new Socket();
        socket.bind(new InetSocketAddress(
                InetAddress.getByAddress(new byte[] {127, 0, 1, (byte) (1 + number / PER_ADDRESS)}), 0));
        socket.connect(
                new InetSocketAddress(
                        InetAddress.getLoopbackAddress(), site.hub().mainPort()),
                20_000);
        if (number % 2 == 0) {
            socket.getOutputStream().write(BEGUN);
        }
        return socket;
    }

    private static Duration awaitDropped(Iterable<Socket> open, long from) throws IOException {
        for (Socket socket : open) {
            socket.setSoTimeout(30_000);
            awaitEnd(socket);
        }
        return Duration.ofNanos(System.nanoTime() - from);
    }

    private static void awaitEnd(Socket socket) {
        try {
            while (socket.getInputStream().read() >= 0) {}
        } catch (SocketTimeoutException e) {
            throw new AssertionError("a half-open connection was kept for 30 s", e);
        } catch (IOException reset) {
            // ended as well
        }
    }
}
