package aiguillage.bench.wire;

import aiguillage.pki.tls.MutualTls;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;

/// One thread with many connections. [#connect] and [#run] may be called from any thread.
public final class Loop implements AutoCloseable {

    private static final int BUFFER_BYTES = 128 << 10;
    private static final int PACKET_BYTES = 17 << 10;

    private final Selector selector;
    private final Thread thread;
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final ByteBuffer netIn = ByteBuffer.allocateDirect(BUFFER_BYTES);
    private final ByteBuffer netOut = ByteBuffer.allocateDirect(BUFFER_BYTES);
    private final ByteBuffer plain = ByteBuffer.allocate(BUFFER_BYTES);
    private volatile boolean closing;

    public Loop(String name) throws IOException {
        selector = Selector.open();
        thread = Thread.ofPlatform().name(name).start(this::turn);
    }

    private void turn() {
        try {
            while (!closing) {
                selector.select();
                for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
                    task.run();
                }
                for (SelectionKey key : selector.selectedKeys()) {
                    ((Wire) key.attachment()).ready();
                }
                selector.selectedKeys().clear();
            }
            for (SelectionKey key : selector.keys()) {
                ((Wire) key.attachment()).close();
            }
            selector.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Does something on the loop's thread, soon.
    public void run(Runnable task) {
        tasks.add(task);
        selector.wakeup();
    }

    /// Begins to connect to a server on this machine; the peer is told how it goes on.
    ///
    /// @param protocol what to speak behind TLS, as ALPN names it
    public void connect(SSLContext tls, int port, String protocol, Peer peer) {
        run(() -> {
            SSLEngine engine = tls.createSSLEngine("localhost", port);
            engine.setUseClientMode(true);
            SSLParameters parameters = MutualTls.parameters(true);
            parameters.setApplicationProtocols(new String[] {protocol});
            engine.setSSLParameters(parameters);
            try {
                new Wire(this, new InetSocketAddress(InetAddress.getLoopbackAddress(), port), engine, peer);
            } catch (IOException e) {
                throw new UncheckedIOException("no connection to port " + port + ": " + e.getMessage(), e);
            }
        });
    }

    Selector selector() {
        return selector;
    }

    ByteBuffer netIn() {
        return netIn;
    }

    ByteBuffer netOut() {
        return netOut;
    }

    ByteBuffer plain() {
        return plain;
    }

    int packetBytes() {
        return PACKET_BYTES;
    }

    /// Closes all connections and ends the thread.
    @Override
    public void close() {
        closing = true;
        selector.wakeup();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
