package aiguillage.hub.alerts;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// What meets a rule.
///
/// @param count of a rule about one thing: how many; otherwise 0
/// @param names of those that meet it; empty when a rule is about one thing only
record Met(What what, long count, List<String> names) {

    /// Of a rule about one thing.
    static Met one(What what, long count) {
        return new Met(what, count, List.of());
    }

    /// Of a rule about many things; empty when there is none of them.
    static Optional<Met> many(What what, List<String> names) {
        return names.isEmpty() ? Optional.empty() : Optional.of(new Met(what, 0, names));
    }

    /// All of it.
    News all() {
        return of(names);
    }

    private News of(Collection<String> some) {
        List<String> first = some.stream().limit(News.NAMES_MAX).toList();
        return new News(what, count, first, some.size() - first.size());
    }

    /// Those that nobody was told of; empty when all are told.
    Optional<News> news(Set<String> told) {
        var fresh = new TreeSet<>(names);
        fresh.removeAll(told);
        return fresh.isEmpty() ? Optional.empty() : Optional.of(of(fresh));
    }
}
