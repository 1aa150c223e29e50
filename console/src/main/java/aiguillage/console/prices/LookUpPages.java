package aiguillage.console.prices;

import aiguillage.console.web.Access;
import aiguillage.console.web.Answer;
import aiguillage.console.web.Route;
import aiguillage.console.web.Visit;
import aiguillage.dataset.replica.Found;
import aiguillage.dataset.replica.Past;
import aiguillage.dataset.row.Key;
import aiguillage.dataset.row.Row;
import aiguillage.dataset.schema.Column;
import aiguillage.dataset.schema.Schema;
import aiguillage.hub.Inside;
import aiguillage.hub.dataset.Readers;
import aiguillage.hub.problem.Problem;
import aiguillage.protocol.PartyId;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Looks a row up: as it was published, version by version, or as one party sees it.
final class LookUpPages {

    /// Rows of one key that are shown.
    private static final int ROWS_MAX = 200;

    private final Inside hub;

    LookUpPages(Inside hub) {
        this.hub = hub;
    }

    List<Route> routes() {
        return List.of(Route.get(PricesPages.DATASET + "/look-up", Access.OPERATE, this::lookUp));
    }

    private Answer lookUp(Visit visit) throws IOException {
        Chosen chosen = Chosen.of(hub, visit);
        Schema schema = chosen.dataset().schema();
        var fields = new ArrayList<LookUpView.Field>();
        for (Column column : schema.keys()) {
            String name = "k" + (fields.size() + 1);
            fields.add(
                    new LookUpView.Field(name, column.name(), visit.query(name).orElse("")));
        }
        String party = visit.query("party").orElse("");
        String at = visit.query("at").orElse("");
        LookUpView.Answer answer = null;
        if (fields.stream().noneMatch(field -> field.value().isEmpty())) {
            Key key = key(visit, fields);
            Instant asked = Fields.instant(visit, at.isEmpty() ? null : at);
            hub.acts()
                    .record(
                            visit.operator(),
                            "look",
                            chosen.name() + " " + key + (party.isEmpty() ? "" : " (" + party + ")"),
                            "");
            answer = party.isEmpty()
                    ? published(chosen, key, asked, visit)
                    : seen(chosen, key, party(visit, party), asked, visit);
        }
        return Answer.page(
                "prices/look-up",
                "view",
                new LookUpView(chosen.name().toString(), chosen.path(), fields, party, at, Cell.names(schema), answer));
    }

    private static Key key(Visit visit, List<LookUpView.Field> fields) {
        try {
            return Key.of(fields.stream().map(LookUpView.Field::value).toList());
        } catch (IllegalArgumentException e) {
            throw visit.words().refused(Problem.BAD_REQUEST, "prices.no-key");
        }
    }

    private static PartyId party(Visit visit, String text) {
        try {
            return new PartyId(text);
        } catch (IllegalArgumentException e) {
            throw visit.words().refused(Problem.NOT_FOUND, "prices.no-reader");
        }
    }

    /// Through the party's eyes: its rows alone, with its marks.
    private LookUpView.Answer seen(Chosen chosen, Key key, PartyId party, @Nullable Instant at, Visit visit)
            throws IOException {
        if (!chosen.dataset().askers(hub.parts().flows().table().directory()).contains(party)) {
            throw visit.words().refused(Problem.NOT_FOUND, "prices.no-reader");
        }
        Readers.Looked looked = hub.readers().seenBy(chosen.name(), party, List.of(key), at);
        Found found = looked.found().getFirst();
        Row row = found.row();
        List<LookUpView.Line> lines = row == null
                ? List.of()
                : List.of(line(chosen, key, row, looked.version(), looked.effective(), true, visit));
        return new LookUpView.Answer(lines, found.until(), !found.exact());
    }

    private LookUpView.Answer published(Chosen chosen, Key key, @Nullable Instant at, Visit visit) throws IOException {
        Instant now = hub.parts().clock().instant();
        Instant asked = at == null ? now : at;
        var lines = new ArrayList<LookUpView.Line>();
        boolean isFound = false;
        for (Past past : hub.publishers().past(chosen.name(), chosen.who(), key)) {
            boolean isDue = !past.version().effective().isAfter(asked);
            if (past.rows().isEmpty() && lines.size() < ROWS_MAX) {
                lines.add(new LookUpView.Line(
                        past.version().number(), past.version().effective(), null, null, List.of(), false));
            }
            for (Row row : past.rows().list()) {
                if (lines.size() < ROWS_MAX) {
                    boolean holds = isDue && !isFound && row.holds(asked);
                    lines.add(line(
                            chosen,
                            key,
                            row,
                            past.version().number(),
                            past.version().effective(),
                            holds,
                            visit));
                }
            }
            isFound |= isDue;
        }
        while (!lines.isEmpty() && lines.getLast().cells().isEmpty()) {
            lines.removeLast(); // before the key came there was nothing to be removed
        }
        return new LookUpView.Answer(lines, null, false);
    }

    private static LookUpView.Line line(
            Chosen chosen, Key key, Row row, long version, Instant effective, boolean holds, Visit visit) {
        return new LookUpView.Line(
                version,
                effective,
                row.from(),
                row.to(),
                Cell.row(chosen.dataset().schema(), key, row, visit.words()),
                holds);
    }
}
