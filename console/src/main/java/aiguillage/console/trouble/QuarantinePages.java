package aiguillage.console.trouble;

import aiguillage.console.trouble.QuarantineView.Decided;
import aiguillage.console.trouble.QuarantineView.Filter;
import aiguillage.console.trouble.QuarantineView.Line;
import aiguillage.console.web.Access;
import aiguillage.console.web.Address;
import aiguillage.console.web.Answer;
import aiguillage.console.web.Route;
import aiguillage.console.web.Visit;
import aiguillage.hub.Inside;
import aiguillage.hub.delivery.Quarantine;
import aiguillage.hub.delivery.Quarantine.Rejected;
import aiguillage.hub.entry.Delivery;
import aiguillage.hub.entry.Entry;
import aiguillage.hub.mailbox.Mailboxes.Place;
import aiguillage.hub.operators.Operator;
import aiguillage.hub.problem.Problem;
import aiguillage.hub.problem.Refused;
import aiguillage.hub.yard.DeliveryRow;
import aiguillage.protocol.PartyId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Everything in quarantine, and the decision about it, singly or in bulk.
final class QuarantinePages {

    /// The most deliveries that one form decides on.
    static final int PICKED_MAX = 500;

    private static final int LINES_MAX = 100;
    private static final String PICK = "pick:";
    private static final Quarantine.Page NOTHING = new Quarantine.Page(List.of(), null);

    private final Inside hub;
    private final Quarantine quarantine;

    QuarantinePages(Inside hub) {
        this.hub = hub;
        this.quarantine = hub.trouble().quarantine();
    }

    List<Route> routes() {
        return List.of(
                Route.get("/quarantine", Access.SEE, this::list),
                Route.confirmed(
                        "/quarantine/release",
                        Access.CONFIRMED_OPERATE,
                        "trouble.deed.release",
                        visit -> decide(visit, true)),
                Route.confirmed(
                        "/quarantine/return",
                        Access.CONFIRMED_OPERATE,
                        "trouble.deed.return",
                        visit -> decide(visit, false)));
    }

    private Answer list(Visit visit) {
        var filter = new Filter(
                visit.query("party").orElse(""),
                visit.query("flow").orElse(""),
                visit.query("reason").orElse(""));
        Quarantine.Page page = page(visit, filter);
        Instant now = hub.parts().clock().instant();
        Place next = page.next();
        var view = new QuarantineView(
                filter,
                page.rejected().stream().map(one -> line(one, now)).toList(),
                next == null ? null : address(filter).with("after", next).toString(),
                decided(visit));
        return Answer.page("trouble/quarantine", "view", view);
    }

    private static Address address(Filter filter) {
        return new Address("/quarantine")
                .with("party", filter.party())
                .with("flow", filter.flow())
                .with("reason", filter.reason());
    }

    private Quarantine.Page page(Visit visit, Filter filter) {
        PartyId party;
        try {
            party = filter.party().isEmpty() ? null : new PartyId(filter.party());
        } catch (IllegalArgumentException noName) {
            return NOTHING;
        }
        Place after = visit.query("after").map(QuarantinePages::place).orElse(null);
        if (party != null && after != null && !after.reader().equals(party)) {
            after = null;
        }
        Operator operator = visit.operator();
        Predicate<DeliveryRow> isWanted =
                row -> operator.sees(row.delivery().flow().brand()) && isOf(filter.flow(), row.delivery());
        String reason = filter.reason().toLowerCase(Locale.ROOT);
        return quarantine.page(
                party,
                after,
                isWanted,
                one -> one.reason().toLowerCase(Locale.ROOT).contains(reason),
                LINES_MAX);
    }

    private static boolean isOf(String wanted, Delivery delivery) {
        return wanted.isEmpty()
                || delivery.flow().toString().equals(wanted)
                || delivery.flow().brand().value().equals(wanted);
    }

    private static Line line(Rejected rejected, Instant now) {
        Delivery delivery = rejected.row().delivery();
        return new Line(
                Place.of(delivery).toString(),
                delivery.reader().value(),
                delivery.flow().toString(),
                delivery.sender().value(),
                delivery.id().value(),
                document(delivery),
                rejected.reason(),
                rejected.since(),
                Duration.between(rejected.since(), now),
                rejected.row().offeredUntil());
    }

    /// The address of the page of a delivery's document.
    static String document(Delivery delivery) {
        return Address.ofDocument(delivery.sender(), delivery.id()).toString();
    }

    private static Place place(String text) {
        try {
            return Place.of(text);
        } catch (IllegalArgumentException e) {
            throw new Refused(Problem.NOT_FOUND, "There is no such delivery.");
        }
    }

    private static @Nullable Decided decided(Visit visit) {
        Optional<Integer> done = count(visit, "done");
        Optional<Integer> already = count(visit, "already");
        return done.isEmpty() || already.isEmpty()
                ? null
                : new Decided(visit.query("what").orElse("").equals("release"), done.get(), already.get());
    }

    private static Optional<Integer> count(Visit visit, String name) {
        return visit.query(name).filter(text -> text.matches("[0-9]{1,4}")).map(Integer::valueOf);
    }

    private Answer decide(Visit visit, boolean isRelease) {
        String reason = visit.required("reason");
        List<Place> picked = picked(visit);
        record(visit.operator(), isRelease ? "release" : "return", picked, reason);
        int done = 0;
        for (Place place : picked) {
            if (decide(place, isRelease, visit.operator().by())) {
                done++;
            }
        }
        var to = new Address("/quarantine")
                .with("party", visit.field("party").orElse(""))
                .with("flow", visit.field("flow").orElse(""))
                .with("what", isRelease ? "release" : "return")
                .with("done", done)
                .with("already", picked.size() - done);
        return Answer.redirect(to.toString());
    }

    private boolean decide(Place place, boolean isRelease, String by) {
        try {
            quarantine.decide(place.reader(), place.position(), isRelease, by);
            return true;
        } catch (Refused refused) {
            if (refused.problem() == Problem.NOT_FOUND) {
                return false; // somebody else was quicker
            }
            throw refused;
        }
    }

    /// What was picked, where each is a delivery that this operator may see and that is in quarantine or was.
    private List<Place> picked(Visit visit) {
        List<Place> picked = visit.form().keySet().stream()
                .filter(name -> name.startsWith(PICK))
                .map(name -> place(name.substring(PICK.length())))
                .sorted(Comparator.comparing((Place one) -> one.reader().value())
                        .thenComparingLong(one -> one.position().value()))
                .toList();
        if (picked.isEmpty() || picked.size() > PICKED_MAX) {
            throw visit.words().refused(Problem.BAD_REQUEST, "trouble.pick", PICKED_MAX);
        }
        for (Place place : picked) {
            boolean isTheirs = visit.operator().sees(place.flow().brand())
                    && hub.parts()
                            .mailboxes()
                            .delivery(
                                    place.reader(),
                                    place.position(),
                                    hub.parts().ledger().size())
                            .filter(delivery -> delivery.flow().equals(place.flow()))
                            .isPresent();
            if (!isTheirs) {
                throw new Refused(Problem.NOT_FOUND, "There is no delivery " + place + ".");
            }
        }
        return picked;
    }

    /// As many entries as hold all places.
    private void record(Operator operator, String action, List<Place> picked, String reason) {
        var subjects = new ArrayList<String>();
        var subject = new StringBuilder();
        for (Place place : picked) {
            String text = place.toString();
            if (subject.length() + 1 + text.length() > Entry.OperatorActed.SUBJECT_CHARS_MAX) {
                subjects.add(subject.toString());
                subject.setLength(0);
            }
            subject.append(subject.isEmpty() ? "" : " ").append(text);
        }
        subjects.add(subject.toString());
        subjects.forEach(one -> hub.acts().record(operator, action, one, reason));
    }
}
