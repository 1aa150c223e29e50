package aiguillage.console.document;

import aiguillage.console.content.Shown;
import aiguillage.console.web.Access;
import aiguillage.console.web.Answer;
import aiguillage.console.web.Route;
import aiguillage.console.web.Visit;
import aiguillage.hub.Inside;
import aiguillage.hub.document.Contents;
import aiguillage.hub.document.Documents;
import aiguillage.hub.document.Recorded;
import aiguillage.hub.entry.Entry;
import aiguillage.hub.entry.Payload;
import aiguillage.hub.problem.Problem;
import aiguillage.hub.problem.Refused;
import aiguillage.protocol.DocumentId;
import aiguillage.protocol.PartyId;
import aiguillage.protocol.Position;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Documents: lists, pages, proofs, contents. What is of a brand that the visitor does not look after is not
/// there.
public final class DocumentPages {

    private final Inside hub;
    private final Lister lister;
    private final DocumentReader reader;
    private final Contents contents;

    public DocumentPages(Inside hub) {
        this.hub = hub;
        this.lister = new Lister(hub.parts().documents());
        this.reader = new DocumentReader(hub.parts());
        this.contents = new Contents(hub.parts().documents(), hub.parts().payloads());
    }

    public List<Route> routes() {
        return List.of(
                Route.get("/documents", Access.SEE, this::list),
                Route.get("/documents/{sender}/{id}", Access.SEE, this::document),
                Route.get("/documents/{sender}/{id}/receipts/{position}", Access.SEE, this::receipt),
                Route.get("/documents/{sender}/{id}/content", Access.OPERATE, this::content),
                Route.get("/documents/{sender}/{id}/download", Access.OPERATE, this::download));
    }

    private Answer list(Visit visit) {
        Wanted wanted = Wanted.of(visit);
        Lister.Found found =
                lister.list(wanted, visit.operator(), hub.parts().ledger().size());
        List<String> flows = hub.parts().flows().table().flows().stream()
                .map(aiguillage.hub.routing.Flow::name)
                .filter(flow -> visit.operator().sees(flow.brand()))
                .map(Object::toString)
                .sorted()
                .toList();
        return Answer.page("document/list", Map.of("wanted", wanted, "found", found, "flows", flows));
    }

    private Answer document(Visit visit) {
        Recorded<Entry.DocumentAccepted> document = find(visit);
        return Answer.page(
                "document/document",
                "view",
                reader.read(
                        document,
                        first(visit, "leg"),
                        first(visit, "event"),
                        visit.query("verify").isPresent()));
    }

    private static int first(Visit visit, String name) {
        return (int) Math.min(Integer.MAX_VALUE, visit.number(name).orElse(0));
    }

    /// The receipt of the document, or of something that happened to it.
    private Answer receipt(Visit visit) {
        Recorded<Entry.DocumentAccepted> document = find(visit);
        Position position;
        try {
            position = Position.of(visit.variable(2));
        } catch (IllegalArgumentException e) {
            throw notFound(visit);
        }
        if (!position.equals(document.position()) && !isAbout(position, document)) {
            throw notFound(visit);
        }
        return Answer.download(
                "application/json",
                position + ".receipt.json",
                hub.parts().ledger().receipt(position).toBytes());
    }

    private boolean isAbout(Position position, Recorded<Entry.DocumentAccepted> document) {
        return hub.parts()
                .documents()
                .find(position)
                .filter(entry -> document.position().equals(about(entry)))
                .isPresent();
    }

    private static @org.jspecify.annotations.Nullable Position about(Entry entry) {
        if (entry instanceof Entry.PayloadRemoved removed) {
            return removed.document();
        }
        var delivery = Documents.delivery(entry);
        return delivery == null ? null : delivery.document();
    }

    private Answer content(Visit visit) throws IOException {
        Recorded<Entry.DocumentAccepted> document = find(visit);
        Line line = Line.of(hub.parts().documents(), document);
        String digest = document.entry().payload().digest().toString();
        if (isGone(document)) {
            return gone(line, digest);
        }
        hub.acts().record(visit.operator(), "view-content", subject(document), "");
        Optional<InputStream> bytes = open(document);
        if (bytes.isEmpty()) {
            return gone(line, digest);
        }
        try (InputStream in = bytes.get()) {
            Shown shown = Shown.of(document.entry().envelope().contentType(), in);
            return Answer.page("document/content", Map.of("line", line, "digest", digest, "shown", shown));
        }
    }

    private static Answer gone(Line line, String digest) {
        return new Answer.Page(Problem.PAYLOAD_GONE.status(), "document/gone", Map.of("line", line, "digest", digest));
    }

    /// Never as what its sender calls it: a browser only keeps it.
    private Answer download(Visit visit) throws IOException {
        Recorded<Entry.DocumentAccepted> document = find(visit);
        Line line = Line.of(hub.parts().documents(), document);
        String digest = document.entry().payload().digest().toString();
        if (isGone(document)) {
            return gone(line, digest);
        }
        hub.acts().record(visit.operator(), "download-content", subject(document), "");
        Optional<InputStream> bytes = open(document);
        if (bytes.isEmpty()) {
            return gone(line, digest);
        }
        return new Answer.File("application/octet-stream", line.id() + ending(document.entry()), out -> {
            try (InputStream in = bytes.get()) {
                in.transferTo(out);
            }
        });
    }

    private Optional<InputStream> open(Recorded<Entry.DocumentAccepted> document) throws IOException {
        Payload payload = document.entry().payload();
        return contents.open(document.position(), payload, 0, payload.bytes());
    }

    private boolean isGone(Recorded<Entry.DocumentAccepted> document) {
        Payload payload = document.entry().payload();
        String file = payload.file();
        return file == null
                ? hub.parts().documents().inlinePayload(document.position()) == null
                : !hub.parts().documents().knowsFile(file);
    }

    private static String subject(Recorded<Entry.DocumentAccepted> document) {
        return document.entry().envelope().flow() + " "
                + document.entry().envelope().sender() + " "
                + document.entry().envelope().id();
    }

    private static String ending(Entry.DocumentAccepted document) {
        String type = Optional.ofNullable(document.envelope().contentType()).orElse("");
        return switch (type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT)) {
            case "application/xml", "text/xml" -> ".xml";
            case "application/json" -> ".json";
            case "text/csv" -> ".csv";
            case "text/plain" -> ".txt";
            default -> ".bin";
        };
    }

    private Recorded<Entry.DocumentAccepted> find(Visit visit) {
        try {
            return hub.parts()
                    .documents()
                    .sent(new DocumentId(visit.variable(1)), new PartyId(visit.variable(0)))
                    .filter(one ->
                            visit.operator().sees(one.entry().envelope().flow().brand()))
                    .orElseThrow(() -> notFound(visit));
        } catch (IllegalArgumentException e) {
            throw notFound(visit);
        }
    }

    private static Refused notFound(Visit visit) {
        return visit.words().refused(Problem.NOT_FOUND, "document.not-found");
    }
}
