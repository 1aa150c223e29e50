package aiguillage.console.prices;

import aiguillage.console.web.Access;
import aiguillage.console.web.Answer;
import aiguillage.console.web.Route;
import aiguillage.console.web.Upload;
import aiguillage.console.web.Visit;
import aiguillage.dataset.mark.Report;
import aiguillage.dataset.mark.Tracer;
import aiguillage.hub.Inside;
import aiguillage.hub.dataset.Stand;
import aiguillage.hub.entry.Entry;
import aiguillage.hub.memory.Latest;
import aiguillage.hub.problem.Problem;
import aiguillage.hub.problem.Refused;
import aiguillage.protocol.DatasetName;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/// Tells whose copy a file that leaked was made from. One trace at a time: each reads the whole list. What was
/// found is kept for whoever asked, until the hub stops or others were found since.
final class TracePages {

    /// The largest excerpt.
    static final long EXCERPT_BYTES_MAX = 200_000_000L;

    /// Kept in all.
    static final int KEPT_MAX = 32;

    private static final int PATIENCE_SECONDS = 30;
    private static final int ID_BYTES = 16;

    private final Inside hub;
    private final SecureRandom random;
    private final ReentrantLock turn = new ReentrantLock();
    private final Map<String, Traced> all = Latest.put(KEPT_MAX);

    /// @param by the operator's name
    private record Traced(String by, DatasetName dataset, long version, Instant at, Report report) {}

    TracePages(Inside hub, SecureRandom random) {
        this.hub = hub;
        this.random = random;
    }

    List<Route> routes() {
        return List.of(
                Route.get(PricesPages.DATASET + "/trace", Access.OPERATE, this::form),
                Route.upload(
                        PricesPages.DATASET + "/traces",
                        Access.OPERATE,
                        new Route.Taking(EXCERPT_BYTES_MAX, this::folder),
                        this::trace),
                Route.get(PricesPages.DATASET + "/traces/{trace}", Access.OPERATE, this::traced));
    }

    private Answer form(Visit visit) throws IOException {
        Chosen chosen = Chosen.of(hub, visit);
        Stand stand = hub.publishers().stand(chosen.name(), chosen.who());
        Entry.VersionPublished holding = stand.holding();
        return Answer.page(
                "prices/trace",
                Map.of(
                        "dataset",
                        chosen.name().toString(),
                        "path",
                        chosen.path(),
                        "version",
                        holding == null ? 0L : holding.number(),
                        "isMarked",
                        chosen.dataset().marks() != null));
    }

    private Path folder(Visit visit) throws IOException {
        Chosen chosen = Chosen.of(hub, visit);
        return hub.publishers().workFolder(chosen.name(), chosen.who());
    }

    private Answer trace(Visit visit) throws IOException {
        Chosen chosen = Chosen.of(hub, visit);
        long version = Chosen.number(visit, visit.required("version"));
        String reason = visit.required("reason");
        Upload upload = visit.upload();
        if (upload == null && visit.field("excerpt").isEmpty()) {
            throw visit.words().refused(Problem.BAD_REQUEST, "prices.no-excerpt");
        }
        hub.acts().record(visit.operator(), "trace", chosen.name() + " version " + version, reason);
        try (Reader excerpt = upload == null
                ? new StringReader(visit.required("excerpt"))
                : new InputStreamReader(upload.open(), StandardCharsets.UTF_8)) {
            String id = keep(new Traced(
                    visit.operator().name(),
                    chosen.name(),
                    version,
                    hub.parts().clock().instant(),
                    found(chosen, version, excerpt)));
            return Answer.redirect(chosen.path() + "/traces/" + id);
        }
    }

    private Report found(Chosen chosen, long version, Reader excerpt) throws IOException {
        try {
            if (!turn.tryLock(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new Refused(Problem.TOO_MANY_REQUESTS, "Another file is being traced. Send it again.")
                        .with("retryAfter", (long) PATIENCE_SECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("stopped while another file was traced", e);
        }
        try {
            return hub.publishers().trace(chosen.name(), version, excerpt, Tracer.FALSE_ACCUSATIONS);
        } finally {
            turn.unlock();
        }
    }

    private String keep(Traced traced) {
        var bytes = new byte[ID_BYTES];
        random.nextBytes(bytes);
        String id = HexFormat.of().formatHex(bytes);
        synchronized (all) {
            all.put(id, traced);
        }
        return id;
    }

    private Answer traced(Visit visit) {
        Chosen chosen = Chosen.of(hub, visit);
        Traced found;
        synchronized (all) {
            found = all.get(visit.variable(2));
        }
        if (found == null
                || !found.dataset().equals(chosen.name())
                || !found.by().equals(visit.operator().name())) {
            throw visit.words().refused(Problem.NOT_FOUND, "prices.no-trace");
        }
        return Answer.page(
                "prices/traced",
                Map.of(
                        "dataset",
                        chosen.name().toString(),
                        "path",
                        chosen.path(),
                        "version",
                        found.version(),
                        "at",
                        found.at(),
                        "report",
                        found.report(),
                        "suspects",
                        found.report().suspects().stream().map(TracedView::of).toList()));
    }
}
