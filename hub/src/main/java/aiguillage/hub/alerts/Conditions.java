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

    /// What meets a rule; empty when nothing does, or when it is not known.
    Optional<Met> met(Rule rule, Instant now) {
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

    private Optional<Met> waiting(Rule rule, Instant now) {
        return Met.many(
                "Waiting too long: ",
                queues(rule).stream()
                        .flatMap(queue -> Stream.ofNullable(queue.oldest())
                                .filter(oldest ->
                                        Duration.between(oldest.since(), now).toMinutes() > rule.limit())
                                .map(oldest -> queue.flow() + " for " + oldest.reader()))
                        .toList());
    }

    private Stream<Party> parties(Rule rule) {
        Brand brand = rule.brand();
        return table.get().parties().stream()
                .filter(party -> brand == null || party.brands().contains(brand));
    }

    /// Nobody is silent for longer than the hub has listened; who is suspended is not expected to speak.
    private Optional<Met> silent(Rule rule, Instant now) {
        Instant opened = presence.openedAt();
        return Met.many(
                "Silent: ",
                parties(rule)
                        .filter(party -> !enrolled.isSuspended(party.id()))
                        .filter(party -> presence.contact(party.id()) instanceof Contact.Silent(var seen)
                                && Duration.between(seen.at().isAfter(opened) ? seen.at() : opened, now)
                                                .toMinutes()
                                        >= rule.limit())
                        .map(party -> party.id().value())
                        .toList());
    }

    private Optional<Met> refused(Rule rule, Instant now) {
        Brand brand = rule.brand();
        List<Refusals.Count> counts = figures.refusals().counts(now, brand == null ? null : Set.of(brand));
        long lately = counts.stream().mapToLong(Refusals.Count::lately).sum();
        return lately > rule.limit()
                ? Optional.of(Met.one(lately + " refusals in the last ten minutes."))
                : Optional.empty();
    }

    private Optional<Met> certificates(Rule rule, Instant now) {
        Instant until = now.plus(Duration.ofDays(rule.limit()));
        return Met.many(
                "Certificates end: ",
                parties(rule)
                        .filter(party -> enrolled.lastEnd(party.id())
                                .filter(end -> !end.isAfter(until))
                                .isPresent())
                        .map(party -> party.id().value())
                        .toList());
    }

    private Optional<Met> disk(Rule rule) {
        long free = space.freeBytes() / 1_000_000;
        return free < rule.limit() ? Optional.of(Met.one(free + " MB are free on the disk.")) : Optional.empty();
    }

    private Optional<Met> quarantine(Rule rule) {
        long count = queues(rule).stream().mapToLong(Queue::quarantined).sum();
        return count > rule.limit() ? Optional.of(Met.one(count + " deliveries are in quarantine.")) : Optional.empty();
    }

    private Optional<Met> datasets(Rule rule, Instant now) {
        Instant oldest = now.minus(Duration.ofHours(rule.limit()));
        return Met.many(
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
