package aiguillage.hub.testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import javax.net.ssl.SSLContext;

/// A connection on which a test says byte by byte what it wants: HTTP/1.1, well-formed or not.
public final class RawConnection implements AutoCloseable {

    private static final int PATIENCE_MILLIS = 40_000;

    private final Socket socket;
    private final InputStream in;

    private RawConnection(Socket socket) throws IOException {
        this.socket = socket;
        socket.setSoTimeout(PATIENCE_MILLIS);
        socket.setTcpNoDelay(true);
        this.in = socket.getInputStream();
    }

    /// With TLS; the handshake begins with the first byte sent.
    public static RawConnection tls(SSLContext context, int port) throws IOException {
        return new RawConnection(context.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), port));
    }

    /// Without TLS.
    public static RawConnection plain(int port) throws IOException {
        return new RawConnection(new Socket(InetAddress.getLoopbackAddress(), port));
    }

    public RawConnection send(String text) throws IOException {
        return send(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    public RawConnection send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        socket.getOutputStream().flush();
        return this;
    }

    /// The head of a submission, without the lines that say how long its body is.
    public static String submission(String sender, String flow, String id) {
        return "POST /v1/documents HTTP/1.1\r\nHost: localhost\r\nce-specversion: 1.0\r\nce-id: " + id
                + "\r\nce-source: urn:aiguillage:party:" + sender + "\r\nce-type: " + flow + "\r\n";
    }

    /// Status line and headers, in lower case; empty when the connection ended instead.
    public String head() throws IOException {
        return until("\r\n\r\n").toLowerCase(Locale.ROOT);
    }

    /// What comes up to and with this text; empty when the connection ends before.
    public String until(String end) throws IOException {
        var text = new ByteArrayOutputStream();
        for (int one = read(); one >= 0; one = read()) {
            text.write(one);
            if (one == end.charAt(end.length() - 1)
                    && text.toString(StandardCharsets.ISO_8859_1).endsWith(end)) {
                return text.toString(StandardCharsets.UTF_8);
            }
        }
        return "";
    }

    /// A whole answer with a Content-Length: head in lower case, then the body. Empty when there is none.
    public String answer() throws IOException {
        String head = head();
        int at = head.indexOf("content-length: ");
        if (at < 0) {
            return head;
        }
        int from = at + "content-length: ".length();
        int length = Integer.parseInt(head.substring(from, head.indexOf('\r', from)));
        return head + new String(in.readNBytes(length), StandardCharsets.UTF_8);
    }

    /// Whether the other end closes within this time, whatever it says before.
    public boolean endsWithin(Duration time) throws IOException {
        long until = System.nanoTime() + time.toNanos();
        while (true) {
            long left = (until - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                return false;
            }
            socket.setSoTimeout(Math.toIntExact(left));
            try {
                if (in.read() < 0) {
                    return true;
                }
            } catch (SocketTimeoutException e) {
                return false;
            } catch (IOException e) {
                return true; // reset, or a TLS alert
            }
        }
    }

    private int read() throws IOException {
        try {
            return in.read();
        } catch (SocketTimeoutException e) {
            throw e;
        } catch (IOException e) {
            return -1; // reset, or a TLS alert
        }
    }

    @Override
    public void close() throws IOException {
        if (!socket.isClosed()) {
            socket.setSoTimeout(1); // a TLS socket would wait for the other end to close, too
            socket.close();
        }
    }
}
