package aiguillage.pki.tls;

import java.nio.ByteBuffer;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLPeerUnverifiedException;

/// A TLS handshake in memory, without a network or threads.
final class Handshake {

    private static final int STEPS_MAX = 100;

    private final SSLEngine client;
    private final SSLEngine server;
    private final ByteBuffer toServer = ByteBuffer.allocate(64 * 1024);
    private final ByteBuffer toClient = ByteBuffer.allocate(64 * 1024);

    Handshake(SSLContext client, String dialled, SSLContext server) {
        this(client, dialled, server, MutualTls.parameters(true));
    }

    Handshake(SSLContext client, String dialled, SSLContext server, SSLParameters clients) {
        this.client = client.createSSLEngine(dialled, 443);
        this.client.setUseClientMode(true);
        this.client.setSSLParameters(clients);
        this.server = server.createSSLEngine();
        this.server.setUseClientMode(false);
        this.server.setSSLParameters(MutualTls.parameters(false));
    }

    /// Goes through with it.
    Handshake run() throws SSLException {
        client.beginHandshake();
        server.beginHandshake();
        for (int step = 0; step < STEPS_MAX; step++) {
            boolean moved = step(client, toClient, toServer);
            moved |= step(server, toServer, toClient);
            if (!moved && done(client) && done(server)) {
                return this;
            }
        }
        throw new AssertionError(
                "the handshake does not end: " + client.getHandshakeStatus() + " " + server.getHandshakeStatus());
    }

    private static boolean done(SSLEngine engine) {
        return engine.getHandshakeStatus() == HandshakeStatus.NOT_HANDSHAKING;
    }

    private static boolean step(SSLEngine engine, ByteBuffer in, ByteBuffer out) throws SSLException {
        boolean moved = false;
        for (Runnable task = engine.getDelegatedTask(); task != null; task = engine.getDelegatedTask()) {
            task.run();
            moved = true;
        }
        if (engine.getHandshakeStatus() == HandshakeStatus.NEED_WRAP) {
            engine.wrap(ByteBuffer.allocate(0), out);
            return true;
        }
        in.flip();
        if (in.hasRemaining()) {
            int before = in.remaining();
            engine.unwrap(in, ByteBuffer.allocate(64 * 1024));
            moved |= in.remaining() < before;
        }
        in.compact();
        return moved;
    }

    /// Whom the server sees.
    X509Certificate clientsCertificate() throws SSLPeerUnverifiedException {
        return (X509Certificate) server.getSession().getPeerCertificates()[0];
    }

    String protocol() {
        return client.getSession().getProtocol();
    }
}
