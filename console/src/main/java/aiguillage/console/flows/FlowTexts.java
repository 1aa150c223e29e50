package aiguillage.console.flows;

import aiguillage.console.web.Words;
import aiguillage.hub.directory.Directory;
import aiguillage.hub.operators.Operator;
import aiguillage.hub.routing.Condition;
import aiguillage.hub.routing.Flow;
import aiguillage.hub.routing.Match;
import aiguillage.hub.routing.Rule;
import aiguillage.hub.routing.Table;
import aiguillage.hub.routing.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Says in one language what a table has.
final class FlowTexts {

    /// What a password's line in a flows file has behind its scheme: salt and hash.
    private static final Pattern PASSWORD = Pattern.compile("(pbkdf2-[a-z0-9]+):[^\\s\"']+");

    private final Words words;

    FlowTexts(Words words) {
        this.words = words;
    }

    /// A line of a flows file as everybody may read it: without the hash of a password.
    static String harmless(String line) {
        return PASSWORD.matcher(line).replaceAll("$1:…");
    }

    /// The flows that somebody sees, by brand.
    ///
    /// @param brand only of this one; null: of all
    List<BrandFlows> brands(Table table, Operator operator, @Nullable String brand) {
        var byBrand = new TreeMap<String, List<FlowLine>>();
        for (Flow flow : table.flows()) {
            String name = flow.name().brand().value();
            if (operator.sees(flow.name().brand()) && (brand == null || brand.equals(name))) {
                byBrand.computeIfAbsent(name, _ -> new ArrayList<>()).add(line(flow, table.directory()));
            }
        }
        return byBrand.entrySet().stream()
                .map(entry -> new BrandFlows(entry.getKey(), entry.getValue()))
                .toList();
    }

    FlowLine line(Flow flow, Directory directory) {
        String senders = flow.from().stream()
                .map(role -> role + " · "
                        + words.number(
                                directory.having(role, flow.name().brand()).size()))
                .collect(Collectors.joining(", "));
        List<String> copies = flow.copies().stream().map(Object::toString).toList();
        return new FlowLine(
                flow.name().brand().value(),
                flow.name().kind(),
                senders,
                ways(flow),
                copies,
                words.of("flows.copies.to", String.join(", ", copies)),
                flow.region() == null ? "" : flow.region().value(),
                flow.terms().signed());
    }

    private List<FlowLine.Way> ways(Flow flow) {
        boolean isOnly = flow.rules().size() == 1;
        return flow.rules().stream()
                .map(rule -> new FlowLine.Way(
                        isOnly ? "" : condition(rule.condition()),
                        target(rule.target()),
                        rule.target() instanceof Target.Refuse))
                .toList();
    }

    /// A route, by its index among those of its flow.
    String way(Flow flow, int index) {
        Rule rule = flow.rules().get(index);
        return condition(rule.condition()) + " → " + target(rule.target());
    }

    String condition(Condition condition) {
        if (condition.values().isEmpty()) {
            return words.of("flows.otherwise");
        }
        return condition.values().entrySet().stream()
                .map(entry -> entry.getKey() + "="
                        + entry.getValue().stream().map(Match::toString).collect(Collectors.joining("|")))
                .collect(Collectors.joining(", "));
    }

    String target(Target target) {
        return switch (target) {
            case Target.ToParty(var party) -> party.value();
            case Target.ToRole(var role) -> words.of("flows.to.role", role);
            case Target.ToRecipient(var role) -> words.of("flows.to.recipient", role);
            case Target.Refuse(var reason) -> words.of("flows.to.refuse", reason);
        };
    }
}
