package aiguillage.bench.gateways;

import aiguillage.bench.wire.Peer;
import aiguillage.bench.wire.Wire;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// One gateway's connection: opens a stream, or nothing, and tells its group of deliveries. Only its loop's thread
/// uses it.
final class Gateway implements Peer {

    private static final byte[] OPEN_STREAM =
            "GET /v1/inbox/stream HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final Marker DELIVERY = new Marker("event: delivery");

    /// When a gateway counts as arrived.
    enum Arrival {
        /// When the server has accepted its certificate; it asks for nothing.
        ACCEPTED,
        /// When its stream is open.
        STREAM,
        /// When the first delivery came on its stream.
        DELIVERY
    }

    private final Group group;
    private final int number;
    private final Arrival arrival;
    private @Nullable Wire wire;
    private boolean arrived;
    private int matched;

    Gateway(Group group, int number, Arrival arrival) {
        this.group = group;
        this.number = number;
        this.arrival = arrival;
    }

    @Override
    public void open(Wire opened) throws IOException {
        wire = opened;
        if (arrival != Arrival.ACCEPTED) {
            opened.send(ByteBuffer.wrap(OPEN_STREAM));
        }
    }

    @Override
    public void confirmed(Wire by) {
        if (arrival == Arrival.ACCEPTED) {
            arrive();
        }
    }

    @Override
    public void came(Wire by, ByteBuffer plain) throws IOException {
        if (arrival == Arrival.STREAM && !arrived) {
            requireStream(plain);
            arrive();
        }
        long passed = DELIVERY.pass(plain, matched);
        matched = (int) passed;
        int deliveries = (int) (passed >> 32);
        if (arrival == Arrival.DELIVERY && deliveries > 0) {
            arrive();
        }
        group.came(number, plain.remaining(), deliveries);
    }

    private static void requireStream(ByteBuffer plain) throws IOException {
        String head = StandardCharsets.ISO_8859_1.decode(plain.duplicate()).toString();
        if (!head.startsWith("HTTP/1.1 200")) {
            throw new IOException("no stream was opened: " + head);
        }
    }

    private void arrive() {
        if (!arrived) {
            arrived = true;
            group.arrived();
        }
    }

    @Override
    public void lost(Wire by, IOException why) {
        group.lost(number, arrived, why);
    }

    void close() {
        if (wire != null) {
            wire.close();
        }
    }
}
