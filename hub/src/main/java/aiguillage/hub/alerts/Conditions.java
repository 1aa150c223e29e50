package aiguillage.hub.alerts;

import aiguillage.hub.directory.Party;
import aiguillage.hub.document.Documents;
import aiguillage.hub.figures.Figures;
import aiguillage.hub.figures.Queue;
import aiguillage.hub.figures.Queues;
import aiguillage.hub.figures.Refusals;
import aiguillage.hub.health.Space;
import aiguillage.hub.presence.Contact;
import aiguillage.hub.presence.Presence;
import aiguillage.hub.routing.Dataset;
import aiguillage.hub.routing.Table;
import aiguillage.hub.store.Store;
import aiguillage.hub.trust.Enrolled;
import aiguillage.hub.yard.VersionRow;
import aiguillage.protocol.Brand;
import aiguillage.protocol.DatasetName;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
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

    /// Names told of one rule; beyond them it is told how many more there are.
    private static final int NAMES_MAX = 10;

    /// What meets a rule, in a sentence; empty when nothing does, or when it is not known.
    Optional<String> met(Rule rule, Instant now) {
        return switch (rule.what()) {
            case WAITING -> waiting(rule, now);
            case SILENT -> silent(rule, now);
            case REFUSED -> refused(rule, now);
            case CERTIFICATE -> certificates(rule, now);
            case DISK -> disk(rule);
            case QUARANTINE -> quarantine(rule);
            case DATASET -> datasets(rule, now);
        };
    }

    private static boolean isOf(Rule rule, Brand brand) {
        return rule.brand() == null || rule.brand().equals(brand);
    }

    private List<Queue> queues(Rule rule) {
        return figures.queues().map(Queues::flows).orElse(List.of()).stream()
                .filter(queue -> isOf(rule, queue.flow().brand()))
                .toList();
    }

    private Optional<String> waiting(Rule rule, Instant now) {
        return Queues.oldest(queues(rule)).flatMap(queue -> {
            Queue.Oldest oldest = queue.oldest();
            if (oldest == null || Duration.between(oldest.since(), now).toMinutes() <= rule.limit()) {
                return Optional.empty();
            }
            return Optional.of("A delivery of " + queue.flow() + " has waited for " + oldest.reader() + " since "
                    + oldest.since() + ".");
        });
    }

    private Stream<Party> parties(Rule rule) {
        Brand brand = rule.brand();
        return table.get().parties().stream()
                .filter(party -> brand == null || party.brands().contains(brand));
    }

    /// Nobody is silent for longer than the hub has listened.
    private Optional<String> silent(Rule rule, Instant now) {
        Instant opened = presence.openedAt();
        return named(
                "Silent: ",
                parties(rule)
                        .filter(party -> presence.contact(party.id()) instanceof Contact.Silent(var seen)
                                && Duration.between(seen.at().isAfter(opened) ? seen.at() : opened, now)
                                                .toMinutes()
                                        >= rule.limit())
                        .map(party -> party.id().value())
                        .toList());
    }

    private static Optional<String> named(String begin, List<String> names) {
        if (names.isEmpty()) {
            return Optional.empty();
        }
        String some = String.join(", ", names.subList(0, Math.min(NAMES_MAX, names.size())));
        return Optional.of(
                begin + some + (names.size() > NAMES_MAX ? " and " + (names.size() - NAMES_MAX) + " more." : "."));
    }

    private Optional<String> refused(Rule rule, Instant now) {
        Brand brand = rule.brand();
        List<Refusals.Count> counts = figures.refusals().counts(now, brand == null ? null : Set.of(brand));
        long lately = counts.stream().mapToLong(Refusals.Count::lately).sum();
        return lately > rule.limit() ? Optional.of(lately + " refusals in the last ten minutes.") : Optional.empty();
    }

    private Optional<String> certificates(Rule rule, Instant now) {
        Instant until = now.plus(Duration.ofDays(rule.limit()));
        return named(
                "Certificates end: ",
                parties(rule)
                        .filter(party -> enrolled.lastEnd(party.id())
                                .filter(end -> !end.isAfter(until))
                                .isPresent())
                        .map(party -> party.id().value())
                        .toList());
    }

    private Optional<String> disk(Rule rule) {
        long free = space.freeBytes() / 1_000_000;
        return free < rule.limit() ? Optional.of(free + " MB are free on the disk.") : Optional.empty();
    }

    private Optional<String> quarantine(Rule rule) {
        long count = queues(rule).stream().mapToLong(Queue::quarantined).sum();
        return count > rule.limit() ? Optional.of(count + " deliveries are in quarantine.") : Optional.empty();
    }

    private Optional<String> datasets(Rule rule, Instant now) {
        Instant oldest = now.minus(Duration.ofHours(rule.limit()));
        return named(
                "No new version: ",
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
