package aiguillage.console.find;

import aiguillage.console.document.Line;
import aiguillage.hub.directory.Party;
import aiguillage.hub.document.Documents;
import aiguillage.hub.document.Recorded;
import aiguillage.hub.entry.Delivery;
import aiguillage.hub.entry.Entry;
import aiguillage.hub.operators.Operator;
import aiguillage.hub.operators.Sight;
import aiguillage.hub.schema.PayloadCheck;
import aiguillage.protocol.DocumentId;
import aiguillage.protocol.PartyId;
import aiguillage.protocol.Position;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.function.Function;
import java.util.function.Predicate;

/// Searches, in as many reads whatever is stored: each kind of thing by its own key, none by looking through.
/// Safe from any thread.
public final class Finder {

    /// Documents told of.
    static final int FOUND_MAX = 50;

    /// Documents looked at for a search key, and for the beginning of an id, those of other brands among them.
    static final int LOOKED_AT_MAX = 500;

    private final Documents documents;
    private final Function<PartyId, Optional<Party>> parties;

    /// @param parties those there are, by name
    public Finder(Documents documents, Function<PartyId, Optional<Party>> parties) {
        this.documents = documents;
        this.parties = parties;
    }

    /// Everything of that name, number or beginning that the operator sees.
    public Found find(String asked, Operator operator) {
        Predicate<Entry.DocumentAccepted> seen =
                document -> operator.sees(document.envelope().flow().brand());
        Map<Long, Recorded<Entry.DocumentAccepted>> hits = new LinkedHashMap<>();
        List<Long> entries = new ArrayList<>();
        at(asked, operator, hits, entries);
        for (String spelling : spellings(asked)) {
            if (DocumentId.isOne(spelling)) {
                add(documents.beginning(spelling + "\0", LOOKED_AT_MAX, FOUND_MAX, seen), hits);
            }
            String value = PayloadCheck.searched(spelling);
            add(documents.withKey(value, LOOKED_AT_MAX, FOUND_MAX, seen), hits);
            add(documents.withSubject(spelling.strip(), LOOKED_AT_MAX, FOUND_MAX, seen), hits);
        }
        boolean isExact = !hits.isEmpty();
        if (!isExact && DocumentId.isOne(asked)) {
            add(documents.beginning(asked, LOOKED_AT_MAX, FOUND_MAX, seen), hits);
        }
        List<Line> lines = hits.values().stream()
                .sorted((a, b) -> b.position().compareTo(a.position()))
                .limit(FOUND_MAX)
                .map(document -> Line.of(documents, document))
                .toList();
        return new Found(asked, lines, parties(asked, operator), entries, hits.size() >= FOUND_MAX);
    }

    /// As typed, and in capitals, as numbers of vehicles are written. A text with a zero byte is no key.
    private static SequencedSet<String> spellings(String asked) {
        var spellings = new java.util.LinkedHashSet<String>();
        if (asked.indexOf(0) < 0 && !asked.isBlank()) {
            spellings.add(asked);
            spellings.add(asked.toUpperCase(Locale.ROOT));
        }
        return spellings;
    }

    private static void add(
            Collection<Recorded<Entry.DocumentAccepted>> found, Map<Long, Recorded<Entry.DocumentAccepted>> hits) {
        found.forEach(one -> hits.put(one.position().value(), one));
    }

    /// What stands at a position: the document that the entry there is about, or the entry itself.
    private void at(
            String asked, Operator operator, Map<Long, Recorded<Entry.DocumentAccepted>> hits, List<Long> entries) {
        Position position;
        try {
            position = Position.of(asked);
        } catch (IllegalArgumentException noPosition) {
            return;
        }
        documents.find(position).ifPresent(entry -> {
            Optional<Recorded<Entry.DocumentAccepted>> about = about(new Recorded<>(position, entry));
            if (about.isEmpty() && new Sight(operator).sees(entry)) {
                entries.add(position.value());
            }
            about.filter(one -> operator.sees(one.entry().envelope().flow().brand()))
                    .ifPresent(one -> hits.put(one.position().value(), one));
        });
    }

    /// The document that an entry is about; empty when it is about none.
    Optional<Recorded<Entry.DocumentAccepted>> about(Recorded<Entry> one) {
        Delivery delivery = Documents.delivery(one.entry());
        if (delivery != null) {
            return Optional.of(documents.document(delivery.document()));
        }
        return switch (one.entry()) {
            case Entry.DocumentAccepted document -> Optional.of(new Recorded<>(one.position(), document));
            case Entry.PayloadRemoved removed -> Optional.of(documents.document(removed.document()));
            default -> Optional.empty();
        };
    }

    private List<String> parties(String asked, Operator operator) {
        try {
            return parties.apply(new PartyId(asked.toLowerCase(Locale.ROOT))).stream()
                    .filter(party -> operator.seesAny(party.brands()))
                    .map(party -> party.id().value())
                    .toList();
        } catch (IllegalArgumentException noName) {
            return List.of();
        }
    }
}
