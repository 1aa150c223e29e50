package aiguillage.conformance.driver;

import aiguillage.pki.tls.MutualTls;
import aiguillage.pki.tls.PartyKeyManager;
import aiguillage.pki.tls.PartyTrustManager;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/// One connection by HTTP/1.1 over TLS, of which each byte is in the caller's hand: it can be slow, and it can
/// break. Opened by the first request, and again after it broke. For one thread.
final class HttpLine implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /// A whole answer may take so many times what its next byte may.
    private static final int PATIENCE_FOR_ALL = 4;

    private static final int PIECE_BYTES = 16_384;
    private static final int PIECES = 5;
    private static final int PAUSE_MILLIS = 60;
    private static final int HEAD_LINES_MAX = 200;
    private static final int HEAD_LINE_BYTES_MAX = 65_536;
    private static final int ANSWER_BYTES_MAX = 32 << 20;
    private static final int CONTINUES_MAX = 10;

    private final Place place;
    private final Duration patience;
    private final SSLSocketFactory sockets;
    private @Nullable SSLSocket socket;
    private @Nullable InputStream in;
    private @Nullable X509Certificate peer;
    private long answerDue;

    HttpLine(Identity identity, Place place) {
        this(identity, place, PATIENCE);
    }

    /// @param patience how long the next byte may take
    HttpLine(Identity identity, Place place, Duration patience) {
        this.place = place;
        this.patience = patience;
        var keys = identity.credential() == null ? null : new PartyKeyManager(identity.credential());
        this.sockets = MutualTls.context(keys, new PartyTrustManager(place.anchors(), InstantSource.system()))
                .getSocketFactory();
    }

    /// What came back.
    ///
    /// @param headers by their names in lower case
    record Answer(int status, Map<String, String> headers, byte[] body) {

        String text() {
            return new String(body, StandardCharsets.UTF_8);
        }
    }

    /// The other end does not take this caller: TLS said so, or nothing at all came.
    static final class Closed extends IOException {

        private static final long serialVersionUID = 1;

        Closed(String how, Throwable cause) {
            super(how, cause);
        }
    }

    /// The line was broken on purpose.
    static final class Cut extends IOException {

        private static final long serialVersionUID = 1;

        Cut(String how) {
            super(how);
        }
    }

    /// The certificate that the other end showed last; null before the first request.
    @Nullable
    X509Certificate peer() {
        return peer;
    }

    Answer get(String path) throws IOException {
        return ask("GET", path, Map.of(), List.of(), Manner.AT_ONCE);
    }

    Answer post(String path, Map<String, String> headers, List<byte[]> body, Manner manner) throws IOException {
        return ask("POST", path, headers, body, manner);
    }

    private Answer ask(String method, String path, Map<String, String> headers, List<byte[]> body, Manner manner)
            throws IOException {
        boolean wasOpen = socket != null;
        try {
            return exchange(method, path, headers, body, manner);
        } catch (Cut cut) {
            close();
            throw cut;
        } catch (Closed e) {
            close();
            if (!wasOpen) {
                throw e;
            }
            return exchange(method, path, headers, body, manner); // an idle line may have ended meanwhile
        } catch (IOException e) {
            close();
            throw e;
        }
    }

    private Answer exchange(String method, String path, Map<String, String> headers, List<byte[]> body, Manner manner)
            throws IOException {
        SSLSocket line = connected();
        long length = body.stream().mapToLong(part -> part.length).sum();
        var head = new StringBuilder(method + " " + path + " HTTP/1.1\r\nHost: " + place.main() + "\r\n");
        headers.forEach(
                (name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
        if (method.equals("POST")) {
            head.append("Content-Length: ").append(length).append("\r\n");
        }
        OutputStream out = line.getOutputStream();
        IOException notAllTaken = null;
        try {
            out.write(head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
            send(out, body, length, manner);
        } catch (Cut cut) {
            throw cut;
        } catch (IOException e) {
            notAllTaken = e; // who refuses early answers before all is sent
        }
        if (manner == Manner.CUT_BEFORE_ANSWER) {
            throw new Cut("the line was cut before the answer");
        }
        answerDue = System.nanoTime() + PATIENCE_FOR_ALL * patience.toNanos();
        try {
            return answer();
        } catch (IOException e) {
            if (notAllTaken != null) {
                e.addSuppressed(notAllTaken);
            }
            // In TLS 1.3 a client learns after its handshake that its certificate is not taken (RFC 8446, 4.4.2.4), and
            // the alert can be lost.
            boolean isClosed = e instanceof SSLException || e instanceof EOFException || e instanceof SocketException;
            throw isClosed ? new Closed("the other end closed the line: " + e.getMessage(), e) : e;
        }
    }

    private static void send(OutputStream out, List<byte[]> body, long length, Manner manner) throws IOException {
        var whole = new ByteArrayOutputStream((int) length);
        body.forEach(whole::writeBytes);
        byte[] bytes = whole.toByteArray();
        switch (manner) {
            case AT_ONCE, CUT_BEFORE_ANSWER -> out.write(bytes);
            case CUT_HALF_WAY -> {
                out.write(bytes, 0, bytes.length / 2);
                out.flush();
                throw new Cut("the line was cut half-way");
            }
            case SLOWLY -> {
                for (int i = 0; i < PIECES; i++) {
                    int from = (int) ((long) bytes.length * i / PIECES);
                    out.write(bytes, from, (int) ((long) bytes.length * (i + 1) / PIECES) - from);
                    out.flush();
                    Pause.millis(PAUSE_MILLIS);
                }
            }
        }
        out.flush();
    }

    private SSLSocket connected() throws IOException {
        SSLSocket open = socket;
        if (open != null) {
            return open;
        }
        var plain = new Socket();
        try {
            plain.connect(place.main().socketAddress(), (int) patience.toMillis());
            plain.setSoTimeout((int) patience.toMillis());
            plain.setTcpNoDelay(true);
            SSLSocket line = (SSLSocket) sockets.createSocket(
                    plain, place.main().host(), place.main().port(), true);
            line.setSSLParameters(MutualTls.parameters(true));
            line.startHandshake();
            peer = line.getSession().getPeerCertificates()[0] instanceof X509Certificate shown ? shown : null;
            socket = line;
            in = new BufferedInputStream(line.getInputStream());
            return line;
        } catch (ConnectException e) {
            plain.close();
            throw e;
        } catch (SSLException | SocketException e) {
            plain.close();
            throw new Closed("the TLS handshake failed: " + e.getMessage(), e);
        } catch (IOException e) {
            plain.close();
            throw e;
        }
    }

    private Answer answer() throws IOException {
        String status = line();
        for (int i = 0; status.startsWith("HTTP/1.1 100"); i++) {
            if (i == CONTINUES_MAX) {
                throw new DealerDriver.Unintelligible("it says 100 Continue without end");
            }
            headers();
            status = line();
        }
        String[] words = status.split(" ", 3);
        if (words.length < 2 || !words[0].startsWith("HTTP/1.") || !words[1].matches("[1-5][0-9][0-9]")) {
            throw new DealerDriver.Unintelligible("no status line of HTTP/1.1: " + status);
        }
        Map<String, String> headers = headers();
        byte[] body = body(headers);
        if ("close".equalsIgnoreCase(headers.get("connection"))) {
            close();
        }
        return new Answer(Integer.parseInt(words[1]), headers, body);
    }

    private Map<String, String> headers() throws IOException {
        Map<String, String> headers = new TreeMap<>();
        int lines = 0;
        for (String line = line(); !line.isEmpty(); line = line()) {
            int colon = line.indexOf(':');
            if (colon < 1 || ++lines > HEAD_LINES_MAX) {
                throw new DealerDriver.Unintelligible("no header of HTTP: " + line);
            }
            headers.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
        }
        return headers;
    }

    private byte[] body(Map<String, String> headers) throws IOException {
        if ("chunked".equalsIgnoreCase(headers.get("transfer-encoding"))) {
            var body = new ByteArrayOutputStream();
            for (int size = chunkBytes(body.size()); size > 0; size = chunkBytes(body.size())) {
                body.writeBytes(bytes(size));
                line();
            }
            line();
            return body.toByteArray();
        }
        return bytes(number(headers.getOrDefault("content-length", "0"), 10, ANSWER_BYTES_MAX));
    }

    private int chunkBytes(int before) throws IOException {
        return number(line().split(";", 2)[0].strip(), 16, ANSWER_BYTES_MAX - before);
    }

    private static int number(String text, int radix, int most) {
        try {
            int number = Integer.parseUnsignedInt(text, radix);
            if (number >= 0 && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw new DealerDriver.Unintelligible("no length of HTTP: " + text, e);
        }
        throw new DealerDriver.Unintelligible("an answer larger than " + ANSWER_BYTES_MAX + " bytes");
    }

    private InputStream in() throws IOException {
        InputStream open = in;
        if (open == null) {
            throw new EOFException("the line is closed");
        }
        return open;
    }

    private byte[] bytes(int count) throws IOException {
        var bytes = new ByteArrayOutputStream(Math.min(count, PIECE_BYTES));
        var piece = new byte[PIECE_BYTES];
        while (bytes.size() < count) {
            int n = in().read(piece, 0, Math.min(piece.length, count - bytes.size()));
            if (n < 0) {
                throw new IOException("the answer broke off");
            }
            requireInTime();
            bytes.write(piece, 0, n);
        }
        return bytes.toByteArray();
    }

    /// Bytes that come one by one must not hold up a whole campaign.
    private void requireInTime() throws IOException {
        if (System.nanoTime() - answerDue > 0) {
            throw new SocketTimeoutException(
                    "the answer took more than " + PATIENCE_FOR_ALL * patience.toMillis() + " ms");
        }
    }

    private String line() throws IOException {
        var line = new ByteArrayOutputStream(128);
        for (int c = in().read(); c != '\n'; c = in().read()) {
            if (c < 0) {
                throw new EOFException("the other end closed the line without an answer");
            }
            if (c != '\r') {
                line.write(c);
            }
            requireInTime();
            if (line.size() > HEAD_LINE_BYTES_MAX) {
                throw new DealerDriver.Unintelligible("a line of a header without end");
            }
        }
        return line.toString(StandardCharsets.ISO_8859_1);
    }

    /// Ends the connection, whatever is on its way.
    @Override
    public void close() {
        SSLSocket open = socket;
        socket = null;
        in = null;
        if (open != null) {
            try {
                open.close();
            } catch (IOException alreadyBroken) {
                assert open.isClosed();
            }
        }
    }
}
