package aiguillage.hub.routing;

import aiguillage.config.Quoted;
import aiguillage.hub.directory.Directory;
import aiguillage.hub.directory.Party;
import aiguillage.hub.directory.Role;
import aiguillage.hub.entry.Reader;
import aiguillage.protocol.Envelope;
import aiguillage.protocol.PartyId;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// A flow with its answers made in advance: all that does not depend on the document.
final class CompiledFlow {

    private final Flow flow;
    private final Directory directory;

    /// One per rule.
    private final List<Way> ways = new ArrayList<>();

    private sealed interface Way {}

    /// Leads to the same answer for every document.
    private record Fixed(Routing answer) implements Way {}

    /// Leads to the party that the document names.
    private record Named(Role role) implements Way {}

    CompiledFlow(Flow flow, Directory directory) {
        this.flow = flow;
        this.directory = directory;
        flow.rules().forEach(rule -> ways.add(way(rule.target())));
    }

    /// For a sender to whom the flow is open.
    Routing route(Envelope envelope, Party sender) {
        return switch (ways.get(ruleTaken(envelope, sender))) {
            case Fixed(var answer) -> answer;
            case Named(var role) -> toRecipient(envelope.extension(Envelope.RECIPIENT), role);
        };
    }

    Flow flow() {
        return flow;
    }

    /// The rule whose condition holds: no two can, and the last always does.
    int ruleTaken(Envelope envelope, Party sender) {
        List<Rule> rules = flow.rules();
        for (int i = 0; i < rules.size(); i++) {
            if (rules.get(i).condition().holds(envelope, sender)) {
                return i;
            }
        }
        throw new AssertionError("no rule of " + flow + " holds for " + envelope);
    }

    private Routing toRecipient(@Nullable String recipient, Role role) {
        if (recipient == null) {
            return new Refusal(
                    Refusal.Kind.RECIPIENT_MISSING,
                    "Documents of " + flow.name() + " go to one " + role + ": name it in the attribute `recipient`.");
        }
        Party reader = recipient(recipient);
        if (reader == null || !reader.has(role, flow.name().brand()) || !flow.mayReach(reader)) {
            return new Refusal(
                    Refusal.Kind.RECIPIENT_UNKNOWN,
                    Quoted.of(recipient) + " is no " + role + " that documents of " + flow.name() + " can reach.");
        }
        return new Route(flow, readers(List.of(reader.id())));
    }

    /// Senders may write anything here; what is no party's name is nobody's.
    private @Nullable Party recipient(String recipient) {
        try {
            return directory.find(new PartyId(recipient));
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private Way way(Target target) {
        return switch (target) {
            case Target.ToRecipient(var role) -> new Named(role);
            case Target.Refuse(var reason) -> new Fixed(new Refusal(Refusal.Kind.ROUTE_REFUSES, reason));
            case Target.ToParty _, Target.ToRole _ ->
                new Fixed(new Route(flow, readers(target.reach(flow.name().brand(), directory))));
        };
    }

    private List<Reader> readers(List<PartyId> parties) {
        var readers = new TreeSet<Reader>();
        parties.forEach(party -> readers.add(reader(party, false)));
        flow.copies().forEach(party -> readers.add(reader(party, true)));
        return List.copyOf(readers);
    }

    /// I6, once more and for every reader, though the checks have proven it.
    private Reader reader(PartyId id, boolean copy) {
        Party party = directory.find(id);
        if (party == null || !flow.mayReach(party)) {
            throw new AssertionError("documents of " + flow + " would reach " + id + ", known as " + party);
        }
        return new Reader(id, copy);
    }
}
