package aiguillage.bench.gateways;

import aiguillage.bench.server.Child;
import aiguillage.bench.server.Site;
import aiguillage.bench.wire.Caller;
import aiguillage.bench.wire.Loop;
import aiguillage.pki.CertificateUse;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/// All gateways, in a process of their own. Orders, one line each, and their answers:
///
/// - `open NAME PORT COUNT AT-ONCE ARRIVAL`: connects a group; seconds, and how often one had to try again
/// - `reach NAME BYTES`: the centre submits a document for all; p50, p99, last (ms), bytes that came to each
/// - `loop NAME BYTES`: has a [StreamsProcess] write so many bytes to all; the same
/// - `leave PORT BYTES`: the centre submits a document for all, who get it later
/// - `close NAME`
/// - `submitting PORT`, `submitted`: some dealers submit at a steady pace; how many, p50, p99, longest (ms)
public final class GatewaysProcess {

    private static final int LOOPS = 2;
    private static final int SENDERS = 4;

    private final List<SSLContext> dealers;
    private final SSLContext centre;
    private final List<Loop> loops;
    private final Map<String, Group> groups = new HashMap<>();
    private final Map<String, Integer> ports = new HashMap<>();
    private @Nullable Steady steady;
    private int documents;

    private GatewaysProcess(Site site, int count) throws IOException {
        dealers = site.dealersTls(count + SENDERS);
        centre = site.tls(Site.CENTRE, new CertificateUse.Client());
        loops = List.of(new Loop("gateways-0"), new Loop("gateways-1"));
        if (loops.size() != LOOPS) {
            throw new AssertionError("one loop for each processor");
        }
    }

    /// How many dealers a site needs when so many have gateways.
    static int dealers(int withGateways) {
        return withGateways + SENDERS;
    }

    /// @param arguments the site's folder, and how many dealers have gateways
    public static void main(String[] arguments) throws Exception {
        var gateways = new GatewaysProcess(new Site(Path.of(arguments[0])), Integer.parseInt(arguments[1]));
        var orders = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        Child.say("ready");
        for (String line = orders.readLine(); line != null; line = orders.readLine()) {
            Child.say(gateways.obey(line.split(" ", -1)));
        }
        gateways.loops.forEach(Loop::close);
    }

    private String obey(String[] order) throws Exception {
        return switch (order[0]) {
            case "open" -> open(order);
            case "reach" -> reach(order, submission(Integer.parseInt(order[2])), 201);
            case "loop" -> reach(order, write(Integer.parseInt(order[2])), 204);
            case "leave" -> {
                try (var caller = new Caller(centre, Integer.parseInt(order[1]))) {
                    caller.call(submission(Integer.parseInt(order[2])), 201);
                }
                yield "left";
            }
            case "close" -> {
                group(order).requireWhole();
                group(order).close();
                groups.remove(order[1]);
                yield "closed";
            }
            case "submitting" -> {
                steady = new Steady(dealers.subList(dealers.size() - SENDERS, dealers.size()), dealers.size() - SENDERS)
                        .begin(Integer.parseInt(order[1]), "steady-" + documents++);
                yield "submitting";
            }
            case "submitted" ->
                numbers(Objects.requireNonNull(steady, "nobody submits").end());
            default -> throw new IllegalArgumentException("no such order: " + order[0]);
        };
    }

    private String open(String[] order) throws Exception {
        int port = Integer.parseInt(order[2]);
        var group = new Group(
                loops,
                dealers.subList(0, dealers.size() - SENDERS),
                port,
                Integer.parseInt(order[3]),
                Gateway.Arrival.valueOf(order[5]));
        groups.put(order[1], group);
        ports.put(order[1], port);
        double seconds = group.open(Integer.parseInt(order[4]));
        return seconds + " " + group.retries();
    }

    private Group group(String[] order) {
        return Objects.requireNonNull(groups.get(order[1]), "no such group");
    }

    private int port(String[] order) {
        return Objects.requireNonNull(ports.get(order[1]), "no such group");
    }

    /// The connection is there before the time begins.
    private String reach(String[] order, byte[] request, int status) throws Exception {
        try (var caller = new Caller(centre, port(order))) {
            return numbers(group(order).reach(() -> caller.call(request, status)));
        }
    }

    private byte[] submission(int bytes) {
        var payload = new byte[bytes];
        Arrays.fill(payload, (byte) 'x');
        return Caller.submission(Site.CENTRE.value(), Site.BROADCAST.toString(), "list-" + documents++, payload);
    }

    private static byte[] write(int bytes) {
        return ("POST /" + bytes + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
    }

    private static String numbers(double[] numbers) {
        return Arrays.stream(numbers).mapToObj(Double::toString).collect(Collectors.joining(" "));
    }
}
