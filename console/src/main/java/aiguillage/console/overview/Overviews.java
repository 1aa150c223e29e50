package aiguillage.console.overview;

import aiguillage.console.web.Level;
import aiguillage.console.web.Look;
import aiguillage.hub.Inside;
import aiguillage.hub.directory.Party;
import aiguillage.hub.figures.Queue;
import aiguillage.hub.figures.Queues;
import aiguillage.hub.figures.RefusalCounts;
import aiguillage.hub.presence.Contact;
import aiguillage.hub.problem.Problem;
import aiguillage.protocol.FlowName;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Looks at the hub and says how it is. Everything it asks stands in memory. Safe from any thread.
final class Overviews {

    /// A delivery that waits longer is worth a look.
    static final Duration WAITS_LONG = Duration.ofHours(1);

    /// One that waits longer is trouble.
    static final Duration WAITS_TOO_LONG = Duration.ofDays(1);

    /// Gateways renew at two thirds, with the usual certificate of 30 days ten days before: one that has not by
    /// then does not.
    static final Duration ENDS_SOON = Duration.ofDays(7);

    static final Duration ENDS_NOW = Duration.ofDays(1);

    private static final int CHART_MINUTES = 60;

    private final Inside hub;

    Overviews(Inside hub) {
        this.hub = hub;
    }

    Overview now(Look look, Scope scope) {
        Instant now = hub.parts().clock().instant().truncatedTo(ChronoUnit.SECONDS);
        Chart chart = chart(look, scope, now);
        List<Queue> queues = queues(scope);
        var tiles = new ArrayList<Tile>();
        tiles.add(flowing(look, chart, now));
        tiles.add(waiting(look, queues, now));
        tiles.add(quarantine(look, queues));
        tiles.add(parties(look, scope, now));
        tiles.add(certificates(look, scope, now));
        tiles.add(refused(look, scope, now));
        tiles.add(disk(look, now));
        if (scope.isAll()) {
            long entries = hub.parts().ledger().size();
            tiles.add(tile(look, "journal", Level.PLAIN, look.words().number(entries), "/ledger", now));
        }
        return new Overview(now, tiles, chart);
    }

    private static Tile tile(Look look, String name, Level level, String figure, @Nullable String link, Instant at) {
        return new Tile(name, level, figure, look.text("overview." + name), link, at);
    }

    /// Of the last hour, and of no minute before the hub's start: nobody counted then.
    Chart chart(Look look, Scope scope, Instant now) {
        Instant last = now.truncatedTo(ChronoUnit.MINUTES);
        Instant start = hub.figures().since().truncatedTo(ChronoUnit.MINUTES);
        int minutes = Math.clamp(Duration.between(start, last).toMinutes() + 1, 1, CHART_MINUTES);
        var lines = new ArrayList<Chart.Line>();
        Map<FlowName, int[]> flows = hub.figures().traffic().byMinute(now, minutes, scope::sees);
        flows.forEach((flow, counts) -> lines.add(line(flow.toString(), counts)));
        lines.removeIf(line -> line.sum() == 0);
        lines.sort(Comparator.comparingLong(Chart.Line::sum).reversed());
        Instant first = last.minus(Duration.ofMinutes(minutes - 1));
        if (lines.size() <= Chart.FLOWS_MAX) {
            return new Chart(first, lines);
        }
        int[] rest = new int[minutes];
        for (Chart.Line line : lines.subList(Chart.FLOWS_MAX, lines.size())) {
            Arrays.setAll(rest, minute -> rest[minute] + line.counts().get(minute));
        }
        return new Chart(
                first,
                Stream.concat(lines.stream().limit(Chart.FLOWS_MAX), Stream.of(line(look.text("overview.rest"), rest)))
                        .toList());
    }

    private static Chart.Line line(String name, int[] counts) {
        return new Chart.Line(name, Arrays.stream(counts).boxed().toList());
    }

    private static Tile flowing(Look look, Chart chart, Instant now) {
        long hour = chart.lines().stream().mapToLong(Chart.Line::sum).sum();
        return tile(look, "flowing", Level.PLAIN, look.words().number(hour), "/tail", now);
    }

    /// What waits in mailboxes of these brands' flows; empty before it was first looked.
    List<Queue> queues(Scope scope) {
        return hub.figures().queues().map(Queues::flows).orElse(List.of()).stream()
                .filter(queue -> scope.sees(queue.flow()))
                .toList();
    }

    private Tile waiting(Look look, List<Queue> queues, Instant now) {
        Optional<Queues> looked = hub.figures().queues();
        if (looked.isEmpty()) {
            return new Tile("waiting", Level.UNKNOWN, "?", look.text("overview.waiting.unknown"), "/waiting", null);
        }
        Queue.Oldest oldest = Queues.oldest(queues).map(Queue::oldest).orElse(null);
        Instant at = looked.get().at();
        if (oldest == null) {
            return new Tile("waiting", Level.GOOD, "0", look.text("overview.waiting.none"), "/waiting", at);
        }
        Duration age = Duration.between(oldest.since(), now);
        Level level =
                age.compareTo(WAITS_TOO_LONG) > 0 ? Level.BAD : age.compareTo(WAITS_LONG) > 0 ? Level.WARN : Level.GOOD;
        long pending = queues.stream().mapToLong(Queue::pending).sum();
        return new Tile(
                "waiting", level, look.words().lasting(age), look.text("overview.waiting", pending), "/waiting", at);
    }

    private Tile quarantine(Look look, List<Queue> queues) {
        Optional<Queues> looked = hub.figures().queues();
        if (looked.isEmpty()) {
            return new Tile(
                    "quarantine", Level.UNKNOWN, "?", look.text("overview.waiting.unknown"), "/quarantine", null);
        }
        long count = queues.stream().mapToLong(Queue::quarantined).sum();
        return tile(
                look,
                "quarantine",
                count == 0 ? Level.GOOD : Level.WARN,
                look.words().number(count),
                "/quarantine",
                looked.get().at());
    }

    private Stream<Party> parties(Scope scope) {
        return hub.parts().flows().table().parties().stream().filter(scope::sees);
    }

    private Tile parties(Look look, Scope scope, Instant now) {
        long[] counts = new long[4];
        parties(scope).forEach(party -> {
            int which = switch (hub.parts().presence().contact(party.id())) {
                case Contact.Connected _ -> 0;
                case Contact.Silent _ -> 1;
                case Contact.Never _ -> 2;
                case Contact.Unknown _ -> 3;
            };
            counts[which]++;
        });
        Level level = counts[1] > 0 ? Level.WARN : counts[3] > 0 || counts[0] == 0 ? Level.UNKNOWN : Level.GOOD;
        return new Tile(
                "parties",
                level,
                look.words().number(counts[0]),
                look.text(
                        "overview.parties",
                        look.words().number(counts[1]),
                        look.words().number(counts[2]),
                        look.words().number(counts[3])),
                "/parties",
                now);
    }

    private Tile certificates(Look look, Scope scope, Instant now) {
        long[] counts = new long[3];
        parties(scope)
                .flatMap(party -> hub.enrolled().lastEnd(party.id()).stream())
                .forEach(end -> {
                    Duration left = Duration.between(now, end);
                    if (!left.isPositive()) {
                        counts[0]++;
                    } else if (left.compareTo(ENDS_NOW) <= 0) {
                        counts[1]++;
                    } else if (left.compareTo(ENDS_SOON) <= 0) {
                        counts[2]++;
                    }
                });
        Level level = counts[1] > 0 ? Level.BAD : counts[0] + counts[2] > 0 ? Level.WARN : Level.GOOD;
        return new Tile(
                "certificates",
                level,
                look.words().number(counts[1] + counts[2]),
                look.text("overview.certificates", look.words().number(counts[0])),
                "/certificates?days=" + ENDS_SOON.toDays(),
                now);
    }

    /// Which documents were refused in the last day, by reason.
    List<RefusalCounts.Count> refusedDocuments(Scope scope, Instant now) {
        return hub.figures().refusals().ofDocuments(now, scope::sees);
    }

    /// Which calls were, of any door, for those who see all brands. An address that was mistyped is no trouble.
    List<RefusalCounts.Count> refusedCalls(Scope scope, Instant now) {
        return !scope.isAll()
                ? List.of()
                : hub.figures().refusals().ofCalls(now).stream()
                        .filter(count -> count.problem() != Problem.NOT_FOUND)
                        .toList();
    }

    private Tile refused(Look look, Scope scope, Instant now) {
        List<RefusalCounts.Count> counts = scope.isAll() ? refusedCalls(scope, now) : refusedDocuments(scope, now);
        long lately = counts.stream().mapToLong(RefusalCounts.Count::lately).sum();
        long day = counts.stream().mapToLong(RefusalCounts.Count::day).sum();
        return new Tile(
                "refused",
                lately > 0 ? Level.WARN : Level.GOOD,
                look.words().number(day),
                look.text("overview.refused", look.words().number(lately)),
                "/refusals",
                now);
    }

    private Tile disk(Look look, Instant now) {
        Level level = hub.parts().space().isShort() ? Level.BAD : Level.GOOD;
        return tile(look, "disk", level, look.words().bytes(hub.parts().space().freeBytes()), null, now);
    }
}
