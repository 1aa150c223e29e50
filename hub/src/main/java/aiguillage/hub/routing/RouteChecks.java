package aiguillage.hub.routing;

import aiguillage.config.Locations;
import aiguillage.config.Nearest;
import aiguillage.config.Problems;
import aiguillage.config.Quoted;
import aiguillage.hub.directory.Directory;
import aiguillage.hub.directory.Party;
import aiguillage.protocol.Brand;
import aiguillage.protocol.Envelope;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Proves the routes of one flow: every document takes exactly one, and every route can be taken.
final class RouteChecks {

    private final Brand brand;
    private final List<TableFile.RouteSection> routes;
    private final String path;
    private final Directory directory;
    private final Locations where;
    private final Problems problems;

    RouteChecks(
            Brand brand,
            List<TableFile.RouteSection> routes,
            String path,
            Directory directory,
            Locations where,
            Problems problems) {
        this.brand = brand;
        this.routes = routes;
        this.path = path;
        this.directory = directory;
        this.where = where;
        this.problems = problems;
    }

    void check() {
        checkOtherwise();
        for (int i = 0; i < routes.size(); i++) {
            Map<Attribute, List<Match>> when = routes.get(i).when();
            if (when != null) {
                checkRecipients(when, at(i) + ".when");
                checkOverlap(i, when);
            }
        }
    }

    private void checkOtherwise() {
        List<Integer> otherwise = IntStream.range(0, routes.size())
                .filter(i -> routes.get(i).otherwise())
                .boxed()
                .toList();
        if (otherwise.isEmpty()) {
            add(
                    path,
                    "No route is for the documents for which no `when` holds.",
                    "Such a document would be refused without a reason.",
                    "Add `- { otherwise: true, to: … }`, or `- { otherwise: true, refuse: <the reason> }`.");
        }
        otherwise.stream()
                .skip(1)
                .forEach(i -> add(
                        at(i),
                        "No document ever takes this route.",
                        "The `otherwise` in line " + line(otherwise.getFirst()) + " already takes all the rest.",
                        "Remove one of the two."));
    }

    /// A recipient nobody is: a document that names it is refused, so the route is never taken. Any country can be
    /// taken: the sender writes it into the envelope, whatever countries the parties are in.
    private void checkRecipients(Map<Attribute, List<Match>> when, String at) {
        when.forEach((attribute, matches) -> {
            if (!attribute.name().equals(Envelope.RECIPIENT)) {
                return;
            }
            var known = new TreeSet<String>();
            parties().forEach(party -> known.add(party.id().value()));
            for (int i = 0; i < matches.size(); i++) {
                String value = matches.get(i).toString();
                if (!known.contains(value)) {
                    neverTaken(value, known, at + "." + attribute + "[" + i + "]");
                }
            }
        });
    }

    private Stream<Party> parties() {
        return directory.parties().stream().filter(party -> party.brands().contains(brand));
    }

    private void neverTaken(String recipient, SortedSet<String> known, String at) {
        add(
                at,
                "No party of the brand " + brand + " is named " + Quoted.of(recipient) + ".",
                "No document would ever take this route for it.",
                Nearest.to(recipient, known)
                        .map(right -> "Write \"" + right + "\", or add the party first.")
                        .orElse("Remove it, or add the party first."));
    }

    private void checkOverlap(int later, Map<Attribute, List<Match>> when) {
        var condition = new Condition(new TreeMap<>(when));
        for (int earlier = 0; earlier < later; earlier++) {
            Map<Attribute, List<Match>> other = routes.get(earlier).when();
            if (other != null) {
                int first = earlier;
                condition
                        .overlap(new Condition(new TreeMap<>(other)))
                        .ifPresent(example -> ambiguous(later, first, example));
            }
        }
    }

    private void ambiguous(int later, int earlier, Map<Attribute, String> example) {
        String shown = example.entrySet().stream()
                .map(entry -> entry.getKey() + " " + entry.getValue())
                .collect(Collectors.joining(", "));
        add(
                at(later) + ".when",
                "This and the route in line " + line(earlier) + " both hold for a document with " + shown + ".",
                "Routes have no order among them, so where it goes would be chance.",
                "Narrow one of the two.");
    }

    private String at(int route) {
        return path + "[" + route + "]";
    }

    private int line(int route) {
        return where.at(at(route)).line();
    }

    private void add(String at, String what, String why, String remedy) {
        problems.add(where.at(at), at, what, why, remedy);
    }
}
