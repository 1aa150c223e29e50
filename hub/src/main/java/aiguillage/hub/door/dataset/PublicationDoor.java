package aiguillage.hub.door.dataset;

import aiguillage.dataset.mark.Report;
import aiguillage.dataset.mark.Suspect;
import aiguillage.dataset.mark.Tracer;
import aiguillage.hub.dataset.Difference;
import aiguillage.hub.dataset.Published;
import aiguillage.hub.dataset.Publishers;
import aiguillage.hub.dataset.Reading;
import aiguillage.hub.document.Viewer;
import aiguillage.hub.door.call.Call;
import aiguillage.hub.door.call.HubParts;
import aiguillage.hub.door.call.Query;
import aiguillage.hub.door.call.Uploads;
import aiguillage.hub.journal.Applied;
import aiguillage.hub.operators.Acts;
import aiguillage.hub.problem.Problem;
import aiguillage.hub.problem.Refused;
import aiguillage.protocol.DatasetName;
import aiguillage.protocol.Rfc3339;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// What publishers do with datasets, and the operator. Runs on threads that may wait. A file comes to its end
/// before anything is made of it: a slow publisher holds up no other.
public final class PublicationDoor {

    /// The largest file.
    static final long FILE_BYTES_MAX = 4_000_000_000L;

    /// The largest excerpt that is traced.
    static final long EXCERPT_BYTES_MAX = 200_000_000L;

    private static final int COPY_BYTES = 64 << 10;

    private final HubParts hub;
    private final Publishers publishers;
    private final Uploads uploads;
    private final Acts acts;

    public PublicationDoor(HubParts hub, Publishers publishers, Uploads uploads, Acts acts) {
        this.acts = acts;
        this.hub = hub;
        this.publishers = publishers;
        this.uploads = uploads;
    }

    /// `POST …/versions`.
    void publish(Call call, Viewer who) throws IOException {
        hub.stopping().requireOpen();
        DatasetName name = ReplicaDoor.name(call);
        boolean isDelta = truth(call, Query.DELTA);
        boolean isSealed = truth(call, Query.SEALED);
        Instant effective = effective(call);
        String type = call.header(HttpHeader.CONTENT_TYPE);
        String mediaType = type == null ? "" : type.replaceFirst(";.*", "").strip();
        Path file = publishers.work(name, who);
        try {
            take(call, file, FILE_BYTES_MAX);
            InputStream in = Files.newInputStream(file);
            told(call, publishers.publish(name, who, mediaType, in, isDelta, effective, isSealed, null));
        } finally {
            Files.deleteIfExists(file);
        }
    }

    private void take(Call call, Path file, long bytesMax) throws IOException {
        Uploads.Upload upload = uploads.beginStreamed(call, Uploads.STREAMED_BYTES);
        boolean inTime;
        try (InputStream body = Content.Source.asInputStream(call.request());
                OutputStream out = Files.newOutputStream(file)) {
            var buffer = new byte[COPY_BYTES];
            long bytes = 0;
            for (int count = body.read(buffer); count >= 0; count = body.read(buffer)) {
                bytes += count;
                if (bytes > bytesMax) {
                    throw new Refused(
                            Problem.PAYLOAD_TOO_LARGE, "This address takes bodies up to " + bytesMax + " bytes.");
                }
                hub.space().take(count);
                out.write(buffer, 0, count);
            }
        } catch (IOException e) {
            hub.space().look();
            if (hub.space().isShort()) {
                throw new Refused(Problem.DISK_FULL, "The disk became full while the file came in.");
            }
            throw new Refused(Problem.BAD_REQUEST, "The body broke off before its end; nothing was kept.");
        } finally {
            inTime = upload.end();
            upload.free();
        }
        if (!inTime) {
            throw new Refused(Problem.TOO_SLOW, "The file came too slowly.");
        }
    }

    /// What the operator is about to do; what a party does stands in the dataset's own entries.
    private void record(Viewer who, String action, DatasetName name, Object what) {
        if (who instanceof Viewer.Operator) {
            acts.recordCommand(action, name + " " + what, "");
        }
    }

    /// `POST …/versions/{version}/restoration`.
    void restore(Call call, Viewer who) throws IOException {
        hub.stopping().requireOpen();
        record(who, "restore", ReplicaDoor.name(call), ReplicaDoor.version(call));
        told(
                call,
                publishers.restore(
                        ReplicaDoor.name(call),
                        who,
                        ReplicaDoor.version(call),
                        effective(call),
                        truth(call, Query.SEALED)));
    }

    /// `POST …/versions/{version}/withdrawal`.
    void withdraw(Call call, Viewer who) throws IOException {
        record(who, "withdraw", ReplicaDoor.name(call), ReplicaDoor.version(call));
        recorded(call, publishers.withdraw(ReplicaDoor.name(call), who, ReplicaDoor.version(call)));
    }

    /// `GET …/held`.
    void held(Call call, Viewer who) {
        ArrayNode list = Call.JSON.createArrayNode();
        publishers.held(ReplicaDoor.name(call), who).forEach(held -> DatasetJson.held(list.addObject(), held));
        call.json(200, list);
    }

    /// `POST …/held/{position}/release` and `…/discard`.
    void decide(Call call, Viewer who, boolean release) throws IOException {
        DatasetName name = ReplicaDoor.name(call);
        record(who, release ? "release" : "discard", name, call.position(2));
        if (release) {
            told(call, publishers.release(name, who, call.position(2)));
        } else {
            recorded(call, publishers.discard(name, who, call.position(2)));
        }
    }

    /// `GET …/history`.
    void history(Call call, Viewer who) {
        ArrayNode list = Call.JSON.createArrayNode();
        publishers
                .history(ReplicaDoor.name(call), who)
                .forEach(version -> DatasetJson.version(list.addObject(), version));
        call.json(200, list);
    }

    /// `GET …/reports/{report}`.
    void report(Call call, Viewer who) throws IOException {
        call.answer(200, "text/plain;charset=utf-8", publishers.report(ReplicaDoor.name(call), who, call.variable(2)));
    }

    /// `GET …/reports/{report}/lines`.
    void lines(Call call, Viewer who) throws IOException {
        Path file = publishers.lines(ReplicaDoor.name(call), who, call.variable(2));
        call.answer(200, "text/tab-separated-values;charset=utf-8", file, 0, Files.size(file));
    }

    /// `GET …/reading`: the operator's alone.
    void reading(Call call) {
        ArrayNode list = Call.JSON.createArrayNode();
        for (Reading.Told told : publishers.reading(ReplicaDoor.name(call))) {
            list.addObject()
                    .put("party", told.party().value())
                    .put("lookups", told.lookups())
                    .put("wholeLists", told.wholeLists())
                    .put("usual", told.usual())
                    .put("longestRun", told.longestRun())
                    .put("crawl", told.isCrawl())
                    .put("unusual", told.isUnusual());
        }
        call.json(200, list);
    }

    /// `GET …/rollout`: the operator's alone.
    void rollout(Call call) throws IOException {
        call.json(200, DatasetJson.rollout(publishers.rollout(ReplicaDoor.name(call))));
    }

    /// `GET …/versions/{version}/differences`: the operator's alone.
    void differences(Call call) throws IOException {
        Difference difference = publishers.difference(
                ReplicaDoor.name(call),
                new Viewer.Operator(),
                call.number(Query.FROM_VERSION),
                ReplicaDoor.version(call),
                call.query(Query.COLUMN));
        call.json(200, DatasetJson.difference(difference));
    }

    /// `POST …/trace`: the operator's alone.
    void trace(Call call) throws IOException {
        DatasetName name = ReplicaDoor.name(call);
        acts.recordCommand("trace", name + " " + call.number(Query.VERSION), "");
        Path file = publishers.work(name, new Viewer.Operator());
        try {
            take(call, file, EXCERPT_BYTES_MAX);
            try (var excerpt = new InputStreamReader(Files.newInputStream(file), StandardCharsets.UTF_8)) {
                Report report = publishers.trace(name, call.number(Query.VERSION), excerpt, Tracer.FALSE_ACCUSATIONS);
                call.json(200, traced(report));
            }
        } finally {
            Files.deleteIfExists(file);
        }
    }

    private static ObjectNode traced(Report report) {
        ObjectNode json = Call.JSON
                .createObjectNode()
                .put("lines", report.lines())
                .put("recognised", report.recognised())
                .put("marks", report.marks().size())
                .put("falseAccusationsMax", report.falseAccusationsMax());
        ArrayNode suspects = json.putArray("suspects");
        for (Suspect suspect : report.suspects()) {
            suspects.addObject()
                    .put("reader", suspect.recipient())
                    .put("score", suspect.score())
                    .put("agrees", suspect.share())
                    .put("innocentMax", suspect.innocentMax())
                    .put("accused", suspect.accused());
        }
        return json;
    }

    private static boolean truth(Call call, Query query) {
        String value = call.query(query);
        if (value == null || value.equals("false")) {
            return false;
        }
        if (value.equals("true")) {
            return true;
        }
        throw new Refused(Problem.BAD_REQUEST, "Parameter " + query.name() + " is neither true nor false.");
    }

    private static @Nullable Instant effective(Call call) {
        String value = call.query(Query.EFFECTIVE);
        try {
            return value == null ? null : Rfc3339.instant(value).truncatedTo(ChronoUnit.MILLIS);
        } catch (DateTimeException e) {
            throw new Refused(
                    Problem.BAD_REQUEST,
                    "Parameter effective is not a time (RFC 3339): write it as in 2026-04-01T00:00:00Z, with a year of"
                            + " four digits.");
        }
    }

    private void told(Call call, Published published) {
        switch (published) {
            case Published.AsVersion(var entry, var applied, var absent) -> {
                ObjectNode json = Call.JSON
                        .createObjectNode()
                        .put("version", entry.number())
                        .put("effective", entry.effective().toString())
                        .put("sealed", entry.isSealed())
                        .put("lines", entry.content().lines())
                        .put("rows", entry.content().rows())
                        .put("added", entry.content().added())
                        .put("changed", entry.content().changed())
                        .put("removed", entry.content().removed())
                        .put("absent", absent);
                json.set("receipt", Call.JSON.readTree(applied.receipt().toJson()));
                call.json(201, json);
            }
            case Published.Held(var entry, var applied, var report, var absent) -> {
                ObjectNode json = Call.JSON
                        .createObjectNode()
                        .put("held", position(applied))
                        .put("report", report)
                        .put("text", entry.report())
                        .put("absent", absent);
                json.set("receipt", Call.JSON.readTree(applied.receipt().toJson()));
                call.json(202, json);
            }
            case Published.Unchanged(var summary) ->
                call.json(
                        200,
                        Call.JSON
                                .createObjectNode()
                                .put("lines", summary.lines())
                                .put("absent", summary.absent()));
            case Published.Refused(var report, var text) ->
                throw new Refused(Problem.PUBLICATION_REFUSED, "The report says what is wrong, and where.")
                        .with("report", report)
                        .with("text", text);
        }
    }

    private static long position(Applied applied) {
        return applied.receipt().leaf().statement().position().value();
    }

    private static void recorded(Call call, Applied applied) {
        call.json(200, Call.JSON.createObjectNode().put("position", position(applied)));
    }
}
