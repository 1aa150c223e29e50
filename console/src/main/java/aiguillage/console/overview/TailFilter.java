package aiguillage.console.overview;

import aiguillage.console.web.Address;
import aiguillage.console.web.Visit;
import aiguillage.hub.figures.Happening;
import aiguillage.hub.problem.Problem;
import aiguillage.protocol.PartyId;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/// Which of what happens is asked for. Empty: all.
///
/// @param kind in lower-case letters
/// @param flow as it begins: `opel/` is all of a brand
/// @param party the whole name
public record TailFilter(String kind, String flow, String party) {

    private static final int CHARS_MAX = 200;

    static TailFilter of(Visit visit) {
        var filter = new TailFilter(
                visit.query("kind").orElse(""),
                visit.query("flow").orElse(""),
                visit.query("party").orElse(""));
        if (!filter.kind.isEmpty() && !kinds().contains(filter.kind)) {
            throw visit.words().refused(Problem.BAD_REQUEST, "tail.kind.unknown");
        }
        if (filter.flow.length() > CHARS_MAX || filter.party.length() > CHARS_MAX) {
            throw visit.words().refused(Problem.BAD_REQUEST, "tail.long", CHARS_MAX);
        }
        return filter;
    }

    public static List<String> kinds() {
        return Stream.of(Happening.Kind.values()).map(TailFilter::word).toList();
    }

    public static String word(Happening.Kind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }

    boolean wants(Happening happening) {
        PartyId who = happening.party();
        return (kind.isEmpty() || kind.equals(word(happening.kind())))
                && happening.flow().startsWith(flow)
                && (party.isEmpty() || (who != null && party.equals(who.value())));
    }

    /// A page of what is asked for.
    ///
    /// @param path without a query
    public Address at(String path) {
        return new Address(path).with("kind", kind).with("flow", flow).with("party", party);
    }
}
