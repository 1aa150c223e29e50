package aiguillage.hub.figures;

import aiguillage.hub.problem.Problem;
import aiguillage.protocol.Brand;
import java.time.Instant;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What was refused and why, by the minute, of the last day. Safe from any thread.
///
/// Two counts are kept. All refusals, of every call of every door, belong to no brand: who knows why a stranger
/// was turned away knows nothing of a brand. Documents that were found bad belong to the brand of their flow.
public final class Refusals {

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
    public record Count(Problem problem, long lately, long day) {}

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

    /// The problems there were in the last day, most frequent first.
    ///
    /// @param brands documents of these alone; null: all calls
    public List<Count> counts(Instant now, @Nullable Collection<Brand> brands) {
        Stream<Count> counts = brands == null
                ? calls.entrySet().stream().map(one -> count(one.getKey(), one.getValue(), now))
                : Stream.of(Problem.values()).map(problem -> sum(problem, brands, now));
        return counts.filter(count -> count.day > 0)
                .sorted((a, b) -> Long.compare(b.day, a.day))
                .toList();
    }

    private Count sum(Problem problem, Collection<Brand> brands, Instant now) {
        long lately = 0;
        long day = 0;
        for (Brand brand : brands) {
            Minutes minutes = documents.get(new OfBrand(brand, problem));
            if (minutes != null) {
                lately += minutes.sum(now, 10);
                day += minutes.sum(now, MINUTES);
            }
        }
        return new Count(problem, lately, day);
    }

    private static Count count(Problem problem, Minutes minutes, Instant now) {
        return new Count(problem, minutes.sum(now, 10), minutes.sum(now, MINUTES));
    }
}
