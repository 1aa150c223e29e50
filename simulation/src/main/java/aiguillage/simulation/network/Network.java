package aiguillage.simulation.network;

import aiguillage.simulation.fault.Fault;
import aiguillage.simulation.fault.Faults;
import aiguillage.simulation.time.Awaited;
import aiguillage.simulation.time.Node;
import aiguillage.simulation.time.Scheduler;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Carries requests to servers and their answers back.
public final class Network {

    private static final Duration SHORTEST = Duration.ofMillis(1);
    private static final Duration LONGEST = Duration.ofMillis(40);
    /// No message that arrives is longer on its way.
    public static final Duration LATE_MOST = Duration.ofSeconds(8);

    /// How long a client waits for an answer.
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Scheduler scheduler;
    private final Faults faults;
    private final Set<String> parted = new TreeSet<>();
    private final List<Connection> connections = new ArrayList<>();

    public Network(Scheduler scheduler, Faults faults) {
        this.scheduler = scheduler;
        this.faults = faults;
    }

    /// A server as the network sees it.
    ///
    /// @param <S> what answers requests
    public interface Server<S> {

        /// The computer's name.
        String name();

        /// The process that answers now, or null while there is none.
        @Nullable
        Node node();

        /// What answers in that process.
        S service();
    }

    /// Asks a server, and waits.
    ///
    /// @throws IOException when no answer came: perhaps the work was done all the same
    public <S, T> T call(Node client, Server<S> server, Function<S, T> request)
            throws IOException, InterruptedException {
        var answer = new Awaited<Supplier<T>>(scheduler, client);
        int copies = faults.strikes(Fault.REQUEST_DOUBLED) ? 2 : 1;
        for (int copy = 0; copy < copies; copy++) {
            if (!faults.strikes(Fault.REQUEST_LOST)) {
                scheduler.after(delay(), client, () -> arrive(client, server, request, answer));
            }
        }
        Supplier<T> got = answer.await(PATIENCE);
        if (got == null) {
            throw new IOException("no answer within " + PATIENCE);
        }
        try {
            return got.get();
        } catch (NoServer e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private <S, T> void arrive(Node client, Server<S> server, Function<S, T> request, Awaited<Supplier<T>> answer) {
        if (isParted(client.name(), server.name())) {
            return;
        }
        Node node = server.node();
        if (node == null) {
            answer.is(() -> {
                throw new NoServer(server.name() + " refuses the connection");
            });
            return;
        }
        S service = server.service();
        node.start("call", () -> {
            T done = request.apply(service);
            if (!faults.strikes(Fault.ANSWER_LOST) && !isParted(client.name(), server.name())) {
                scheduler.after(delay(), client, () -> answer.is(() -> done));
            }
        });
    }

    /// How long a message takes now.
    Duration delay() {
        return faults.strikes(Fault.LATE) ? faults.between(LONGEST, LATE_MOST) : faults.between(SHORTEST, LONGEST);
    }

    Scheduler scheduler() {
        return scheduler;
    }

    Faults faults() {
        return faults;
    }

    boolean isParted(String one, String other) {
        return parted.contains(pair(one, other));
    }

    /// From now on these two cannot reach each other.
    public void part(String one, String other) {
        parted.add(pair(one, other));
    }

    public void join(String one, String other) {
        parted.remove(pair(one, other));
    }

    public void joinAll() {
        parted.clear();
    }

    void opened(Connection connection) {
        connections.removeIf(Connection::isOver);
        connections.add(connection);
    }

    /// Breaks some streams, and makes others go on dead; to be called now and then.
    public void shake() {
        for (Connection connection : List.copyOf(connections)) {
            if (faults.strikes(Fault.STREAM_CUT)) {
                connection.cut();
            } else if (faults.strikes(Fault.STREAM_DEAD)) {
                connection.die();
            }
        }
    }

    /// The processes at one end are gone: their streams break.
    public void killed(Node node) {
        for (Connection connection : List.copyOf(connections)) {
            connection.killed(node);
        }
    }

    private static String pair(String one, String other) {
        return one.compareTo(other) < 0 ? one + " " + other : other + " " + one;
    }

    private static final class NoServer extends RuntimeException {

        private static final long serialVersionUID = 1L;

        NoServer(String message) {
            super(message);
        }
    }
}
