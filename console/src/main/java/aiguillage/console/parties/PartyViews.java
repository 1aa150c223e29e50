package aiguillage.console.parties;

import aiguillage.console.web.Level;
import aiguillage.hub.Inside;
import aiguillage.hub.dataset.Rollout;
import aiguillage.hub.directory.Party;
import aiguillage.hub.entry.Entry;
import aiguillage.hub.operators.Operator;
import aiguillage.hub.presence.Contact;
import aiguillage.hub.presence.Seen;
import aiguillage.hub.problem.Refused;
import aiguillage.hub.routing.Dataset;
import aiguillage.hub.routing.Flow;
import aiguillage.hub.routing.Target;
import aiguillage.hub.yard.DeliveryRow;
import aiguillage.hub.yard.MailboxRow;
import aiguillage.protocol.Brand;
import aiguillage.protocol.FlowName;
import aiguillage.protocol.PartyId;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// Looks at one party for its page: memory, its own mailboxes, and one delivery of each.
final class PartyViews {

    private final Inside hub;
    private final Fleet fleet;

    PartyViews(Inside hub, Fleet fleet) {
        this.hub = hub;
        this.fleet = fleet;
    }

    PartyView view(Operator operator, Party party) {
        Instant now = hub.parts().clock().instant();
        PartyId id = party.id();
        return new PartyView(
                id.value(),
                fleet.state(operator, id),
                Fleet.owns(operator, party),
                heard(id),
                sorted(party.brands().stream().filter(operator::sees).map(Brand::value)),
                sorted(party.roles().stream().map(Object::toString)),
                party.country() == null ? "" : party.country().value(),
                party.region().value(),
                sorted(party.attributes().entrySet().stream()
                        .map(one -> one.getKey() + ": " + String.join(", ", sorted(one.getValue().stream())))),
                sorted(party.flat().entrySet().stream()
                        .filter(one -> operator.sees(one.getKey().brand()))
                        .map(one -> one.getKey() + ": " + one.getValue())),
                doors(party),
                hub.admission()
                        .suspension(id)
                        .map(row -> new PartyView.Suspension(row.since(), row.reason(), row.by()))
                        .orElse(null),
                certificates(id, now),
                hub.admission().codes(id).stream()
                        .map(code -> new PartyView.Code(code.expires(), code.isUsed()))
                        .toList(),
                flows(operator, flow -> flow.isOpenTo(party)),
                flows(operator, flow -> isReadBy(flow, party)),
                waiting(operator, id, now),
                prices(operator, party),
                hub.refusals().of(id).stream()
                        .filter(refused -> seesFlow(operator, refused.flow()))
                        .map(PartyViews::refusal)
                        .toList());
    }

    private PartyView.Heard heard(PartyId id) {
        return switch (hub.parts().presence().contact(id)) {
            case Contact.Connected(var seen) -> heard("parties.contact.connected", Level.GOOD, seen);
            case Contact.Silent(var seen) -> heard("parties.contact.silent", Level.WARN, seen);
            case Contact.Never _ -> new PartyView.Heard("parties.contact.never", Level.PLAIN, null, null, "", "", 0);
            case Contact.Unknown(var since) ->
                new PartyView.Heard("parties.contact.unknown", Level.PLAIN, null, since, "", "", 0);
        };
    }

    private static PartyView.Heard heard(String word, Level level, Seen seen) {
        return new PartyView.Heard(word, level, seen.at(), null, seen.door().name(), seen.agent(), seen.lines());
    }

    private static List<String> sorted(Stream<String> names) {
        return names.sorted().toList();
    }

    private static List<String> doors(Party party) {
        var doors = new ArrayList<String>();
        if (!party.sshKeys().isEmpty()) {
            doors.add("key");
        }
        if (party.password() != null) {
            doors.add("password");
        }
        if (party.starSigned()) {
            doors.add("star");
        }
        if (!party.as4().signing().isEmpty()) {
            doors.add("as4");
        }
        if (party.as4().url() != null) {
            doors.add("push");
        }
        return doors;
    }

    private List<PartyView.Certificate> certificates(PartyId id, Instant now) {
        return hub.admission().newest(id).stream()
                .map(known -> new PartyView.Certificate(
                        known.serial(),
                        known.notAfter(),
                        Duration.between(now, known.notAfter()),
                        level(known.notAfter(), now)))
                .toList();
    }

    /// How the end of a certificate stands to an instant.
    static Level level(Instant until, Instant now) {
        if (!until.isAfter(now)) {
            return Level.BAD;
        }
        return until.isBefore(now.plus(Fleet.ENDS_SOON)) ? Level.WARN : Level.GOOD;
    }

    private List<String> flows(Operator operator, Predicate<Flow> which) {
        return hub.parts().flows().table().flows().stream()
                .filter(flow -> operator.sees(flow.name().brand()) && which.test(flow))
                .map(flow -> flow.name().toString())
                .toList();
    }

    /// Whether a party may come to read a flow, by whichever route or as a copy.
    private static boolean isReadBy(Flow flow, Party party) {
        boolean isReached = flow.rules().stream().anyMatch(rule -> switch (rule.target()) {
            case Target.ToParty(var id) -> id.equals(party.id());
            case Target.ToRole(var role) -> party.has(role, flow.name().brand());
            case Target.ToRecipient(var role) -> party.has(role, flow.name().brand());
            case Target.Refuse _ -> false;
        });
        return flow.mayReach(party) && (isReached || flow.copies().contains(party.id()));
    }

    private List<PartyView.Waiting> waiting(Operator operator, PartyId id, Instant now) {
        var found = new ArrayList<PartyView.Waiting>();
        hub.parts().mailboxes().counts(id).forEach((flow, row) -> {
            if (operator.sees(flow.brand()) && row.pending() + row.quarantined() > 0) {
                found.add(waiting(id, flow, row, now));
            }
        });
        return found;
    }

    private PartyView.Waiting waiting(PartyId id, FlowName flow, MailboxRow row, Instant now) {
        Optional<Instant> oldest = row.pending() == 0
                ? Optional.empty()
                : hub.parts().mailboxes().pending(id, 0, flow, 1).stream()
                        .findFirst()
                        .map(DeliveryRow::delivery)
                        .map(delivery -> hub.parts().documents().entry(delivery.position()))
                        .map(Entry::time);
        return new PartyView.Waiting(
                flow.toString(),
                row.pending(),
                row.quarantined(),
                oldest.orElse(null),
                oldest.map(since -> Duration.between(since, now)).orElse(Duration.ZERO));
    }

    private List<PartyView.Price> prices(Operator operator, Party party) {
        Collection<Dataset> datasets = hub.parts().flows().table().datasets();
        return datasets.stream()
                .filter(dataset -> operator.sees(dataset.name().brand()) && dataset.isReadBy(party))
                .map(dataset -> price(dataset, party.id()))
                .toList();
    }

    private PartyView.Price price(Dataset dataset, PartyId id) {
        String name = dataset.name().toString();
        try {
            Rollout rollout = hub.publishers().rollout(dataset.name(), List.of(id));
            Rollout.Reader reader = rollout.readers().getFirst();
            Level level = switch (reader.state()) {
                case HAS, TOLD -> Level.GOOD;
                case BEHIND -> Level.WARN;
                case UNKNOWN -> Level.PLAIN;
            };
            Long has = reader.has();
            return new PartyView.Price(
                    name,
                    rollout.holding(),
                    has == null ? "" : has.toString(),
                    "parties.price." + reader.state().name().toLowerCase(Locale.ROOT),
                    level,
                    reader.heard(),
                    reader.behindSince());
        } catch (Refused | IOException notServed) {
            return new PartyView.Price(name, 0, "", "parties.price.unusable", Level.BAD, null, null);
        }
    }

    /// A refused document's flow is as its sender wrote it.
    private static boolean seesFlow(Operator operator, String written) {
        return operator.seesAll()
                || FlowName.find(written)
                        .filter(flow -> operator.sees(flow.brand()))
                        .isPresent();
    }

    private static PartyView.Refusal refusal(Entry.DocumentRefused refused) {
        return new PartyView.Refusal(refused.time(), refused.id(), refused.flow(), refused.problem(), refused.reason());
    }
}
