package aiguillage.hub.routing;

import aiguillage.hub.routing.TableDiff.Change;
import aiguillage.hub.routing.TableDiff.DatasetRightChange;
import aiguillage.hub.routing.TableDiff.Difference;
import aiguillage.hub.routing.TableDiff.RightChange;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Tells a [TableDiff] to a person: thousands of parties that change alike take one line.
final class DiffText {

    /// A line is longer only when one name alone is.
    private static final int COLUMNS = 80;

    private static final int NAMED_MAX = 5;
    private static final String INDENT = "    ";

    private DiffText() {}

    static List<String> lines(TableDiff diff) {
        List<String> lines = new ArrayList<>();
        parties(lines, diff, Change.ADDED);
        parties(lines, diff, Change.REMOVED);
        diff.parties().stream()
                .filter(party -> party.change() == Change.CHANGED)
                .forEach(party -> wrap(
                        lines,
                        "~ party " + party.party() + ": "
                                + party.differences().stream()
                                        .map(Difference::toString)
                                        .collect(Collectors.joining("; "))));
        diff.flows()
                .forEach(flow -> wrap(
                        lines,
                        flow.change().sign() + " flow " + flow.flow()
                                + (flow.difference() == null ? "" : ": " + flow.difference())));
        diff.rights().forEach(right -> wrap(lines, right(right)));
        diff.datasets()
                .forEach(dataset -> wrap(
                        lines,
                        dataset.change().sign() + " dataset " + dataset.dataset()
                                + (dataset.difference() == null ? "" : ": " + dataset.difference())));
        diff.datasetRights().forEach(right -> wrap(lines, right(right)));
        if (lines.isEmpty()) {
            lines.add("Nothing changes for anybody.");
        }
        return List.copyOf(lines);
    }

    private static void parties(List<String> lines, TableDiff diff, Change change) {
        List<String> names = diff.parties().stream()
                .filter(party -> party.change() == change)
                .map(party -> party.party().value())
                .toList();
        if (!names.isEmpty()) {
            wrap(lines, change.sign() + " " + counted(names.size()) + ": " + some(names.stream(), names.size()));
        }
    }

    private static String right(RightChange right) {
        boolean gained = right.change() == Change.ADDED;
        int count = right.parties().size();
        return right.change().sign() + " " + counted(count) + " may " + (gained ? "now " : "no longer ")
                + right.use().words() + " " + right.flow() + ": "
                + some(right.parties().stream().map(Object::toString), count);
    }

    private static String right(DatasetRightChange right) {
        boolean gained = right.change() == Change.ADDED;
        int count = right.parties().size();
        String may = " may " + (gained ? "now " : "no longer ");
        String what = switch (right.use()) {
            case PUBLISH -> may + "publish " + right.dataset();
            case LOOK_UP -> may + "look up rows of " + right.dataset();
            case READ ->
                gained
                        ? (count == 1 ? " gets" : " get") + " a replica of " + right.dataset()
                        : (count == 1 ? " loses" : " lose") + " the replica of " + right.dataset()
                                + " and all it remembers";
        };
        return right.change().sign() + " " + counted(count) + what + ": "
                + some(right.parties().stream().map(Object::toString), count);
    }

    private static String counted(int parties) {
        return parties == 1 ? "1 party" : parties + " parties";
    }

    private static String some(Stream<String> names, int count) {
        List<String> shown = names.limit(NAMED_MAX).toList();
        return String.join(", ", shown) + (count > shown.size() ? " and " + (count - shown.size()) + " more" : "");
    }

    private static void wrap(List<String> lines, String text) {
        var line = new StringBuilder();
        for (String word : text.split(" ", -1)) {
            if (!line.isEmpty() && line.length() + 1 + word.length() > COLUMNS) {
                lines.add(line.toString());
                line.setLength(0);
                line.append(INDENT).append(word);
            } else {
                line.append(line.isEmpty() ? "" : " ").append(word);
            }
        }
        lines.add(line.toString());
    }
}
