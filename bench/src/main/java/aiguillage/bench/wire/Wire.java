package aiguillage.bench.wire;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;
import org.jspecify.annotations.Nullable;

/// One TLS connection. Only its loop's thread uses it.
public final class Wire {

    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final Loop loop;
    private final SocketChannel channel;
    private final SSLEngine engine;
    private final Peer peer;
    private final SelectionKey key;
    /// The beginning of a record whose end has not come.
    private byte @Nullable [] part;
    /// What the network has not taken yet.
    private @Nullable ByteBuffer unsent;

    private boolean open;
    private boolean over;

    Wire(Loop loop, InetSocketAddress server, SSLEngine engine, Peer peer) throws IOException {
        this.loop = loop;
        this.engine = engine;
        this.peer = peer;
        channel = SocketChannel.open();
        channel.configureBlocking(false);
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        channel.setOption(StandardSocketOptions.SO_LINGER, 0); // thousands at rest in TIME_WAIT would use up the ports
        boolean connected = channel.connect(server);
        key = channel.register(loop.selector(), connected ? 0 : SelectionKey.OP_CONNECT, this);
        if (connected) {
            begin();
        }
    }

    private void begin() throws IOException {
        key.interestOps(SelectionKey.OP_READ);
        engine.beginHandshake();
        shake();
    }

    /// Does what the selector says can be done.
    void ready() {
        try {
            if (key.isConnectable() && channel.finishConnect()) {
                begin();
            }
            if (key.isValid() && key.isWritable()) {
                flush();
            }
            if (key.isValid() && key.isReadable()) {
                read();
            }
        } catch (IOException | RuntimeException e) {
            lost(e instanceof IOException known ? known : new IOException(e));
        }
    }

    private void read() throws IOException {
        ByteBuffer in = loop.netIn();
        in.clear();
        if (part != null) {
            in.put(part);
            part = null;
        }
        int count = channel.read(in);
        if (count < 0) {
            throw new EOFException("the server closed the connection");
        }
        in.flip();
        while (!over && (isShaking() || in.hasRemaining())) {
            HandshakeStatus status = engine.getHandshakeStatus();
            if (status == HandshakeStatus.NEED_TASK || status == HandshakeStatus.NEED_WRAP) {
                shake();
            } else if (!in.hasRemaining() || !unwrap(in)) {
                break;
            }
        }
        if (over) {
            return;
        }
        if (in.hasRemaining()) {
            part = new byte[in.remaining()];
            in.get(part);
        }
        if (open) {
            peer.rest(this);
        }
    }

    private boolean isShaking() {
        return engine.getHandshakeStatus() != HandshakeStatus.NOT_HANDSHAKING;
    }

    /// @return false when a whole record is not there yet
    private boolean unwrap(ByteBuffer in) throws IOException {
        ByteBuffer plain = loop.plain();
        plain.clear();
        SSLEngineResult result = engine.unwrap(in, plain);
        if (result.getStatus() == Status.CLOSED) {
            throw new EOFException("the server ended the connection");
        }
        if (result.getStatus() == Status.BUFFER_UNDERFLOW) {
            return false;
        }
        if (result.bytesProduced() > 0) {
            plain.flip();
            peer.came(this, plain);
        } else if (open && result.bytesConsumed() > 0) {
            peer.confirmed(this);
        }
        return true;
    }

    /// Goes on with the handshake as far as it needs nothing from the server.
    private void shake() throws IOException {
        while (true) {
            switch (engine.getHandshakeStatus()) {
                case NEED_TASK -> {
                    for (Runnable task = engine.getDelegatedTask(); task != null; task = engine.getDelegatedTask()) {
                        task.run();
                    }
                }
                case NEED_WRAP -> wrap(NOTHING);
                case NEED_UNWRAP, NEED_UNWRAP_AGAIN, FINISHED, NOT_HANDSHAKING -> {
                    return;
                }
            }
        }
    }

    /// Sends all of this.
    public void send(ByteBuffer plain) throws IOException {
        while (plain.hasRemaining()) {
            wrap(plain);
        }
    }

    private void wrap(ByteBuffer plain) throws IOException {
        ByteBuffer out = loop.netOut();
        out.clear();
        SSLEngineResult result;
        do {
            result = engine.wrap(plain, out);
        } while (plain.hasRemaining() && result.getStatus() == Status.OK && out.remaining() > loop.packetBytes());
        if (result.getStatus() == Status.CLOSED) {
            throw new EOFException("the connection is closed");
        }
        out.flip();
        write(out);
        if (!open && result.getHandshakeStatus() == HandshakeStatus.FINISHED) {
            open = true;
            peer.open(this);
        }
    }

    private void write(ByteBuffer out) throws IOException {
        if (unsent == null) {
            channel.write(out);
        }
        if (out.hasRemaining()) {
            int before = unsent == null ? 0 : unsent.remaining();
            ByteBuffer more = ByteBuffer.allocate(before + out.remaining());
            if (unsent != null) {
                more.put(unsent);
            }
            unsent = more.put(out).flip();
            key.interestOps(SelectionKey.OP_READ | SelectionKey.OP_WRITE);
        }
    }

    private void flush() throws IOException {
        if (unsent != null) {
            channel.write(unsent);
            if (!unsent.hasRemaining()) {
                unsent = null;
                key.interestOps(SelectionKey.OP_READ);
            }
        }
    }

    private void lost(IOException why) {
        if (!over) {
            close();
            peer.lost(this, why);
        }
    }

    /// Ends it at once.
    public void close() {
        over = true;
        try {
            channel.close();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
