package aiguillage.console.people;

import aiguillage.console.web.Access;
import aiguillage.console.web.Answer;
import aiguillage.console.web.Route;
import aiguillage.console.web.Visit;
import aiguillage.console.web.Words;
import aiguillage.hub.Inside;
import aiguillage.hub.document.Recorded;
import aiguillage.hub.entry.Entry;
import aiguillage.hub.operators.Acts;
import aiguillage.hub.operators.Operator;
import aiguillage.hub.operators.Rank;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What operators did, newest first: in the console, by a command or the API, and alerts by themselves. Whoever does
/// not administer all brands sees what he did himself: the words of others may name what is of another brand.
public final class ActivityPages {

    static final int LINES_MAX = 50;
    static final int LOOKED_AT_MAX = 500;

    private final Inside hub;

    ActivityPages(Inside hub) {
        this.hub = hub;
    }

    List<Route> routes() {
        return List.of(Route.get("/activity", Access.SEE, this::list));
    }

    /// Names under which nobody signs in.
    private static final Set<String> NOBODY = Set.of(Acts.COMMAND, "alerts");

    /// @param from the end of its words' key: how it was done
    /// @param word what was done, in the page's language; null: there is none for this action
    public record Line(
            long position,
            Instant time,
            String operator,
            String from,
            String action,
            @Nullable String word,
            String subject,
            String reason) {}

    /// @param operator whose, or empty: of all
    /// @param isAll whether others are seen too
    /// @param next where to go on, or empty at the end
    public record Lines(List<Line> lines, String operator, boolean isAll, String next) {}

    private Answer list(Visit visit) {
        Operator asks = visit.operator();
        boolean isAll = asks.rank() == Rank.ADMINISTER && asks.seesAll();
        String whose = isAll ? visit.query("operator").orElse("") : asks.name();
        long before = Math.max(1, visit.number("before").orElse(Long.MAX_VALUE));
        return Answer.page("people/activity", "view", lines(whose, isAll, before, visit.words()));
    }

    private Lines lines(String whose, boolean isAll, long before, Words words) {
        var lines = new ArrayList<Line>();
        String next = "";
        List<Recorded<Entry.OperatorActed>> acts = hub.acts().newest(before, LOOKED_AT_MAX);
        for (Recorded<Entry.OperatorActed> act : acts) {
            Entry.OperatorActed entry = act.entry();
            if (!whose.isEmpty() && !entry.operator().equals(whose)) {
                continue;
            }
            if (lines.size() == LINES_MAX) {
                next = Long.toString(lines.getLast().position());
                break;
            }
            lines.add(new Line(
                    act.position().value(),
                    entry.time(),
                    entry.operator(),
                    NOBODY.contains(entry.operator()) ? entry.operator() : "console",
                    entry.action(),
                    words.find("people.act." + entry.action()).orElse(null),
                    entry.subject(),
                    entry.reason()));
        }
        if (next.isEmpty() && acts.size() == LOOKED_AT_MAX) {
            next = Long.toString(acts.getLast().position().value());
        }
        return new Lines(lines, whose, isAll, next);
    }
}
