package aiguillage.bench.load;

import aiguillage.pki.tls.MutualTls;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;
import javax.net.ssl.SSLParameters;

/// One dealer: a kept-alive mTLS connection with one request on its way at a time. Not for several threads.
final class Client implements AutoCloseable {

    private final SocketChannel channel;
    private final SSLEngine engine;
    private Request request = Request.empty();
    private final Answer answer = new Answer();
    private final ByteBuffer plainIn;
    private final ByteBuffer netIn;
    private final ByteBuffer netOut;
    private long sentNanos;
    private boolean waits;

    /// Connects and shakes hands; waits for it.
    Client(SSLContext tls, int port) throws IOException {
        channel = SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        engine = tls.createSSLEngine("localhost", port);
        engine.setUseClientMode(true);
        engine.setSSLParameters(parameters());
        netIn = ByteBuffer.allocateDirect(2 * engine.getSession().getPacketBufferSize());
        netOut = ByteBuffer.allocateDirect(2 * engine.getSession().getPacketBufferSize());
        plainIn = ByteBuffer.wrap(answer.bytes);
        engine.beginHandshake();
        while (engine.getHandshakeStatus() != HandshakeStatus.NOT_HANDSHAKING) {
            shake();
        }
    }

    private static SSLParameters parameters() {
        SSLParameters parameters = MutualTls.parameters(true);
        parameters.setApplicationProtocols(new String[] {"http/1.1"});
        return parameters;
    }

    private void shake() throws IOException {
        switch (engine.getHandshakeStatus()) {
            case NEED_TASK -> engine.getDelegatedTask().run();
            case NEED_WRAP -> write(ByteBuffer.allocate(0));
            case NEED_UNWRAP, NEED_UNWRAP_AGAIN -> {
                if (netIn.position() == 0 || unwrap() == Status.BUFFER_UNDERFLOW) {
                    readNet();
                }
            }
            case FINISHED, NOT_HANDSHAKING -> throw new AssertionError("the handshake is over");
        }
    }

    /// What it sends from now on.
    void take(Request next) {
        request = next;
    }

    void register(Selector selector) throws IOException {
        channel.configureBlocking(false);
        channel.register(selector, SelectionKey.OP_READ, this);
    }

    /// Sends the next request.
    void send() throws IOException {
        answer.clear();
        plainIn.clear();
        sentNanos = System.nanoTime();
        waits = true;
        write(ByteBuffer.wrap(request.next()));
    }

    /// Reads what has come.
    ///
    /// @return whether the answer is whole
    boolean receive() throws IOException {
        readNet();
        while (netIn.position() > 0) {
            int before = plainIn.position();
            Status status = unwrap();
            int came = plainIn.position() - before;
            if (came > 0 && answer.grew(came)) {
                waits = false;
                return true;
            }
            if (status == Status.BUFFER_UNDERFLOW) {
                return false;
            }
        }
        return false;
    }

    /// Whether a request is on its way.
    boolean waits() {
        return waits;
    }

    Answer answer() {
        return answer;
    }

    Request request() {
        return request;
    }

    /// When the request on its way was sent.
    long sentNanos() {
        return sentNanos;
    }

    private void readNet() throws IOException {
        if (channel.read(netIn) < 0) {
            throw new IOException("the server closed the connection");
        }
    }

    private Status unwrap() throws IOException {
        netIn.flip();
        var result = engine.unwrap(netIn, plainIn);
        netIn.compact();
        if (result.getStatus() == Status.BUFFER_OVERFLOW || result.getStatus() == Status.CLOSED) {
            throw new IOException("the server's answer could not be taken: " + result + " " + answer.text());
        }
        return result.getStatus();
    }

    /// A request is smaller than the socket's buffer, and only one is on its way: the loop ends at its first pass.
    private void write(ByteBuffer plain) throws IOException {
        netOut.clear();
        do {
            engine.wrap(plain, netOut);
        } while (plain.hasRemaining());
        netOut.flip();
        while (netOut.hasRemaining()) {
            channel.write(netOut);
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
