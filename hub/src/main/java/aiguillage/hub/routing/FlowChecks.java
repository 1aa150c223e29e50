package aiguillage.hub.routing;

import aiguillage.config.Locations;
import aiguillage.config.Problems;
import aiguillage.hub.directory.Directory;
import aiguillage.hub.directory.Party;
import aiguillage.hub.directory.Region;
import aiguillage.protocol.FlowName;
import aiguillage.protocol.PartyId;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// Proves one flow against the directory: its names, its senders and readers, its region.
final class FlowChecks {

    private static final String NOWHERE = "Its documents would have nowhere to go.";
    private static final int NAMED_MAX = 3;

    private final FlowName name;
    private final TableFile.FlowSection section;
    private final Directory directory;
    private final Locations where;
    private final Problems problems;
    private final Dangling dangling;
    private final String path;

    FlowChecks(
            FlowName name,
            TableFile.FlowSection section,
            Directory directory,
            Locations where,
            Problems problems,
            Dangling dangling) {
        this.name = name;
        this.section = section;
        this.directory = directory;
        this.where = where;
        this.problems = problems;
        this.dangling = dangling;
        this.path = "flows." + name;
    }

    void check() {
        if (name.isNotices()) {
            add(
                    path,
                    "Flows ending in `.notice` are the hub's own.",
                    "On them senders learn what became of their" + " documents.",
                    "Choose another name; what is told is set with `notices`.");
        }
        if (!dangling.brand(name.brand(), path, "The flow would have no parties.")) {
            return; // every role and party would be reported for the same reason
        }
        for (int i = 0; i < section.from().size(); i++) {
            dangling.role(section.from().get(i), name.brand(), path + ".from[" + i + "]", "Nobody could send.");
        }
        Map<String, Target> targets = targets();
        targets.forEach(this::checkTarget);
        if (section.routes() != null) {
            new RouteChecks(name.brand(), section.routes(), path + ".routes", directory, where, problems).check();
        }
        checkCopies(targets.values());
        Region region = section.region();
        if (region != null && dangling.region(region, path + ".region", "Nobody could read its documents.")) {
            checkResidency(region, targets);
        }
    }

    /// Where documents may go, by the path that says so.
    private Map<String, Target> targets() {
        var targets = new LinkedHashMap<String, Target>();
        if (section.to() != null) {
            targets.put(path + ".to", section.to());
        }
        List<TableFile.RouteSection> routes = section.routes() == null ? List.of() : section.routes();
        for (int i = 0; i < routes.size(); i++) {
            Target to = routes.get(i).to();
            if (to != null) {
                targets.put(path + ".routes[" + i + "].to", to);
            }
        }
        if (targets.isEmpty()) {
            add(
                    path + ".routes",
                    "No route of this flow leads to a reader.",
                    "All its documents would be refused.",
                    "Give one of them a `to`, or remove the flow.");
        }
        return targets;
    }

    private void checkTarget(String at, Target target) {
        switch (target) {
            case Target.ToParty(var party) -> dangling.party(party, name.brand(), at, NOWHERE);
            case Target.ToRole(var role) -> dangling.role(role, name.brand(), at + ".role", NOWHERE);
            case Target.ToRecipient(var role) -> dangling.role(role, name.brand(), at + ".recipient", NOWHERE);
            case Target.Refuse _ -> {} // leads to nobody
        }
    }

    private void checkCopies(Collection<Target> targets) {
        var readers = new HashSet<PartyId>();
        targets.forEach(target -> readers.addAll(target.reach(name.brand(), directory)));
        var seen = new HashSet<PartyId>();
        for (int i = 0; i < section.copies().size(); i++) {
            PartyId copy = section.copies().get(i);
            String at = path + ".copies[" + i + "]";
            dangling.party(copy, name.brand(), at, "The copy would reach nobody.");
            if (!seen.add(copy)) {
                add(at, "\"" + copy + "\" stands here twice.", "", "Remove one.");
            } else if (readers.contains(copy)) {
                add(
                        at,
                        "\"" + copy + "\" may already be a reader of this flow.",
                        "It would get the same document as" + " reader and as copy.",
                        "Remove it here, or name another party.");
            }
        }
    }

    private void checkResidency(Region region, Map<String, Target> targets) {
        targets.forEach((at, target) -> checkResidency(region, at, target.reach(name.brand(), directory)));
        for (int i = 0; i < section.copies().size(); i++) {
            checkResidency(
                    region,
                    path + ".copies[" + i + "]",
                    List.of(section.copies().get(i)));
        }
    }

    private void checkResidency(Region region, String at, List<PartyId> readers) {
        List<Party> outside = readers.stream()
                .flatMap(id -> directory.party(id).stream())
                .filter(party -> !region.equals(party.region()))
                .toList();
        if (!outside.isEmpty()) {
            String some = outside.stream()
                    .limit(NAMED_MAX)
                    .map(party -> party.id() + " (" + party.region() + ", line "
                            + where.at("parties." + party.id()).line() + ")")
                    .collect(Collectors.joining(", "));
            int more = outside.size() - Math.min(NAMED_MAX, outside.size());
            add(
                    at,
                    "Documents would leave the region " + region + ": " + some
                            + (more > 0 ? " and " + more + " more" : "") + ".",
                    "The flow is held within " + region + " (line "
                            + where.at(path + ".region").line() + ").",
                    "Name readers inside it, or split the flow by region.");
        }
    }

    private void add(String at, String what, String why, String remedy) {
        problems.add(where.at(at), at, what, why, remedy);
    }
}
