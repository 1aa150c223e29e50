package aiguillage.console.find;

import aiguillage.console.document.Line;
import aiguillage.console.web.Access;
import aiguillage.console.web.Answer;
import aiguillage.console.web.Route;
import aiguillage.console.web.Visit;
import aiguillage.hub.Inside;
import aiguillage.hub.document.Recorded;
import aiguillage.hub.entry.Entry;
import aiguillage.hub.operators.Sight;
import aiguillage.hub.problem.Problem;
import aiguillage.protocol.Position;
import aiguillage.protocol.proof.Receipt;
import aiguillage.protocol.proof.Statement;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The search box. One hit leads straight to its page.
public final class FindPages {

    private final Inside hub;
    private final Finder finder;

    public FindPages(Inside hub) {
        this.hub = hub;
        this.finder = new Finder(
                hub.parts().documents(), party -> hub.parts().flows().table().party(party));
    }

    public List<Route> routes() {
        return List.of(
                Route.get("/find", Access.SEE, visit -> find(visit.query("q").orElse(""), visit)),
                Route.post("/find", Access.SEE, visit -> find(visit.field("q").orElse(""), visit)));
    }

    private Answer find(String asked, Visit visit) {
        if (asked.isEmpty()) {
            return Answer.page("find/find", Map.of("asked", "", "found", Optional.empty(), "proof", Optional.empty()));
        }
        if (asked.startsWith("{")) {
            return Answer.page(
                    "find/find",
                    Map.of("asked", "", "found", Optional.empty(), "proof", Optional.of(proof(asked, visit))));
        }
        Found found = finder.find(asked, visit.operator());
        if (found.hits() == 1) {
            return Answer.redirect(found.only());
        }
        return Answer.page("find/find", Map.of("asked", asked, "found", Optional.of(found), "proof", Optional.empty()));
    }

    /// A receipt of something that the visitor may not see is like one of nothing.
    private Proof proof(String pasted, Visit visit) {
        Statement statement;
        try {
            statement = Receipt.verify(
                    pasted.getBytes(StandardCharsets.UTF_8),
                    hub.parts().ledger().verifier());
        } catch (IllegalArgumentException e) {
            return Proof.wrong(String.valueOf(e.getMessage()));
        }
        Position position = statement.position();
        Entry entry = hub.parts()
                .documents()
                .find(position)
                .orElseThrow(() -> visit.words().refused(Problem.NOT_FOUND, "find.ahead", position.toString()));
        Optional<Recorded<Entry.DocumentAccepted>> about = finder.about(new Recorded<>(position, entry));
        boolean isSeen = about.map(one ->
                        visit.operator().sees(one.entry().envelope().flow().brand()))
                .orElseGet(() -> new Sight(visit.operator()).sees(entry));
        if (!isSeen) {
            throw visit.words().refused(Problem.NOT_FOUND, "find.not-yours");
        }
        return Proof.genuine(statement, about.map(one -> Line.path(one.entry())).orElse("/ledger/entries/" + position));
    }
}
