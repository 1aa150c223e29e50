package aiguillage.hub.routing;

import aiguillage.hub.directory.Party;
import aiguillage.protocol.Envelope;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Which documents take a route: those that have, for every attribute named, one of its values. An attribute the
/// envelope lacks has none. Without attributes it holds for every document; it then stands last, as `otherwise`.
public record Condition(SortedMap<Attribute, List<Match>> values) {

    public static final Condition OTHERWISE = new Condition(new TreeMap<>());

    public Condition {
        values = Collections.unmodifiableSortedMap(new TreeMap<>(values));
    }

    public boolean holds(Envelope envelope, Party sender) {
        for (Map.Entry<Attribute, List<Match>> entry : values.entrySet()) {
            String value = value(entry.getKey(), envelope, sender);
            if (value == null || !anyTakes(entry.getValue(), value)) {
                return false;
            }
        }
        return true;
    }

    /// What the document has for this attribute, or null. Countries are compared in lower case.
    static @Nullable String value(Attribute attribute, Envelope envelope, Party sender) {
        String value = envelope.extension(attribute.name());
        if (!attribute.equals(Attribute.COUNTRY)) {
            return value;
        }
        if (value != null) {
            return value.toLowerCase(Locale.ROOT);
        }
        return sender.country() == null ? null : sender.country().value();
    }

    private static boolean anyTakes(List<Match> matches, String value) {
        for (Match match : matches) {
            if (match.takes(value)) {
                return true;
            }
        }
        return false;
    }

    /// The attributes of a document for which both conditions hold, if there can be one.
    Optional<SortedMap<Attribute, String>> overlap(Condition other) {
        SortedMap<Attribute, String> example = new TreeMap<>();
        other.values.forEach((attribute, matches) ->
                example.put(attribute, matches.getFirst().example()));
        for (Map.Entry<Attribute, List<Match>> entry : values.entrySet()) {
            List<Match> others = other.values.get(entry.getKey());
            Optional<String> common = others == null
                    ? Optional.of(entry.getValue().getFirst().example())
                    : common(entry.getValue(), others);
            if (common.isEmpty()) {
                return Optional.empty();
            }
            example.put(entry.getKey(), common.get());
        }
        return Optional.of(example);
    }

    private static Optional<String> common(List<Match> some, List<Match> others) {
        return some.stream()
                .flatMap(match -> others.stream().flatMap(other -> match.common(other).stream()))
                .findFirst();
    }

    /// `country fr or be, modelyear 2020..2026`; `otherwise` when it always holds.
    @Override
    public String toString() {
        if (values.isEmpty()) {
            return "otherwise";
        }
        return values.entrySet().stream()
                .map(entry -> entry.getKey() + " "
                        + entry.getValue().stream().map(Match::toString).collect(Collectors.joining(" or ")))
                .collect(Collectors.joining(", "));
    }
}
