package aiguillage.hub.door;

import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SSLEngine;
import org.eclipse.jetty.io.ByteBufferPool;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.ssl.SslConnection;
import org.eclipse.jetty.io.ssl.SslHandshakeListener;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;

/// A TLS connection whose handshake runs on the threads for it. All else runs as in any other.
final class TlsConnection extends SslConnection {

    private static final long NOT_WAITING = 0;

    private final Handshakes handshakes;
    private final AtomicLong waitingSinceNanos = new AtomicLong(NOT_WAITING);
    private final AtomicLong waitedNanos = new AtomicLong();
    private volatile boolean begun;
    private volatile boolean over;

    private TlsConnection(
            ByteBufferPool buffers,
            Executor executor,
            SslContextFactory.Server tls,
            EndPoint end,
            SSLEngine engine,
            Handshakes handshakes) {
        super(buffers, executor, tls, end, engine);
        this.handshakes = handshakes;
        addHandshakeListener(new SslHandshakeListener() {
            @Override
            public void handshakeSucceeded(Event event) {
                over = true;
            }

            @Override
            public void handshakeFailed(Event event, Throwable failure) {
                over = true;
            }
        });
    }

    /// Makes such connections.
    static final class Factory extends SslConnectionFactory {

        private final Handshakes handshakes;

        Factory(SslContextFactory.Server tls, String next, Handshakes handshakes) {
            super(tls, next);
            this.handshakes = handshakes;
        }

        @Override
        protected SslConnection newSslConnection(Connector connector, EndPoint end, SSLEngine engine) {
            return new TlsConnection(
                    connector.getByteBufferPool(),
                    connector.getExecutor(),
                    getSslContextFactory(),
                    end,
                    engine,
                    handshakes);
        }
    }

    @Override
    public void onFillable() {
        if (over) {
            super.onFillable();
            return;
        }
        waitingSinceNanos.set(Math.max(1, System.nanoTime()));
        handshakes.execute(begun, this::step);
    }

    private void step() {
        long since = waitingSinceNanos.getAndSet(NOT_WAITING);
        waitedNanos.addAndGet(System.nanoTime() - since);
        begun = true;
        super.onFillable();
    }

    /// How long its handshake has waited for a thread of ours; the other end cannot help that.
    long waitedMillis() {
        long since = waitingSinceNanos.get();
        long now = since == NOT_WAITING ? 0 : System.nanoTime() - since;
        return (waitedNanos.get() + now) / 1_000_000;
    }
}
