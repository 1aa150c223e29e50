package aiguillage.console.ledger;

import aiguillage.console.web.Access;
import aiguillage.console.web.Answer;
import aiguillage.console.web.Route;
import aiguillage.console.web.Visit;
import aiguillage.hub.Inside;
import aiguillage.hub.document.Recorded;
import aiguillage.hub.document.Viewer;
import aiguillage.hub.entry.Entry;
import aiguillage.hub.ledger.Bundles;
import aiguillage.hub.ledger.Ledger;
import aiguillage.hub.operators.Sight;
import aiguillage.hub.problem.Problem;
import aiguillage.hub.problem.Refused;
import aiguillage.protocol.DocumentId;
import aiguillage.protocol.PartyId;
import aiguillage.protocol.Position;
import aiguillage.protocol.proof.Bundle;
import aiguillage.protocol.proof.Checkpoint;
import aiguillage.protocol.proof.Hash;
import aiguillage.protocol.proof.Receipt;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PrimitiveIterator;

/// The ledger's pages.
public final class LedgerPages {

    /// What a person remembered; his name follows.
    private static final String REMEMBERED = "ledger.head.";

    private static final String ZIP = "application/zip";

    private final Inside hub;
    private final Ledger ledger;
    private final Entries entries;
    private final Bundles bundles;

    public LedgerPages(Inside hub) {
        this.hub = hub;
        this.ledger = hub.parts().ledger();
        this.entries = new Entries(hub.parts().documents(), ledger);
        this.bundles = new Bundles(ledger);
    }

    public List<Route> routes() {
        return List.of(
                Route.get("/ledger", Access.SEE, this::ledger),
                Route.post("/ledger/remember", Access.SEE, this::remember),
                Route.get("/ledger/checkpoint", Access.SEE, this::checkpoint),
                Route.get("/ledger/bundle", Access.SEE, this::bundle),
                Route.get("/ledger/entries/{position}", Access.SEE, this::entry),
                Route.get("/ledger/entries/{position}/receipt", Access.SEE, this::receipt));
    }

    private Answer ledger(Visit visit) {
        String note = ledger.checkpoint();
        Checkpoint head = Checkpoint.verified(note, ledger.verifier());
        long before = Math.min(number(visit, "before", head.size() + 1), head.size() + 1);
        Entries.Found found = entries.newest(before, new Sight(visit.operator()));
        Optional<String> earlier = visit.query("earlier");
        String later = visit.query("later").orElse("");
        return Answer.page(
                "ledger/ledger",
                "view",
                new LedgerView(
                        head.size(),
                        Base64.getEncoder().encodeToString(head.root()),
                        note,
                        ledger.verifier().toString(),
                        time(1),
                        time(head.size()),
                        hub.settings()
                                .get(REMEMBERED + visit.operator().name())
                                .map(remembered -> compared(remembered, note)),
                        earlier.map(one -> compared(one, later.isEmpty() ? note : later)),
                        earlier.orElse(""),
                        later,
                        found.entries(),
                        found.lookedTo()));
    }

    private Optional<Instant> time(long position) {
        return position < 1
                ? Optional.empty()
                : hub.parts().documents().find(new Position(position)).map(Entry::time);
    }

    /// Proves that one head's ledger begins with another's, as anybody can who has both.
    private Consistency compared(String earlier, String later) {
        try {
            Checkpoint first = Checkpoint.verified(withEnd(earlier), ledger.verifier());
            Checkpoint second = Checkpoint.verified(withEnd(later), ledger.verifier());
            List<byte[]> proof = ledger.consistency(first.size(), second.size());
            boolean isProven = Hash.consistent(first.size(), first.root(), second.size(), second.root(), proof);
            return new Consistency(isProven, first.size(), second.size(), "");
        } catch (IllegalArgumentException e) {
            return new Consistency(false, 0, 0, String.valueOf(e.getMessage()));
        }
    }

    /// Browsers send line ends of two characters, and people leave out the last.
    private static String withEnd(String pasted) {
        String note = pasted.replace("\r\n", "\n").strip();
        return note + "\n";
    }

    private Answer remember(Visit visit) {
        hub.settings().setOwn(REMEMBERED + visit.operator().name(), ledger.checkpoint(), visit.operator());
        return Answer.redirect("/ledger");
    }

    private Answer checkpoint(Visit visit) {
        return Answer.download(
                "text/plain;charset=utf-8",
                "checkpoint.txt",
                ledger.checkpoint().getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    private Answer entry(Visit visit) {
        Recorded<Entry> one = find(visit);
        byte[] receipt = ledger.receipt(one.position()).toBytes();
        String fault = "";
        try {
            Receipt.verify(receipt, ledger.verifier());
        } catch (IllegalArgumentException e) {
            fault = String.valueOf(e.getMessage());
        }
        return Answer.page("ledger/entry", Map.of("entry", entries.told(one), "fault", fault));
    }

    private Answer receipt(Visit visit) {
        Position position = find(visit).position();
        return Answer.download(
                "application/json",
                position + ".receipt.json",
                ledger.receipt(position).toBytes());
    }

    private Recorded<Entry> find(Visit visit) {
        try {
            return entries.at(Position.of(visit.variable(0)), new Sight(visit.operator()))
                    .orElseThrow(() -> notFound(visit));
        } catch (IllegalArgumentException e) {
            throw notFound(visit);
        }
    }

    private static Refused notFound(Visit visit) {
        return visit.words().refused(Problem.NOT_FOUND, "ledger.not-found");
    }

    /// A zip of a document's receipts, or of those of a range of entries.
    private Answer bundle(Visit visit) {
        Optional<String> id = visit.query("id");
        return id.isPresent() ? ofDocument(id.get(), visit) : ofRange(visit);
    }

    private Answer ofDocument(String id, Visit visit) {
        Optional<Recorded<Entry.DocumentAccepted>> found;
        try {
            found = hub.parts()
                    .documents()
                    .sent(new DocumentId(id), new PartyId(visit.query("sender").orElse("")));
        } catch (IllegalArgumentException e) {
            throw notFound(visit);
        }
        Recorded<Entry.DocumentAccepted> document = found.filter(one ->
                        visit.operator().sees(one.entry().envelope().flow().brand()))
                .orElseThrow(() -> notFound(visit));
        List<Position> positions = new ArrayList<>();
        positions.add(document.position());
        hub.parts()
                .documents()
                .history(document, new Viewer.Operator(), Bundle.RECEIPTS_MAX - 1)
                .forEach(event -> positions.add(event.position()));
        return new Answer.File(ZIP, id + ".bundle.zip", out -> bundles.write(positions.iterator(), out));
    }

    private Answer ofRange(Visit visit) {
        long size = ledger.size();
        long from = number(visit, "from", 0);
        long to = Math.min(size, number(visit, "to", size));
        if (from < 1 || to < from || to - from >= Bundle.RECEIPTS_MAX) {
            throw visit.words()
                    .refused(
                            Problem.BAD_REQUEST,
                            "ledger.range-wrong",
                            Integer.toString(Bundle.RECEIPTS_MAX),
                            Long.toString(size));
        }
        PrimitiveIterator.OfLong seen = entries.between(from, to, new Sight(visit.operator()));
        if (!seen.hasNext()) {
            throw notFound(visit);
        }
        Iterator<Position> positions = new Iterator<>() {
            @Override
            public boolean hasNext() {
                return seen.hasNext();
            }

            @Override
            public Position next() {
                return new Position(seen.nextLong());
            }
        };
        return new Answer.File(ZIP, from + "-" + to + ".bundle.zip", out -> bundles.write(positions, out));
    }

    private static long number(Visit visit, String name, long fallback) {
        Optional<String> written = visit.query(name);
        if (written.isEmpty()) {
            return fallback;
        }
        try {
            return Position.of(written.get()).value();
        } catch (IllegalArgumentException e) {
            throw visit.words().refused(Problem.BAD_REQUEST, "ledger.number-wrong");
        }
    }
}
