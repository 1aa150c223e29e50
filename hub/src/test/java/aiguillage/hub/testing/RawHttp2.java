package aiguillage.hub.testing;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/// A connection on which a test says frame by frame what it wants: HTTP/2, well-formed or not. Header fields are
/// written plainly (HPACK literals), so any name and value can be said.
public final class RawHttp2 implements AutoCloseable {

    private static final int DATA = 0;
    private static final int HEADERS = 1;
    private static final int RESET = 3;
    private static final int SETTINGS = 4;
    private static final int PING = 6;
    private static final int GO_AWAY = 7;
    private static final int END_STREAM = 1;
    private static final int ACK = 1;
    private static final int END_HEADERS = 4;
    private static final int PATIENCE_MILLIS = 20_000;
    private static final String PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";

    private final SSLSocket socket;
    private final InputStream in;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    private RawHttp2(SSLSocket socket) throws IOException {
        this.socket = socket;
        this.in = new BufferedInputStream(socket.getInputStream());
    }

    public static RawHttp2 connected(SSLContext context, int port) throws IOException {
        var socket = (SSLSocket) context.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), port);
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setApplicationProtocols(new String[] {"h2"});
        socket.setSSLParameters(parameters);
        socket.setSoTimeout(PATIENCE_MILLIS);
        socket.startHandshake();
        var connection = new RawHttp2(socket);
        connection.out.writeBytes(PREFACE.getBytes(StandardCharsets.US_ASCII));
        connection.frame(SETTINGS, 0, 0, new byte[0]);
        return connection;
    }

    /// A request's header fields: names and values in turn.
    public RawHttp2 headers(int stream, boolean last, String... fields) {
        var block = new ByteArrayOutputStream();
        for (int i = 0; i < fields.length; i++) {
            if (i % 2 == 0) {
                block.write(0); // a literal that is not indexed, with a new name
            }
            byte[] text = fields[i].getBytes(StandardCharsets.ISO_8859_1);
            length(text.length, block);
            block.writeBytes(text);
        }
        return frame(HEADERS, END_HEADERS | (last ? END_STREAM : 0), stream, block.toByteArray());
    }

    private static void length(int length, ByteArrayOutputStream block) {
        if (length < 127) {
            block.write(length);
            return;
        }
        block.write(127);
        int rest = length - 127;
        for (; rest >= 128; rest >>>= 7) {
            block.write((rest & 127) | 128);
        }
        block.write(rest);
    }

    public RawHttp2 data(int stream, boolean last, byte[] bytes) {
        return frame(DATA, last ? END_STREAM : 0, stream, bytes);
    }

    private RawHttp2 frame(int type, int flags, int stream, byte[] payload) {
        byte[] head = ByteBuffer.allocate(9)
                .putInt((payload.length << 8) | type)
                .put((byte) flags)
                .putInt(stream)
                .array();
        out.writeBytes(head);
        out.writeBytes(payload);
        return this;
    }

    /// Sends what was said.
    public RawHttp2 send() throws IOException {
        socket.getOutputStream().write(out.toByteArray());
        socket.getOutputStream().flush();
        out.reset();
        return this;
    }

    /// Waits until the other end is done with a stream, or with the connection.
    ///
    /// @return `answered`, `reset`, `gone away` or `closed`
    public String outcome(int stream) {
        try {
            while (true) {
                ByteBuffer head = ByteBuffer.wrap(in.readNBytes(9));
                if (head.remaining() < 9) {
                    return "closed";
                }
                int first = head.getInt();
                int flags = head.get();
                int about = head.getInt();
                byte[] payload = in.readNBytes(first >>> 8);
                int type = first & 0xff;
                if (type == GO_AWAY) {
                    return "gone away";
                } else if (type == SETTINGS && flags != ACK) {
                    frame(SETTINGS, ACK, 0, new byte[0]).send();
                } else if (type == PING && flags != ACK) {
                    frame(PING, ACK, 0, payload).send();
                } else if (about == stream && type == RESET) {
                    return "reset";
                } else if (about == stream && (type == HEADERS || type == DATA) && (flags & END_STREAM) != 0) {
                    return "answered";
                }
            }
        } catch (IOException e) {
            return "closed"; // reset, or a TLS alert
        }
    }

    @Override
    public void close() throws IOException {
        socket.setSoTimeout(1); // a TLS socket would wait for the other end to close, too
        socket.close();
    }
}
