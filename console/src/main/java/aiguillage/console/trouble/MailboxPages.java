package aiguillage.console.trouble;

import aiguillage.console.trouble.MailboxView.Way;
import aiguillage.console.trouble.MailboxesView.Filter;
import aiguillage.console.web.Access;
import aiguillage.console.web.Address;
import aiguillage.console.web.Answer;
import aiguillage.console.web.Route;
import aiguillage.console.web.Visit;
import aiguillage.hub.Inside;
import aiguillage.hub.directory.Party;
import aiguillage.hub.entry.Delivery;
import aiguillage.hub.mailbox.Backlogs;
import aiguillage.hub.mailbox.Mailboxes;
import aiguillage.hub.mailbox.Mailboxes.Backlog;
import aiguillage.hub.operators.Operator;
import aiguillage.hub.problem.Problem;
import aiguillage.hub.problem.Refused;
import aiguillage.hub.yard.DeliveryRow;
import aiguillage.hub.yard.MailboxRow;
import aiguillage.protocol.FlowName;
import aiguillage.protocol.PartyId;
import aiguillage.protocol.Position;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What waits for whom, and why it does not arrive.
final class MailboxPages {

    /// A mailbox whose oldest delivery waits for longer is called stuck.
    static final Duration STUCK_AFTER = Duration.ofHours(1);

    private static final int LINES_MAX = 100;

    private final Inside hub;
    private final Mailboxes mailboxes;

    MailboxPages(Inside hub) {
        this.hub = hub;
        this.mailboxes = hub.parts().mailboxes();
    }

    List<Route> routes() {
        return List.of(
                Route.get("/mailboxes", Access.SEE, this::list),
                Route.get("/mailboxes/{party}", Access.SEE, this::mailbox),
                Route.post("/mailboxes/{party}/try", Access.OPERATE, this::tryNow));
    }

    /// All of one party that somebody may see.
    private record Sum(
            PartyId party,
            long pending,
            long quarantined,
            @Nullable Position oldest) {

        private Sum plus(Backlog more) {
            Position first = oldest == null ? more.oldest() : oldest; // backlogs come oldest first
            return new Sum(party, pending + more.pending(), quarantined + more.quarantined(), first);
        }
    }

    private Answer list(Visit visit) {
        var filter =
                new Filter(visit.query("party").orElse(""), visit.query("stuck").isPresent());
        Backlogs.Seen seen = hub.trouble().backlogs().seen();
        List<Sum> wanted = sums(seen, visit.operator(), filter);
        // positions rise with time: from the first that is not stuck on, none is
        long stuck = stuck(wanted, seen.at());
        List<Sum> shown = filter.isStuckOnly() ? stuckOrSilent(wanted, (int) stuck) : wanted;
        int from = (int) Math.min(visit.number("from").orElse(0), shown.size());
        int to = Math.min(from + LINES_MAX, shown.size());
        String next = to == shown.size()
                ? null
                : new Address("/mailboxes")
                        .with("party", filter.party())
                        .with("stuck", filter.isStuckOnly() ? "yes" : "")
                        .with("from", to)
                        .toString();
        var view = new MailboxesView(
                filter,
                seen.at(),
                shown.size(),
                stuck,
                shown.subList(from, to).stream()
                        .map(sum -> line(sum, seen.at()))
                        .toList(),
                next);
        return Answer.page("trouble/mailboxes", "view", view);
    }

    private static List<Sum> sums(Backlogs.Seen seen, Operator operator, Filter filter) {
        Map<PartyId, Sum> byParty = new LinkedHashMap<>();
        for (Backlog one : seen.all()) {
            if (operator.sees(one.flow().brand()) && one.reader().value().contains(filter.party())) {
                Sum before = byParty.getOrDefault(one.reader(), new Sum(one.reader(), 0, 0, null));
                byParty.put(one.reader(), before.plus(one));
            }
        }
        return new ArrayList<>(byParty.values());
    }

    /// The first so many, and of the others those whose reader is silent.
    private List<Sum> stuckOrSilent(List<Sum> sums, int stuck) {
        var shown = new ArrayList<>(sums.subList(0, stuck));
        for (Sum sum : sums.subList(stuck, sums.size())) {
            if (sum.oldest != null && heard(sum.party).isSilent()) {
                shown.add(sum);
            }
        }
        return shown;
    }

    private Heard heard(PartyId party) {
        return Heard.of(hub.parts().presence().contact(party));
    }

    /// How many are stuck: the first so many. Looks at few entries, however many mailboxes there are.
    private long stuck(List<Sum> sums, Instant now) {
        int low = 0;
        int high = sums.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (isStuck(sums.get(middle).oldest, now)) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private boolean isStuck(@Nullable Position oldest, Instant now) {
        return oldest != null && since(oldest).plus(STUCK_AFTER).isBefore(now);
    }

    private Instant since(Position position) {
        return hub.parts().documents().entry(position).time();
    }

    private MailboxesView.Line line(Sum sum, Instant now) {
        Instant since = sum.oldest == null ? null : since(sum.oldest);
        return new MailboxesView.Line(
                sum.party.value(),
                sum.pending,
                sum.quarantined,
                since,
                since == null ? null : Duration.between(since, now),
                isStuck(sum.oldest, now),
                heard(sum.party));
    }

    private Answer mailbox(Visit visit) {
        PartyId party = party(visit);
        SortedMap<FlowName, MailboxRow> counts = counts(party, visit.operator());
        long after = visit.number("after").orElse(0);
        List<DeliveryRow> rows = pending(party, counts, after);
        String next = rows.size() <= LINES_MAX
                ? null
                : new Address("/mailboxes/" + party)
                        .with("after", rows.get(LINES_MAX - 1).delivery().position())
                        .toString();
        Instant now = hub.parts().clock().instant();
        var view = new MailboxView(
                party.value(),
                way(party),
                heard(party),
                counts.entrySet().stream()
                        .filter(one -> one.getValue().pending() + one.getValue().quarantined() > 0)
                        .map(one -> new MailboxView.OfFlow(
                                one.getKey().toString(),
                                one.getValue().pending(),
                                one.getValue().quarantined()))
                        .toList(),
                rows.stream().limit(LINES_MAX).map(row -> line(row, now)).toList(),
                next,
                visit.query("tried").isPresent());
        return Answer.page("trouble/mailbox", "view", view);
    }

    private SortedMap<FlowName, MailboxRow> counts(PartyId party, Operator operator) {
        var counts = new TreeMap<>(mailboxes.counts(party));
        counts.keySet().removeIf(flow -> !operator.sees(flow.brand()));
        return counts;
    }

    /// The first of the flows that may be seen; one more than is shown.
    private List<DeliveryRow> pending(PartyId party, SortedMap<FlowName, MailboxRow> counts, long after) {
        var rows = new ArrayList<DeliveryRow>();
        counts.forEach((flow, row) -> {
            if (row.pending() > 0) {
                rows.addAll(mailboxes.pending(party, after, flow, LINES_MAX + 1));
            }
        });
        rows.sort(Comparator.comparingLong(row -> row.delivery().position().value()));
        return rows.subList(0, Math.min(rows.size(), LINES_MAX + 1));
    }

    private MailboxView.Line line(DeliveryRow row, Instant now) {
        Delivery delivery = row.delivery();
        Instant since = since(delivery.position());
        return new MailboxView.Line(
                delivery.position().value(),
                delivery.flow().toString(),
                delivery.sender().value(),
                delivery.id().value(),
                document(delivery),
                since,
                Duration.between(since, now),
                row.offeredUntil(),
                hub.trouble().attempts().of(delivery).orElse(null));
    }

    /// The page of the document that a delivery is, or, for a notice, is about.
    private String document(Delivery delivery) {
        if (!delivery.flow().isNotices()) {
            return QuarantinePages.document(delivery);
        }
        var about =
                hub.parts().documents().document(delivery.document()).entry().envelope();
        return Address.ofDocument(about.sender(), about.id()).toString();
    }

    private Way way(PartyId party) {
        Optional<Party> known = hub.parts().flows().table().party(party);
        if (known.isEmpty()) {
            return Way.UNKNOWN;
        }
        return known.get().as4().url() == null ? Way.FETCHED : Way.PUSHED;
    }

    /// The party of the address, if somebody may know of it: it is of a brand, or has a mailbox, that he sees.
    private PartyId party(Visit visit) {
        Operator operator = visit.operator();
        try {
            var party = new PartyId(visit.variable(0));
            boolean isOfBrand = hub.parts()
                    .flows()
                    .table()
                    .party(party)
                    .filter(known -> operator.seesAny(known.brands()))
                    .isPresent();
            if (isOfBrand || !counts(party, operator).isEmpty()) {
                return party;
            }
        } catch (IllegalArgumentException noName) {
            throw notThere(visit);
        }
        throw notThere(visit);
    }

    private static Refused notThere(Visit visit) {
        return visit.words().refused(Problem.NOT_FOUND, "trouble.mailbox.none");
    }

    private Answer tryNow(Visit visit) {
        PartyId party = party(visit);
        hub.acts().record(visit.operator(), "try-now", party.value(), "");
        hub.trouble().tryNow().accept(party);
        return Answer.redirect("/mailboxes/" + party + "?tried=yes");
    }
}
