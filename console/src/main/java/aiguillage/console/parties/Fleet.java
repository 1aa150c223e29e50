package aiguillage.console.parties;

import aiguillage.console.web.Visit;
import aiguillage.hub.Inside;
import aiguillage.hub.directory.Party;
import aiguillage.hub.mailbox.Mailboxes;
import aiguillage.hub.operators.Operator;
import aiguillage.hub.presence.Contact;
import aiguillage.hub.problem.Problem;
import aiguillage.hub.problem.Refused;
import aiguillage.hub.trust.Enrolled;
import aiguillage.protocol.PartyId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// The parties that an operator sees, and how each stands. Reads memory, and what a look at all mailboxes found
/// a few seconds ago. Safe from any thread.
final class Fleet {

    /// A gateway renews its certificate at two thirds of its time: one that is so near its end has failed to.
    static final Duration ENDS_SOON = Duration.ofDays(7);

    private final Inside hub;

    Fleet(Inside hub) {
        this.hub = hub;
    }

    /// One of them.
    record Member(Party party, State state) {}

    /// Those that a filter takes but for their states, in the order of their names.
    List<Member> members(Operator operator, Filter filter) {
        Instant now = hub.parts().clock().instant();
        Set<PartyId> rejecting = rejecting(operator);
        return hub.parts().flows().table().parties().stream()
                .filter(party -> sees(operator, party) && filter.takes(party, operator))
                .map(party -> new Member(party, state(party.id(), rejecting, now)))
                .toList();
    }

    /// Whether an operator sees a party: it works for one of his brands (I4, for people).
    static boolean sees(Operator operator, Party party) {
        return operator.seesAny(party.brands());
    }

    /// Whether an operator may shut a party out, or let it in: that touches all of its brands.
    static boolean owns(Operator operator, Party party) {
        return operator.seesAll() || operator.brands().containsAll(party.brands());
    }

    /// The party of the address, if who visits sees it.
    ///
    /// @throws Refused when there is none: one that he does not see is none
    Party party(Visit visit) {
        return id(visit.variable(0))
                .flatMap(hub.parts().flows().table()::party)
                .filter(party -> sees(visit.operator(), party))
                .orElseThrow(() -> visit.words().refused(Problem.NOT_FOUND, "parties.nobody"));
    }

    private static Optional<PartyId> id(String name) {
        try {
            return Optional.of(new PartyId(name));
        } catch (IllegalArgumentException nobody) {
            return Optional.empty();
        }
    }

    State state(Operator operator, PartyId party) {
        return state(party, rejecting(operator), hub.parts().clock().instant());
    }

    /// Who rejected documents of brands that an operator sees, about which nobody has decided.
    private Set<PartyId> rejecting(Operator operator) {
        return hub.trouble().backlogs().seen().all().stream()
                .filter(one -> one.quarantined() > 0 && operator.sees(one.flow().brand()))
                .map(Mailboxes.Backlog::reader)
                .collect(Collectors.toUnmodifiableSet());
    }

    private State state(PartyId party, Set<PartyId> rejecting, Instant now) {
        if (hub.admission().suspension(party).isPresent()) {
            return State.SUSPENDED;
        }
        List<Enrolled.Known> certificates = hub.admission().newest(party);
        if (certificates.isEmpty() && hub.admission().isShutOut(party)) {
            return State.REVOKED;
        }
        Contact contact = hub.parts().presence().contact(party);
        Instant ends =
                certificates.isEmpty() ? Instant.MAX : certificates.getFirst().notAfter();
        if (!ends.isAfter(now) && !isHeardAfter(contact, ends)) {
            return State.EXPIRED;
        }
        if (rejecting.contains(party)) {
            return State.QUARANTINE;
        }
        if (ends.isAfter(now) && ends.isBefore(now.plus(ENDS_SOON))) {
            return State.EXPIRING;
        }
        return switch (contact) {
            case Contact.Connected _ -> State.CONNECTED;
            case Contact.Silent _ -> State.SILENT;
            case Contact.Never _ -> certificates.isEmpty() ? uninvited(party) : State.ENROLLED;
            case Contact.Unknown _ -> certificates.isEmpty() ? uninvited(party) : State.UNKNOWN;
        };
    }

    private State uninvited(PartyId party) {
        return hub.admission().codes(party).isEmpty() ? State.NEW : State.INVITED;
    }

    /// Who is heard after its certificate ended has one of another authority.
    private static boolean isHeardAfter(Contact contact, Instant ends) {
        return contact instanceof Contact.Connected(var seen) && seen.at().isAfter(ends);
    }
}
