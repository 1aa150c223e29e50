package aiguillage.hub.figures;

import aiguillage.hub.problem.Problem;
import aiguillage.protocol.Brand;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What was refused and why, by the minute, of the last day. Safe from any thread.
///
/// Two counts are kept. All refusals, of every call of every door, belong to no brand: who knows why a stranger
/// was turned away knows nothing of a brand. Documents that were found bad belong to the brand of their flow.
public final class RefusalCounts {

    /// What is remembered: a day.
    public static final int MINUTES = 24 * 60;

    private final Map<Problem, Minutes> calls = new ConcurrentHashMap<>();
    private final Map<OfBrand, Minutes> documents = new ConcurrentHashMap<>();
    private final Map<Problem, Long> counted = new EnumMap<>(Problem.class);

    private record OfBrand(Brand brand, Problem problem) {}

    /// So often there was this problem.
    ///
    /// @param lately in the last ten minutes
    /// @param day in the last day
    public record Count(Problem problem, long lately, long day) {

        private Count and(Count other) {
            return new Count(problem, lately + other.lately, day + other.day);
        }
    }

    /// Takes up how often there was each problem since the hub's start; for one thread.
    void totals(Map<Problem, Long> totals, Instant now) {
        totals.forEach((problem, total) -> {
            Long before = counted.put(problem, total);
            long more = total - (before == null ? 0 : before);
            if (more > 0) {
                calls.computeIfAbsent(problem, _ -> new Minutes(MINUTES)).add(now, more);
            }
        });
    }

    void document(Brand brand, Problem problem, Instant at) {
        documents
                .computeIfAbsent(new OfBrand(brand, problem), _ -> new Minutes(MINUTES))
                .add(at, 1);
    }

    /// The problems of calls in the last day and since the hub's start, most frequent first.
    public List<Count> ofCalls(Instant now) {
        return sorted(calls.entrySet().stream().map(one -> count(one.getKey(), one.getValue(), now)));
    }

    /// The problems of documents in the last day, most frequent first.
    ///
    /// @param brands of which
    public List<Count> ofDocuments(Instant now, Predicate<Brand> brands) {
        return sorted(documents.entrySet().stream()
                .filter(one -> brands.test(one.getKey().brand))
                .map(one -> count(one.getKey().problem, one.getValue(), now))
                .collect(Collectors.toMap(Count::problem, one -> one, Count::and))
                .values()
                .stream());
    }

    private static List<Count> sorted(Stream<Count> counts) {
        return counts.filter(count -> count.day > 0)
                .sorted((a, b) -> Long.compare(b.day, a.day))
                .toList();
    }

    private static Count count(Problem problem, Minutes minutes, Instant now) {
        return new Count(problem, minutes.sum(now, 10), minutes.sum(now, MINUTES));
    }
}
