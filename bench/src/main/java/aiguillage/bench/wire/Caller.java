package aiguillage.bench.wire;

import aiguillage.pki.tls.MutualTls;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/// A connection on which the caller waits for each answer, HTTP/1.1. Not for several threads.
public final class Caller implements AutoCloseable {

    private static final Duration ANSWER_MAX = Duration.ofMinutes(2);
    private static final int BUFFER_BYTES = 64 << 10;
    private static final String LENGTH = "content-length:";

    private final Socket plain;
    private final SSLSocket socket;
    private final InputStream in;

    /// Connects and shakes hands.
    public Caller(SSLContext tls, int port) throws IOException {
        plain = new Socket(InetAddress.getLoopbackAddress(), port);
        plain.setTcpNoDelay(true);
        plain.setSoLinger(true, 0);
        socket = (SSLSocket) tls.getSocketFactory().createSocket(plain, "localhost", port, true);
        socket.setSoTimeout((int) ANSWER_MAX.toMillis());
        SSLParameters parameters = MutualTls.parameters(true);
        parameters.setEndpointIdentificationAlgorithm(null);
        parameters.setApplicationProtocols(new String[] {"http/1.1"});
        socket.setSSLParameters(parameters);
        socket.startHandshake();
        in = new BufferedInputStream(socket.getInputStream(), BUFFER_BYTES);
    }

    /// The head of an answer.
    ///
    /// @param length of the body, or −1 when the head does not tell
    public record Head(int status, long length, String text) {}

    /// Sends bytes, as a part of a request.
    public void send(byte[] bytes, int count) throws IOException {
        socket.getOutputStream().write(bytes, 0, count);
    }

    /// Sends a whole request and waits for its answer, whose body is dropped.
    ///
    /// @throws IOException when the status is another one
    public void call(byte[] request, int statusWanted) throws IOException {
        send(request, request.length);
        Head head = head();
        byte[] body = in.readNBytes(Math.toIntExact(Math.max(0, head.length)));
        require(head, statusWanted, body);
    }

    private static void require(Head head, int statusWanted, byte[] body) throws IOException {
        if (head.status != statusWanted) {
            throw new IOException(
                    "wanted " + statusWanted + ", got " + head.text + new String(body, StandardCharsets.UTF_8));
        }
    }

    /// Reads the head of an answer; its body is to be read from [#body].
    public Head head() throws IOException {
        var bytes = new ByteArrayOutputStream(512);
        int newLines = 0;
        while (newLines < 2) {
            int next = in.read();
            if (next < 0) {
                throw new EOFException("the server closed the connection");
            }
            bytes.write(next);
            newLines = next == '\n' ? newLines + 1 : next == '\r' ? newLines : 0;
        }
        String text = bytes.toString(StandardCharsets.US_ASCII);
        long length = text.toLowerCase(Locale.ROOT)
                .lines()
                .filter(line -> line.startsWith(LENGTH))
                .mapToLong(
                        line -> Long.parseLong(line.substring(LENGTH.length()).strip()))
                .findFirst()
                .orElse(-1);
        return new Head(Integer.parseInt(text.substring(9, 12)), length, text);
    }

    public InputStream body() {
        return in;
    }

    /// The bytes of a submission.
    public static byte[] submission(String sender, String flow, String id, byte[] payload) {
        byte[] head = submissionHead(sender, flow, id, payload.length);
        var request = new ByteArrayOutputStream(head.length + payload.length);
        request.writeBytes(head);
        request.writeBytes(payload);
        return request.toByteArray();
    }

    /// The same without its payload.
    public static byte[] submissionHead(String sender, String flow, String id, long length) {
        return ("POST /v1/documents HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/octet-stream\r\n"
                        + "Content-Length: " + length + "\r\nce-specversion: 1.0\r\nce-id: " + id + "\r\nce-source: "
                        + aiguillage.protocol.PartyId.URN_PREFIX + sender + "\r\nce-type: " + flow + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
    }

    /// Ends it at once. A TLS socket's own close would first read all that a stream has still to send.
    @Override
    public void close() throws IOException {
        plain.close();
    }
}
