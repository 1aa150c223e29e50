package aiguillage.hub.routing;

import aiguillage.config.Durations;
import aiguillage.hub.routing.TableDiff.Change;
import aiguillage.hub.routing.TableDiff.Difference;
import aiguillage.hub.routing.TableDiff.FlowChange;
import aiguillage.protocol.FlowName;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// Compares the flows of two tables, key by key.
final class FlowChanges {

    private FlowChanges() {}

    static List<FlowChange> between(Table old, Table next) {
        var names = new TreeSet<FlowName>();
        old.flows().forEach(flow -> names.add(flow.name()));
        next.flows().forEach(flow -> names.add(flow.name()));
        List<FlowChange> changes = new ArrayList<>();
        for (FlowName name : names) {
            Optional<Flow> before = old.flow(name);
            Optional<Flow> after = next.flow(name);
            if (before.isEmpty()) {
                changes.add(new FlowChange(Change.ADDED, name, null));
            } else if (after.isEmpty()) {
                changes.add(new FlowChange(Change.REMOVED, name, null));
            } else {
                differences(changes, shown(before.get()), after.get());
            }
        }
        return List.copyOf(changes);
    }

    private static void differences(List<FlowChange> changes, Map<String, String> before, Flow flow) {
        shown(flow).forEach((key, after) -> {
            String was = before.get(key);
            if (!after.equals(was)) {
                changes.add(
                        new FlowChange(Change.CHANGED, flow.name(), new Difference(key, after, String.valueOf(was))));
            }
        });
    }

    /// Every key of a flow as it would be told to a person; `to` stands for `routes` too.
    private static Map<String, String> shown(Flow flow) {
        Terms terms = flow.terms();
        var shown = new LinkedHashMap<String, String>();
        shown.put("from", flow.from().toString());
        shown.put("to", flow.rules().stream().map(Rule::toString).collect(Collectors.joining("; ")));
        shown.put("copies", flow.copies().toString());
        shown.put("region", flow.region() == null ? "none" : flow.region().toString());
        shown.put("signed", terms.signed() ? "required" : "optional");
        shown.put("payload-max", terms.payloadMax().toString());
        shown.put("offered-for", Durations.shown(terms.offeredFor()));
        shown.put("kept-for", Durations.shown(terms.keptFor()));
        shown.put("notices", terms.notices().toString());
        shown.put("schema", terms.schema() == null ? "none" : terms.schema());
        shown.put("bod", terms.bod() == null ? "none" : terms.bod());
        shown.put("flat", terms.flat().toString());
        shown.put(
                "bad-records",
                terms.badRecords() == null
                        ? "as its format says"
                        : terms.badRecords().name().toLowerCase(Locale.ROOT).replace('_', '-'));
        shown.put("keys", terms.keys().toString());
        return shown;
    }
}
