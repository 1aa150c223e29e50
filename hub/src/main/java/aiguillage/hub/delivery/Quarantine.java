package aiguillage.hub.delivery;

import aiguillage.hub.document.Documents;
import aiguillage.hub.entry.Delivery;
import aiguillage.hub.entry.Entry;
import aiguillage.hub.journal.Journal;
import aiguillage.hub.ledger.Ledger;
import aiguillage.hub.mailbox.Mailboxes;
import aiguillage.hub.mailbox.Mailboxes.Place;
import aiguillage.hub.problem.Problem;
import aiguillage.hub.problem.Refused;
import aiguillage.hub.yard.DeliveryRow;
import aiguillage.hub.yard.Outcome;
import aiguillage.protocol.PartyId;
import aiguillage.protocol.Position;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// What readers rejected and nobody has decided on: shown, released, returned. Waits for the journal, so on
/// threads that may. Safe from any thread.
public final class Quarantine {

    /// One page looks at so many deliveries at most, those that are not wanted among them.
    public static final int LOOKED_AT_MAX = 2_000;

    private static final int AT_ONCE = 200;

    private final Mailboxes mailboxes;
    private final Documents documents;
    private final Journal journal;
    private final Ledger ledger;
    private final InstantSource clock;

    public Quarantine(Mailboxes mailboxes, Documents documents, Journal journal, Ledger ledger, InstantSource clock) {
        this.mailboxes = mailboxes;
        this.documents = documents;
        this.journal = journal;
        this.ledger = ledger;
        this.clock = clock;
    }

    /// A delivery that waits for a decision.
    ///
    /// @param reason why its reader rejected it, in its own words
    /// @param since when it did
    public record Rejected(DeliveryRow row, String reason, Instant since) {}

    /// Some of them.
    ///
    /// @param next where the next page begins: behind this one; null: this is the last
    public record Page(List<Rejected> rejected, @Nullable Place next) {

        public Page {
            rejected = List.copyOf(rejected);
        }
    }

    /// What waits in all mailboxes or one, by reader, flow and position.
    ///
    /// @param reader null: of everybody
    /// @param after only what stands behind; null: from the first on
    /// @param isWanted asked first, for what its row says
    /// @param saysSo asked for what is left: whether its reason is wanted
    /// @param limit the most to give; fewer come, with a `next`, when [#LOOKED_AT_MAX] were looked at
    public Page page(
            @Nullable PartyId reader,
            @Nullable Place after,
            Predicate<DeliveryRow> isWanted,
            Predicate<Rejected> saysSo,
            int limit) {
        var found = new ArrayList<Rejected>();
        Place last = after;
        for (int looked = 0; looked < LOOKED_AT_MAX; looked += AT_ONCE) {
            List<DeliveryRow> rows = mailboxes.quarantined(reader, last, AT_ONCE);
            for (DeliveryRow row : rows) {
                if (found.size() == limit) {
                    return new Page(found, last);
                }
                last = Place.of(row.delivery());
                if (isWanted.test(row)) {
                    Rejected rejected = rejected(row);
                    if (saysSo.test(rejected)) {
                        found.add(rejected);
                    }
                }
            }
            if (rows.size() < AT_ONCE) {
                return new Page(found, null);
            }
        }
        return new Page(found, last);
    }

    /// What one reader rejected, in order of position.
    public List<Rejected> of(PartyId reader, long after, int limit) {
        return mailboxes.quarantined(reader, after, limit).stream()
                .map(this::rejected)
                .toList();
    }

    private Rejected rejected(DeliveryRow row) {
        if (documents.entry(new Position(row.rejectedAt())) instanceof Entry.DeliveryRejected entry) {
            return new Rejected(row, entry.reason(), entry.time());
        }
        throw new AssertionError("the quarantine holds " + row + ", but no rejection stands there");
    }

    /// A delivery in quarantine; empty when it is not there.
    public java.util.Optional<Delivery> find(PartyId reader, Position position) {
        return mailboxes
                .delivery(reader, position, ledger.size())
                .filter(delivery -> mailboxes
                        .row(reader, delivery.flow(), position)
                        .filter(row -> row.rejectedAt() > 0)
                        .isPresent());
    }

    /// @throws Refused when no such delivery is in quarantine
    public void require(PartyId reader, Position position) {
        if (find(reader, position).isEmpty()) {
            throw notThere();
        }
    }

    /// Has a delivery offered again, or sends it back for good.
    ///
    /// @param by who decided: a party's name, `operator`, or an operator's
    ///     [aiguillage.hub.operators.Operator#by]
    /// @return where the decision stands in the journal
    /// @throws Refused when it is not in quarantine, or the journal takes no more
    public Position decide(PartyId reader, Position position, boolean release, String by) {
        Delivery delivery = mailboxes.delivery(reader, position, ledger.size()).orElseThrow(Quarantine::notThere);
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        Entry entry =
                release ? new Entry.DeliveryReleased(now, delivery, by) : new Entry.DeliveryReturned(now, delivery, by);
        if (Journal.await(journal.append(entry)).outcome() instanceof Outcome.Recorded(var at)) {
            return at;
        }
        throw notThere();
    }

    private static Refused notThere() {
        return new Refused(Problem.NOT_FOUND, "No such delivery is in quarantine.");
    }
}
