package aiguillage.bench.load;

import aiguillage.bench.server.Child;
import aiguillage.bench.server.Site;
import aiguillage.bench.wire.Loop;
import aiguillage.pki.CertificateUse;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLContext;
import tools.jackson.databind.json.JsonMapper;

/// The load generator for HTTP/2: as [LoadProcess], but its clients share a few connections.
public final class Http2Process {

    private static final int LOOPS = 2;

    private final List<SSLContext> dealers = new ArrayList<>();
    private final List<Loop> loops = new ArrayList<>();
    private final Site site;

    private Http2Process(Site site, int connections) throws IOException {
        this.site = site;
        for (int i = 0; i < connections; i++) {
            dealers.add(site.tls(Site.dealer(i), new CertificateUse.Client()));
        }
        for (int i = 0; i < LOOPS; i++) {
            loops.add(new Loop("http2-" + i));
        }
    }

    /// @param arguments the site's folder, and how many connections there are
    public static void main(String[] arguments) throws Exception {
        var load = new Http2Process(new Site(Path.of(arguments[0])), Integer.parseInt(arguments[1]));
        var json = new JsonMapper();
        var orders = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        Child.say("ready");
        for (String line = orders.readLine(); line != null; line = orders.readLine()) {
            Order order = json.readValue(line, Order.class);
            Child.say(json.writeValueAsString(Measured.round(load.site, order, window -> load.begin(order, window))));
        }
        load.loops.forEach(Loop::close);
    }

    private List<CompletableFuture<Crew.Counted>> begin(Order order, Crew.Window window) {
        var running = new ArrayList<CompletableFuture<Crew.Counted>>();
        for (int i = 0; i < dealers.size(); i++) {
            Http2Request request = order.kind() == Order.Kind.DOCUMENTS
                    ? Http2Request.submission(Site.dealer(i), order.series() + "-" + i)
                    : Http2Request.empty();
            var counted = new CompletableFuture<Crew.Counted>();
            running.add(counted);
            int atOnce = Math.max(1, order.clients() / dealers.size());
            loops.get(i % LOOPS)
                    .connect(dealers.get(i), order.port(), "h2", new Http2Client(request, atOnce, window, counted));
        }
        return running;
    }
}
