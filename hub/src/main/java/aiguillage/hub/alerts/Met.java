package aiguillage.hub.alerts;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// What meets a rule.
///
/// @param begin of the sentence
/// @param names of those that meet it; empty when a rule is about one thing only
record Met(String begin, List<String> names) {

    /// Names told at once; beyond them it is told how many more there are.
    private static final int NAMES_MAX = 10;

    /// Of a rule about one thing.
    static Met one(String sentence) {
        return new Met(sentence, List.of());
    }

    /// Of a rule about many things; empty when there is none of them.
    static Optional<Met> many(String begin, List<String> names) {
        return names.isEmpty() ? Optional.empty() : Optional.of(new Met(begin, names));
    }

    /// In a sentence.
    String said() {
        return said(names);
    }

    /// Of some of them alone.
    private String said(Collection<String> some) {
        if (names.isEmpty()) {
            return begin;
        }
        List<String> first = some.stream().limit(NAMES_MAX).toList();
        int more = some.size() - first.size();
        return begin + String.join(", ", first) + (more > 0 ? " and " + more + " more." : ".");
    }

    /// Those that nobody was told of, in a sentence; empty when all are told.
    Optional<String> news(Set<String> told) {
        var fresh = new TreeSet<>(names);
        fresh.removeAll(told);
        return fresh.isEmpty() ? Optional.empty() : Optional.of(said(fresh));
    }
}
