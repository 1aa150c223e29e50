package aiguillage.hub.routing;

import aiguillage.hub.directory.As4Terms;
import aiguillage.hub.directory.Directory;
import aiguillage.hub.directory.Party;
import aiguillage.protocol.FlowName;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// Turns the sections of a file into what the hub works with.
final class Sections {

    private Sections() {}

    static Directory directory(TableFile file) {
        return new Directory(file.parties().entrySet().stream()
                .map(entry -> {
                    TableFile.PartySection party = entry.getValue();
                    return new Party(
                            entry.getKey(),
                            new HashSet<>(party.roles()),
                            new HashSet<>(party.brands()),
                            party.country(),
                            party.region(),
                            attributes(party),
                            new HashSet<>(party.sshKeys()),
                            party.starSigned(),
                            party.password(),
                            party.flat(),
                            as4(party.as4()));
                })
                .toList());
    }

    private static As4Terms as4(TableFile.As4Section section) {
        return new As4Terms(new HashSet<>(section.signing()), section.encryption(), section.url());
    }

    private static Map<String, Set<String>> attributes(TableFile.PartySection party) {
        Map<String, Set<String>> attributes = new HashMap<>();
        party.attributes().forEach((name, values) -> attributes.put(name, Set.copyOf(values)));
        return attributes;
    }

    static Flow flow(FlowName name, TableFile.FlowSection section) {
        return new Flow(
                name,
                new TreeSet<>(section.from()),
                rules(section),
                new TreeSet<>(section.copies()),
                section.region(),
                terms(section));
    }

    private static List<Rule> rules(TableFile.FlowSection section) {
        if (section.routes() == null) {
            return List.of(new Rule(Condition.OTHERWISE, Objects.requireNonNull(section.to())));
        }
        return section.routes().stream()
                .sorted(Comparator.comparing(TableFile.RouteSection::otherwise))
                .map(Sections::rule)
                .toList();
    }

    private static Rule rule(TableFile.RouteSection route) {
        Map<Attribute, List<Match>> when = route.when();
        Condition condition = when == null ? Condition.OTHERWISE : new Condition(new TreeMap<>(when));
        Target target = route.to() == null ? new Target.Refuse(Objects.requireNonNull(route.refuse())) : route.to();
        return new Rule(condition, target);
    }

    private static Terms terms(TableFile.FlowSection section) {
        return new Terms(
                section.signed() == TableFile.Signed.REQUIRED,
                section.payloadMax(),
                section.offeredFor(),
                section.keptFor(),
                new TreeSet<>(section.notices()),
                section.schema(),
                section.bod(),
                section.flat(),
                section.badRecords(),
                new TreeMap<>(section.keys()));
    }
}
