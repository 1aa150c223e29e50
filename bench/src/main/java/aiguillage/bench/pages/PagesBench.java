package aiguillage.bench.pages;

import aiguillage.bench.Progress;
import aiguillage.bench.Settings;
import aiguillage.bench.figure.Figure;
import aiguillage.bench.figure.Series;
import aiguillage.bench.server.Child;
import aiguillage.bench.server.Site;
import aiguillage.bench.stored.Seeding;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// How long pages take where many documents are stored and many parties are known, and what it costs to keep the
/// overview up to date for one who looks, and for fifty.
public final class PagesBench implements AutoCloseable {

    private static final double P99_MILLIS_GOAL = 50;
    private static final double CPU_PERCENT_GOAL = 5;
    private static final double MANY_GOAL = 5;
    private static final int MANY = 50;
    private static final int PAYLOAD_BYTES = 200;
    private static final int ASKED_BEFORE = 30;
    private static final int ASKED = 100;
    private static final String NOTHING = "a page of nothing";
    private static final String BARE = "/assets/nothing";

    /// @param name in figures
    private record Page(String name, String path) {}

    private static final List<Page> PAGES = List.of(
            new Page("overview", "/"),
            new Page("documents", "/documents"),
            new Page("find, a party", "/find?q=opel-centre"),
            new Page("find, nothing", "/find?q=nothing-of-this-name"),
            new Page("quarantine", "/quarantine"),
            new Page("mailboxes", "/mailboxes"),
            new Page("mailbox", "/mailboxes/opel-centre"),
            new Page("parties", "/parties"),
            new Page("party", "/parties/dealer-0"),
            new Page("flows", "/flows"),
            new Page("prices", "/prices"),
            new Page("ledger", "/ledger"));

    /// What is found alone is shown at once: a search leads to its page.
    private final HttpClient client =
            HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NORMAL).build();
    private final Child hub;
    private final String port;
    private final String session;

    private PagesBench(Child hub) throws IOException {
        String[] said = hub.answer().split(" ", 2);
        this.hub = hub;
        this.port = said[0];
        this.session = said[1];
    }

    /// @param parties in the table
    /// @param stored documents that wait in one mailbox
    /// @param watched how long the hub's processor time is watched
    public static List<Figure> run(
            Settings settings, Progress progress, int parties, long stored, Duration watched, int rounds)
            throws IOException, InterruptedException {
        Site site = Site.create(settings.folder(), parties);
        progress.step("storing " + stored + " documents");
        Seeding.prepare(site);
        Seeding.fill(site, stored, PAYLOAD_BYTES);
        try (Child hub = Child.start(PagesProcess.class, settings.serverOptions(), site.folder());
                var bench = new PagesBench(hub)) {
            var figures = new ArrayList<Figure>();
            progress.step("pages");
            figures.addAll(bench.pages(stored, rounds));
            progress.step("the overview, kept up to date for " + MANY);
            figures.addAll(bench.live(parties, watched, rounds));
            return figures;
        }
    }

    private List<Figure> pages(long stored, int rounds) throws IOException, InterruptedException {
        var figures = new ArrayList<Figure>();
        for (Page page : PAGES) {
            var ours = new Series();
            var bare = new Series();
            p99(page.path(), 200, ASKED_BEFORE);
            p99(BARE, 404, ASKED_BEFORE);
            for (int round = 0; round < rounds; round++) {
                ours.add(p99(page.path(), 200, ASKED));
                bare.add(p99(BARE, 404, ASKED));
            }
            String before = figures.isEmpty() ? "p99, " + shortly(stored) + " stored: " : "  ";
            figures.add(
                    Figure.of(before + page.name(), "ms", ours, NOTHING, bare).atMost(P99_MILLIS_GOAL));
        }
        return figures;
    }

    private static String shortly(long count) {
        return count >= 1_000_000 ? count / 1_000_000 + " M" : count / 1_000 + " k";
    }

    /// @return milliseconds from the question to the whole page, which 99 of 100 do not exceed
    private double p99(String page, int status, int times) throws IOException, InterruptedException {
        var took = new double[times];
        for (int i = 0; i < times; i++) {
            long began = System.nanoTime();
            HttpResponse<byte[]> answer = client.send(request(page), HttpResponse.BodyHandlers.ofByteArray());
            took[i] = (System.nanoTime() - began) / 1e6;
            if (answer.statusCode() != status) {
                throw new IOException(page + " was answered " + answer.statusCode());
            }
        }
        Arrays.sort(took);
        return took[(int) Math.ceil(times * 0.99) - 1];
    }

    private HttpRequest request(String page) {
        return HttpRequest.newBuilder(URI.create("http://localhost:" + port + page))
                .header("Cookie", "__Host-session=" + session)
                .build();
    }

    private List<Figure> live(int parties, Duration watched, int rounds) throws IOException, InterruptedException {
        var none = new Series();
        var one = new Series();
        var many = new Series();
        for (int round = 0; round < rounds; round++) {
            double without = cpuPercent(0, watched);
            none.add(without);
            one.add(Math.max(0.01, cpuPercent(1, watched) - without));
            many.add(Math.max(0.01, cpuPercent(MANY, watched) - without));
        }
        return List.of(
                Figure.of("CPU, " + parties + " parties, one", "%", one, "nobody looks", none)
                        .atMost(CPU_PERCENT_GOAL),
                Figure.of("  " + MANY + " look", "%", many, "one looks", one).ratioAtMost(MANY_GOAL));
    }

    /// Processor time of the whole hub while so many look at the overview, in percent of one core.
    private double cpuPercent(int viewers, Duration watched) throws IOException, InterruptedException {
        var pages = new ArrayList<InputStream>();
        try {
            for (int i = 0; i < viewers; i++) {
                HttpResponse<InputStream> page =
                        client.send(request("/overview/live"), HttpResponse.BodyHandlers.ofInputStream());
                pages.add(page.body());
                Thread.ofVirtual().start(() -> read(page.body()));
            }
            Thread.sleep(Duration.ofSeconds(1));
            double before = hub.numbers("cpu")[0];
            long began = System.nanoTime();
            Thread.sleep(watched);
            return 100 * (hub.numbers("cpu")[0] - before) / (System.nanoTime() - began);
        } finally {
            for (InputStream page : pages) {
                page.close();
            }
        }
    }

    private static void read(InputStream page) {
        try {
            page.transferTo(OutputStream.nullOutputStream());
        } catch (IOException closed) {
            // the round is over
        }
    }

    @Override
    public void close() {
        client.close();
    }
}
