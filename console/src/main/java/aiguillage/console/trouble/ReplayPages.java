package aiguillage.console.trouble;

import aiguillage.console.trouble.ReplayView.Asked;
import aiguillage.console.web.Access;
import aiguillage.console.web.Address;
import aiguillage.console.web.Answer;
import aiguillage.console.web.Route;
import aiguillage.console.web.Visit;
import aiguillage.hub.Inside;
import aiguillage.hub.document.Recorded;
import aiguillage.hub.entry.Entry;
import aiguillage.hub.entry.Reader;
import aiguillage.hub.operators.Operator;
import aiguillage.hub.problem.Problem;
import aiguillage.hub.problem.Refused;
import aiguillage.hub.replay.Plan;
import aiguillage.hub.replay.Replays;
import aiguillage.hub.replay.Run;
import aiguillage.hub.replay.Wish;
import aiguillage.protocol.Digest;
import aiguillage.protocol.DocumentId;
import aiguillage.protocol.FlowName;
import aiguillage.protocol.PartyId;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Documents that are offered once more: shown first, then done as it was shown.
final class ReplayPages {

    /// Of one document so many readers are offered for choice.
    private static final int READERS_MAX = 200;

    private final Inside hub;
    private final Replays replays;

    ReplayPages(Inside hub) {
        this.hub = hub;
        this.replays = hub.trouble().replays();
    }

    List<Route> routes() {
        return List.of(
                Route.get("/replays", Access.SEE, this::list),
                Route.get("/replays/new", Access.OPERATE, this::preview),
                Route.confirmed("/replays", Access.CONFIRMED_OPERATE, "trouble.deed.replay", this::begin),
                Route.post("/replays/{number}/stop", Access.OPERATE, this::stop));
    }

    private Answer list(Visit visit) {
        List<ReplaysView.Line> lines = replays.runs().stream()
                .filter(run -> visit.operator().sees(run.wish().flow().brand()))
                .map(ReplayPages::line)
                .toList();
        return Answer.page("trouble/replays", "view", new ReplaysView(lines));
    }

    private static ReplaysView.Line line(Run run) {
        return new ReplaysView.Line(
                run.number(),
                run.wish().reader().value(),
                run.wish().flow().toString(),
                run.state(),
                run.total(),
                run.offered(),
                run.passedOver(),
                run.begun(),
                run.by(),
                run.reason(),
                run.failure(),
                address(run.wish()).toString());
    }

    private static Address address(Wish wish) {
        return new Address("/replays/new")
                .with("party", wish.reader())
                .with("flow", wish.flow())
                .with("from", wish.from())
                .with("to", wish.to())
                .with("missing", wish.isMissingOnly() ? "yes" : "")
                .with("as-of", wish.asOf());
    }

    private Answer preview(Visit visit) {
        Asked asked = asked(visit);
        Recorded<Entry.DocumentAccepted> document = document(asked, visit);
        List<String> readers = document == null
                ? List.of()
                : document.entry().readers().stream()
                        .limit(READERS_MAX)
                        .map(Reader::party)
                        .map(PartyId::value)
                        .toList();
        boolean isEnough =
                !asked.party().isEmpty() && (document != null || !asked.flow().isEmpty());
        ReplayView.Preview preview = isEnough ? shown(replays.plan(wish(visit, asked, document))) : null;
        return Answer.page("trouble/replay", "view", new ReplayView(asked, readers, preview));
    }

    private static Asked asked(Visit visit) {
        return new Asked(
                visit.query("party").orElse(""),
                visit.query("flow").orElse(""),
                visit.query("sender").orElse(""),
                visit.query("document").orElse(""),
                visit.query("since").orElse(""),
                visit.query("until").orElse(""),
                visit.query("from").orElse(""),
                visit.query("to").orElse(""),
                visit.query("missing").isPresent());
    }

    /// The one document that is asked for; null when none is named.
    private @Nullable Recorded<Entry.DocumentAccepted> document(Asked asked, Visit visit) {
        if (asked.document().isEmpty()) {
            return null;
        }
        try {
            return hub.parts()
                    .documents()
                    .sent(new DocumentId(asked.document()), new PartyId(asked.sender()))
                    .filter(found -> visit.operator()
                            .sees(found.entry().envelope().flow().brand()))
                    .orElseThrow(() -> notThere(visit));
        } catch (IllegalArgumentException noName) {
            throw notThere(visit);
        }
    }

    private static Refused notThere(Visit visit) {
        return visit.words().refused(Problem.NOT_FOUND, "trouble.replay.nowhere");
    }

    private Wish wish(Visit visit, Asked asked, @Nullable Recorded<Entry.DocumentAccepted> document) {
        long asOf = number(visit.query("as-of")).orElseGet(replays::now);
        PartyId party = party(asked.party(), visit);
        if (document != null) {
            long at = document.position().value();
            return new Wish(party, document.entry().envelope().flow(), at, at, asked.isMissingOnly(), asOf);
        }
        long from = asked.since().isEmpty()
                ? number(Optional.of(asked.from())).orElse(1L)
                : replays.firstAt(visit.instant(asked.since()));
        long to = asked.until().isEmpty()
                ? number(Optional.of(asked.to())).orElse(asOf)
                : replays.firstAt(visit.instant(asked.until())) - 1;
        return new Wish(party, flow(asked.flow(), visit), from, to, asked.isMissingOnly(), asOf);
    }

    /// A party that this operator may see; of another nothing is told, not even whether it is there.
    private PartyId party(String name, Visit visit) {
        try {
            var party = new PartyId(name);
            boolean isSeen = hub.parts().flows().table().party(party).stream()
                    .flatMap(known -> known.brands().stream())
                    .anyMatch(visit.operator()::sees);
            if (!isSeen) {
                throw notThere(visit);
            }
            return party;
        } catch (IllegalArgumentException noName) {
            throw notThere(visit);
        }
    }

    /// A flow that this operator may see.
    private static FlowName flow(String name, Visit visit) {
        try {
            FlowName flow = FlowName.of(name);
            if (visit.operator().sees(flow.brand())) {
                return flow;
            }
        } catch (IllegalArgumentException noName) {
            throw notThere(visit);
        }
        throw notThere(visit);
    }

    private static Optional<Long> number(Optional<String> text) {
        return text.filter(digits -> digits.matches("[0-9]{1,18}")).map(Long::valueOf);
    }

    private static ReplayView.Preview shown(Plan plan) {
        Wish wish = plan.wish();
        Long next = plan.next();
        return new ReplayView.Preview(
                wish.reader().value(),
                wish.flow().toString(),
                wish.from(),
                wish.to(),
                wish.isMissingOnly(),
                wish.asOf(),
                plan.seal().toString(),
                plan.items().size(),
                plan.done(),
                plan.bytes(),
                plan.items().isEmpty() ? null : item(plan.items().getFirst()),
                plan.items().isEmpty() ? null : item(plan.items().getLast()),
                plan.reasons(),
                next == null
                        ? null
                        : address(new Wish(
                                        wish.reader(),
                                        wish.flow(),
                                        next,
                                        wish.asOf(),
                                        wish.isMissingOnly(),
                                        wish.asOf()))
                                .toString());
    }

    private static ReplayView.Line item(Plan.Item item) {
        return new ReplayView.Line(
                item.delivery().id().value(),
                QuarantinePages.document(item.delivery()),
                item.accepted(),
                item.offeredUntil());
    }

    private Answer begin(Visit visit) {
        String reason = visit.required("reason");
        Operator operator = visit.operator();
        var wish = new Wish(
                party(visit.required("party"), visit),
                flow(visit.required("flow"), visit),
                required(visit, "from"),
                required(visit, "to"),
                visit.field("missing").isPresent(),
                required(visit, "as-of"));
        Digest seal = seal(visit);
        hub.acts().record(operator, "replay", wish.text(), reason);
        replays.begin(wish, seal, operator.by(), reason);
        return Answer.redirect("/replays");
    }

    private static long required(Visit visit, String name) {
        return number(Optional.of(visit.required(name)))
                .orElseThrow(() -> visit.words().refused(Problem.BAD_REQUEST, "web.missing", name));
    }

    private static Digest seal(Visit visit) {
        try {
            return Digest.ofHeader(visit.required("seal"));
        } catch (IllegalArgumentException e) {
            throw visit.words().refused(Problem.BAD_REQUEST, "web.missing", "seal");
        }
    }

    private Answer stop(Visit visit) {
        Run run = number(Optional.of(visit.variable(0)))
                .flatMap(replays::run)
                .filter(one -> visit.operator().sees(one.wish().flow().brand()))
                .orElseThrow(() -> visit.words().refused(Problem.NOT_FOUND, "trouble.replay.none"));
        hub.acts().record(visit.operator(), "replay-stop", "replay " + run.number(), "");
        run.stop();
        return Answer.redirect("/replays");
    }
}
