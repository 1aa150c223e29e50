package aiguillage.hub.alerts;

import aiguillage.hub.directory.Party;
import aiguillage.hub.document.Documents;
import aiguillage.hub.figures.Figures;
import aiguillage.hub.figures.Queue;
import aiguillage.hub.figures.Queues;
import aiguillage.hub.figures.RefusalCounts;
import aiguillage.hub.health.Space;
import aiguillage.hub.presence.Contact;
import aiguillage.hub.presence.Presence;
import aiguillage.hub.problem.Problem;
import aiguillage.hub.routing.Dataset;
import aiguillage.hub.routing.Table;
import aiguillage.hub.store.Store;
import aiguillage.hub.trust.Enrolled;
import aiguillage.hub.yard.VersionRow;
import aiguillage.protocol.Brand;
import aiguillage.protocol.DatasetName;
import aiguillage.protocol.FlowName;
import aiguillage.protocol.PartyId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// Looks whether rules are met. What it asks stands in memory, but for the newest version of each dataset.
///
/// @param store for datasets' newest versions
record Conditions(
        Figures figures,
        Presence presence,
        Enrolled enrolled,
        Space space,
        Supplier<Table> table,
        Store store,
        Documents documents) {

    /// Refusals count over so long.
    private static final Duration LATELY = Duration.ofMinutes(10);

    /// Whether a rule that nothing meets is over: not, while this is not known yet, as after a start.
    boolean isKnown(Rule rule, Instant now) {
        return switch (rule.what()) {
            case WAITING, QUARANTINE -> figures.queues().isPresent();
            case REFUSED -> !figures.since().plus(LATELY).isAfter(now);
            case SILENT, CERTIFICATE, DISK, DATASET -> true;
        };
    }

    /// What meets a rule; empty when nothing does, or when it is not known ([#isKnown]).
    ///
    /// @param ways flows in which rules are told: what stands in them meets no rule, or telling would
    /// @param isTold whether somebody was told of this one, which stays so until the contrary is known
    Optional<Met> met(Rule rule, Set<FlowName> ways, Predicate<String> isTold, Instant now) {
        return switch (rule.what()) {
            case WAITING -> waiting(rule, ways, now);
            case SILENT -> silent(rule, isTold, now);
            case REFUSED -> refused(rule, now);
            case CERTIFICATE -> certificates(rule, now);
            case DISK -> disk(rule);
            case QUARANTINE -> quarantine(rule, ways);
            case DATASET -> datasets(rule, now);
        };
    }

    private static boolean isOf(Rule rule, Brand brand) {
        return rule.brand() == null || rule.brand().equals(brand);
    }

    private List<Queue> queues(Rule rule, Set<FlowName> ways) {
        return figures.queues().map(Queues::flows).orElse(List.of()).stream()
                .filter(queue -> isOf(rule, queue.flow().brand()) && !ways.contains(queue.flow()))
                .toList();
    }

    private Optional<Met> waiting(Rule rule, Set<FlowName> ways, Instant now) {
        return Met.many(
                rule.what(),
                queues(rule, ways).stream()
                        .flatMap(queue -> Stream.ofNullable(queue.oldest())
                                .filter(oldest ->
                                        Duration.between(oldest.since(), now).toMinutes() > rule.limit())
                                .map(oldest -> queue.flow() + " → " + oldest.reader()))
                        .toList());
    }

    private Stream<Party> parties(Rule rule) {
        Brand brand = rule.brand();
        return table.get().parties().stream()
                .filter(party -> brand == null || party.brands().contains(brand));
    }

    /// Nobody is silent for longer than the hub has listened, but for who was told to be before it was started
    /// and did not speak since. Who is suspended is not expected to speak.
    private Optional<Met> silent(Rule rule, Predicate<String> isTold, Instant now) {
        return Met.many(
                rule.what(),
                parties(rule)
                        .filter(party -> !enrolled.isSuspended(party.id()))
                        .map(party -> party.id())
                        .filter(party -> isSilent(party, rule.limit(), isTold.test(party.value()), now))
                        .map(PartyId::value)
                        .toList());
    }

    private boolean isSilent(PartyId party, long minutes, boolean isTold, Instant now) {
        return switch (presence.contact(party)) {
            case Contact.Silent(var seen) -> {
                Instant opened = presence.openedAt();
                Instant from = isTold || seen.at().isAfter(opened) ? seen.at() : opened;
                yield Duration.between(from, now).toMinutes() >= minutes;
            }
            case Contact.Unknown _ -> isTold;
            case Contact.Connected _, Contact.Never _ -> false;
        };
    }

    private Optional<Met> refused(Rule rule, Instant now) {
        Brand brand = rule.brand();
        List<RefusalCounts.Count> counts = brand == null
                ? figures.refusals().ofCalls(now)
                : figures.refusals().ofDocuments(now, brand::equals);
        long lately = counts.stream()
                .filter(count -> count.problem() != Problem.NOT_FOUND) // an address that was mistyped is no trouble
                .mapToLong(RefusalCounts.Count::lately)
                .sum();
        return lately > rule.limit() ? Optional.of(Met.one(rule.what(), lately)) : Optional.empty();
    }

    private Optional<Met> certificates(Rule rule, Instant now) {
        Instant until = now.plus(Duration.ofDays(rule.limit()));
        return Met.many(
                rule.what(),
                parties(rule)
                        .filter(party -> enrolled.lastEnd(party.id())
                                .filter(end -> !end.isAfter(until))
                                .isPresent())
                        .map(party -> party.id().value())
                        .toList());
    }

    private Optional<Met> disk(Rule rule) {
        long free = space.freeBytes() / 1_000_000;
        return free < rule.limit() ? Optional.of(Met.one(rule.what(), free)) : Optional.empty();
    }

    private Optional<Met> quarantine(Rule rule, Set<FlowName> ways) {
        long count = queues(rule, ways).stream().mapToLong(Queue::quarantined).sum();
        return count > rule.limit() ? Optional.of(Met.one(rule.what(), count)) : Optional.empty();
    }

    private Optional<Met> datasets(Rule rule, Instant now) {
        Instant oldest = now.minus(Duration.ofHours(rule.limit()));
        return Met.many(
                rule.what(),
                table.get().datasets().stream()
                        .map(Dataset::name)
                        .filter(name -> isOf(rule, name.brand()))
                        .filter(name ->
                                newest(name).filter(at -> at.isBefore(oldest)).isPresent())
                        .map(DatasetName::toString)
                        .toList());
    }

    /// When the newest version was published; empty when there is none yet.
    private Optional<Instant> newest(DatasetName name) {
        Store.Row last = store.last(
                aiguillage.hub.store.Table.VERSIONS, VersionRow.key(name, 0), VersionRow.key(name, Long.MAX_VALUE));
        return last == null
                ? Optional.empty()
                : Optional.of(documents
                        .entry(VersionRow.decode(last.value()).position())
                        .time());
    }
}
