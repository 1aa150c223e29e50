package aiguillage.bench.bulk;

import aiguillage.bench.server.Child;
import aiguillage.bench.server.Site;
import aiguillage.bench.wire.Caller;
import aiguillage.pki.CertificateUse;
import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Locale;
import java.util.Random;
import javax.net.ssl.SSLContext;

/// The other end of bulk, in a process of its own. Orders, one line each, all answered with seconds:
///
/// - `in PORT BYTES ID`, `out PORT BYTES ID`: a dealer submits a document, and reads its payload
/// - `copy-in PORT BYTES`, `copy-out PORT BYTES`: the same with a [CopyProcess]
/// - `drain PORT COUNT`: the centre takes and acknowledges all that waits; seconds, and the bytes of the stream
public final class BulkProcess {

    private final SSLContext dealer;
    private final SSLContext centre;
    private final byte[] block = new byte[CopyProcess.BUFFER_BYTES];

    private BulkProcess(Site site) throws IOException {
        dealer = site.tls(Site.dealer(0), new CertificateUse.Client());
        centre = site.tls(Site.CENTRE, new CertificateUse.Client());
        new Random(1).nextBytes(block);
    }

    /// @param arguments the site's folder
    public static void main(String[] arguments) throws Exception {
        var bulk = new BulkProcess(new Site(Path.of(arguments[0])));
        var orders = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        Child.say("ready");
        for (String line = orders.readLine(); line != null; line = orders.readLine()) {
            Child.say(bulk.obey(line.split(" ", -1)));
        }
    }

    private String obey(String[] order) throws Exception {
        int port = Integer.parseInt(order[1]);
        long count = Long.parseLong(order[2]);
        return switch (order[0]) {
            case "in" -> Double.toString(in(port, count, order[3]));
            case "out" -> Double.toString(out(port, count, order[3]));
            case "copy-in" -> Double.toString(copyIn(port, count));
            case "copy-out" -> Double.toString(copyOut(port, count));
            case "drain" -> new Drain(centre, port).run(count);
            default -> throw new IllegalArgumentException("no such order: " + order[0]);
        };
    }

    private double in(int port, long bytes, String id) throws IOException {
        try (var caller = new Caller(dealer, port)) {
            long began = System.nanoTime();
            byte[] head = Caller.submissionHead(Site.dealer(0).value(), Site.LARGE.toString(), id, bytes);
            caller.send(head, head.length);
            send(caller, bytes);
            Caller.Head answer = caller.head();
            if (answer.status() != 201) {
                throw new IOException("not accepted: " + answer.text());
            }
            return seconds(began);
        }
    }

    private double out(int port, long bytes, String id) throws Exception {
        try (var caller = new Caller(dealer, port)) {
            long began = System.nanoTime();
            byte[] request = ("GET /v1/documents/" + id + "/payload HTTP/1.1\r\nHost: localhost\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII);
            caller.send(request, request.length);
            Caller.Head answer = caller.head();
            drop(caller.body(), bytes);
            double seconds = seconds(began);
            String wanted = "content-digest: sha-256=:" + digest(bytes) + ":";
            if (answer.status() != 200
                    || answer.length() != bytes
                    || !answer.text().toLowerCase(Locale.ROOT).contains(wanted.toLowerCase(Locale.ROOT))) {
                throw new IOException("the payload is not what was sent: " + answer.text() + wanted);
            }
            return seconds;
        }
    }

    private double copyIn(int port, long bytes) throws IOException {
        try (var caller = new Caller(dealer, port)) {
            long began = System.nanoTime();
            order(caller, CopyProcess.RECEIVE, bytes);
            send(caller, bytes);
            if (caller.body().read() != CopyProcess.RECEIVE) {
                throw new EOFException("the copy was not confirmed");
            }
            return seconds(began);
        }
    }

    private double copyOut(int port, long bytes) throws IOException {
        try (var caller = new Caller(dealer, port)) {
            long began = System.nanoTime();
            order(caller, CopyProcess.SEND, bytes);
            drop(caller.body(), bytes);
            return seconds(began);
        }
    }

    private static void order(Caller caller, int what, long bytes) throws IOException {
        byte[] order = ByteBuffer.allocate(1 + Long.BYTES)
                .put((byte) what)
                .putLong(bytes)
                .array();
        caller.send(order, order.length);
    }

    private void send(Caller caller, long bytes) throws IOException {
        for (long rest = bytes; rest > 0; rest -= block.length) {
            caller.send(block, (int) Math.min(block.length, rest));
        }
    }

    private static void drop(InputStream in, long bytes) throws IOException {
        var buffer = new byte[CopyProcess.BUFFER_BYTES];
        for (long rest = bytes; rest > 0; ) {
            int count = in.read(buffer, 0, (int) Math.min(buffer.length, rest));
            if (count < 0) {
                throw new EOFException(rest + " of " + bytes + " bytes did not come");
            }
            rest -= count;
        }
    }

    /// Of what [#send] sends; not measured.
    private String digest(long bytes) throws Exception {
        MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
        for (long rest = bytes; rest > 0; rest -= block.length) {
            sha256.update(block, 0, (int) Math.min(block.length, rest));
        }
        return Base64.getEncoder().encodeToString(sha256.digest());
    }

    static double seconds(long beganNanos) {
        return (System.nanoTime() - beganNanos) / 1e9;
    }
}
