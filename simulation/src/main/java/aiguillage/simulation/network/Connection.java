package aiguillage.simulation.network;

import aiguillage.hub.mailbox.Feed;
import aiguillage.simulation.time.Node;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A stream's connection: the hub writes at one end, the reader reads at the other. Bytes arrive in order, cut
/// anywhere, or never.
public final class Connection extends InputStream implements Feed.Line {

    private static final int PIECES_MAX = 3;

    private final Network network;
    private final Node client;
    private final Node server;
    private final Consumer<@Nullable Throwable> over;
    private final Deque<byte[]> arrived = new ArrayDeque<>();
    private @Nullable Feed feed;
    private @Nullable Thread reader;
    private Duration lastArrival = Duration.ZERO;
    private boolean dead;
    private boolean ended;
    private boolean cut;
    private boolean feedOver;

    /// @param over told, on a thread of the server, when the feed is over
    public Connection(Network network, Node client, Node server, Consumer<@Nullable Throwable> over) {
        this.network = network;
        this.client = client;
        this.server = server;
        this.over = over;
        network.opened(this);
    }

    /// The hub's end of it.
    public void carries(Feed from) {
        feed = from;
    }

    boolean isOver() {
        return (cut || ended) && feedOver;
    }

    @Override
    public void write(byte[] bytes, boolean last) {
        if (cut) {
            server.start("lost", () -> lost("the reader is gone"));
            return;
        }
        boolean fill = dead && network.faults().random().nextBoolean();
        if (!dead) {
            pieces(bytes);
        }
        if (last) {
            arrive(() -> ended = true);
        }
        if (!fill) { // else the line's buffers are full, and the write never ends
            network.scheduler().after(network.delay(), server, () -> server.start("written", () -> written(last)));
        }
    }

    private void pieces(byte[] bytes) {
        int pieces = 1 + network.faults().random().nextInt(PIECES_MAX);
        int from = 0;
        for (int piece = 0; piece < pieces; piece++) {
            int to = piece == pieces - 1
                    ? bytes.length
                    : from + network.faults().random().nextInt(bytes.length - from + 1);
            byte[] part = Arrays.copyOfRange(bytes, from, to);
            arrive(() -> {
                if (part.length > 0) {
                    arrived.add(part);
                }
            });
            from = to;
        }
    }

    /// In order: not before what was sent before it.
    private void arrive(Runnable what) {
        Duration now = network.scheduler().elapsed();
        Duration at = now.plus(network.delay());
        lastArrival = at.compareTo(lastArrival) > 0 ? at : lastArrival.plusNanos(1_000);
        network.scheduler().after(lastArrival.minus(now), client, () -> {
            if (!dead && !cut) {
                if (network.isParted(client.name(), server.name())) {
                    dead = true; // nothing that comes behind may overtake what did not come
                    return;
                }
                what.run();
                wake();
            }
        });
    }

    private void written(boolean last) {
        if (feed != null) {
            feed.written(last);
        }
    }

    private void lost(String why) {
        if (feed != null) {
            feed.lost(new IOException(why));
        }
    }

    @Override
    public void over(@Nullable Throwable failure) {
        feedOver = true;
        if (failure != null) {
            cut = true;
            wake();
        }
        over.accept(failure);
    }

    /// Both ends learn that it is broken.
    void cut() {
        if (!cut) {
            cut = true;
            wake();
            if (server.isAlive()) {
                server.start("cut", () -> lost("the line broke"));
            }
        }
    }

    /// From now on nothing arrives, and nobody is told.
    void die() {
        dead = true;
    }

    void killed(Node node) {
        if (node.equals(client) || node.equals(server)) {
            cut();
        }
    }

    private void wake() {
        if (reader != null) {
            LockSupport.unpark(reader);
        }
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        reader = Thread.currentThread();
        while (arrived.isEmpty()) {
            if (cut || Thread.currentThread().isInterrupted()) {
                throw new IOException("the line broke");
            }
            if (ended) {
                return -1;
            }
            LockSupport.park(this);
        }
        byte[] first = arrived.removeFirst();
        int count = Math.min(length, first.length);
        System.arraycopy(first, 0, into, offset, count);
        if (count < first.length) {
            arrived.addFirst(Arrays.copyOfRange(first, count, first.length));
        }
        return count;
    }

    /// The reader closes it.
    @Override
    public void close() {
        if (!dead || network.faults().random().nextBoolean()) { // else the hub does not hear of it yet
            cut();
        } else {
            cut = true;
            wake();
        }
    }
}
