package aiguillage.hub.dataset;

import aiguillage.dataset.publish.InForce;
import aiguillage.dataset.publish.Outcome;
import aiguillage.dataset.publish.Publication;
import aiguillage.dataset.publish.Summary;
import aiguillage.dataset.row.SetHash;
import aiguillage.dataset.source.Format;
import aiguillage.hub.entry.Entry;
import aiguillage.hub.entry.VersionContent;
import aiguillage.hub.journal.Applied;
import aiguillage.hub.journal.Journal;
import aiguillage.hub.problem.Problem;
import aiguillage.hub.problem.Refused;
import aiguillage.hub.routing.Dataset;
import aiguillage.hub.yard.NewestRow;
import aiguillage.protocol.Digest;
import aiguillage.protocol.Position;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/// Makes versions: of files, of held publications, of earlier versions; and takes them back. Each of these holds the
/// dataset's turn, from the comparison with the newest version to the entry. Runs on threads that may wait.
final class Publishing {

    private final Folder folder;
    private final Journal journal;
    private final Reports reports;
    private final InstantSource clock;

    Publishing(Folder folder, Journal journal, Reports reports, InstantSource clock) {
        this.folder = folder;
        this.journal = journal;
        this.reports = reports;
        this.clock = clock;
    }

    /// What somebody wishes.
    ///
    /// @param isDelta whether the file says what changes, and not all that there is
    /// @param effective from when on it is to hold; null: at once
    /// @param isSealed whether nobody may read it before that
    /// @param by a party's name, or `operator`
    record Wish(boolean isDelta, @Nullable Instant effective, boolean isSealed, String by) {}

    /// Publishes a file.
    ///
    /// @param in the file's bytes; closed in any case
    Published publish(Served served, Dataset dataset, Format format, InputStream in, Wish wish) throws IOException {
        Master master = served.master();
        Path work = Files.createTempDirectory(served.work(), "publication-");
        master.turn().lock();
        try (in) {
            NewestRow newest = newest(master, wish);
            InForce inForce = inForce(served, dataset, newest);
            Outcome outcome = new Publication(dataset.schema(), format, dataset.guards())
                    .publish(in, wish.isDelta(), inForce, work);
            return record(served, newest, outcome, wish, null);
        } finally {
            master.turn().unlock();
            Served.remove(work);
        }
    }

    /// Makes a version of the rows of an earlier one.
    Published restore(Served served, Dataset dataset, long earlier, Wish wish) throws IOException {
        Master master = served.master();
        Path work = Files.createTempDirectory(served.work(), "publication-");
        master.turn().lock();
        try {
            NewestRow newest = newest(master, wish);
            if (master.standing().stream().noneMatch(one -> one.number() == earlier)) {
                throw new Refused(Problem.NOT_FOUND, "No version " + earlier + " stands.");
            }
            Format any = dataset.formats().values().iterator().next();
            Outcome outcome = new Publication(dataset.schema(), any, dataset.guards())
                    .restore(master.walk(earlier), inForce(served, dataset, newest), work);
            return record(served, newest, outcome, wish, earlier);
        } finally {
            master.turn().unlock();
            Served.remove(work);
        }
    }

    /// Makes a version of a publication that was held.
    ///
    /// @param by another than who published it
    Published release(Served served, Position held, String by) throws IOException {
        Master master = served.master();
        master.turn().lock();
        try {
            Entry.VersionHeld entry = held(master, held).entry();
            if (entry.by().equals(by)) {
                throw new Refused(
                        Problem.SECOND_PERSON_NEEDED, "It was published by " + by + ": another must release it.");
            }
            NewestRow newest = master.versions().newest(master.name());
            Instant now = now();
            var published = new Entry.VersionPublished(
                    now,
                    master.name(),
                    newest.last() + 1,
                    entry.from(),
                    entry.effective().isBefore(now) ? now : entry.effective(),
                    entry.isSealed() && entry.effective().isAfter(now),
                    entry.content(),
                    by,
                    held,
                    null);
            Applied applied = append(published);
            served.changed();
            return new Published.AsVersion(published, applied);
        } finally {
            master.turn().unlock();
        }
    }

    /// Throws a held publication away.
    Applied discard(Served served, Position held, String by) {
        Master master = served.master();
        master.turn().lock();
        try {
            Position found = held(master, held).position();
            return append(new Entry.HeldDiscarded(now(), master.name(), found, by));
        } finally {
            master.turn().unlock();
        }
    }

    /// Takes back the versions from this one on, which do not hold yet.
    Applied withdraw(Served served, long number, String by) throws IOException {
        Master master = served.master();
        master.turn().lock();
        try {
            Applied applied = append(new Entry.VersionWithdrawn(now(), master.name(), number, by));
            served.changed();
            return applied;
        } finally {
            master.turn().unlock();
        }
    }

    private static Versions.Held held(Master master, Position held) {
        return master.versions()
                .held(master.name(), held)
                .orElseThrow(() -> new Refused(Problem.NOT_FOUND, "Nothing is held at position " + held + "."));
    }

    private NewestRow newest(Master master, Wish wish) {
        NewestRow newest = master.versions().newest(master.name());
        Instant effective = wish.effective() == null ? now() : wish.effective();
        if (newest.standing() != 0 && effective.isBefore(newest.effective())) {
            throw new Refused(
                    Problem.VERSION_OVERTAKEN,
                    "Version " + newest.standing() + " holds from " + newest.effective() + " on, and this one would"
                            + " hold before it. Withdraw that one first, or publish with a later instant.");
        }
        return newest;
    }

    private InForce inForce(Served served, Dataset dataset, NewestRow newest) throws IOException {
        Sum sum = served.shares().sum(dataset, Scope.all(), newest.standing());
        return served.master().newest(newest.standing(), sum.hash(), now());
    }

    private Published record(Served served, NewestRow newest, Outcome outcome, Wish wish, @Nullable Long restores)
            throws IOException {
        return switch (outcome) {
            case Outcome.Refused(var report) ->
                new Published.Refused(reports.keep(served.master().name(), report), Reports.text(report));
            case Outcome.Ready(var summary, var layer, var hash) ->
                isNothing(summary) && newest.standing() != 0
                        ? new Published.Unchanged(summary)
                        : publish(served, newest, new Made(content(summary, layer, hash), layer, hash), wish, restores);
            case Outcome.Held(var summary, var layer, var hash, var report) -> {
                VersionContent content = content(summary, layer, hash);
                folder.keep(layer, content.layer());
                String text = Reports.text(report);
                var entry = new Entry.VersionHeld(
                        now(),
                        served.master().name(),
                        newest.standing(),
                        effective(wish),
                        wish.isSealed(),
                        content,
                        wish.by(),
                        text.substring(0, Math.min(text.length(), Entry.VersionHeld.REPORT_CHARS_MAX)));
                Applied applied = append(entry);
                yield new Published.Held(
                        entry, applied, reports.keep(served.master().name(), report));
            }
        };
    }

    private static boolean isNothing(Summary summary) {
        return summary.added() + summary.changed() + summary.removed() == 0;
    }

    /// What a version is made of.
    ///
    /// @param hash of all its rows
    private record Made(VersionContent content, Path layer, SetHash hash) {}

    private Published publish(Served served, NewestRow newest, Made made, Wish wish, @Nullable Long restores)
            throws IOException {
        VersionContent content = made.content();
        folder.keep(made.layer(), content.layer());
        Instant now = now();
        Instant effective = wish.effective() == null || wish.effective().isBefore(now) ? now : wish.effective();
        var entry = new Entry.VersionPublished(
                now,
                served.master().name(),
                newest.last() + 1,
                newest.standing(),
                effective,
                wish.isSealed() && effective.isAfter(now),
                content,
                wish.by(),
                null,
                restores);
        Applied applied = append(entry);
        Sum.of(made.hash(), entry.number(), content.rows()).keep(served.master().rows(), Scope.all());
        served.changed();
        return new Published.AsVersion(entry, applied);
    }

    private Instant effective(Wish wish) {
        return Objects.requireNonNullElseGet(wish.effective(), this::now);
    }

    private static VersionContent content(Summary summary, Path layer, SetHash hash) throws IOException {
        Digest digest = Folder.digest(layer);
        return new VersionContent(
                digest,
                Files.size(layer),
                hash.digest(),
                summary.keys(),
                summary.lines(),
                summary.added(),
                summary.changed(),
                summary.removed());
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    private Applied append(Entry entry) {
        Applied applied;
        try {
            applied = journal.append(entry).join();
        } catch (CompletionException e) {
            throw new Refused(Problem.JOURNAL_BUSY, "The journal took no entry; try again.");
        }
        return switch (applied.outcome()) {
            case aiguillage.hub.yard.Outcome.Recorded _ -> applied;
            case aiguillage.hub.yard.Outcome.VersionOvertaken(var standing) ->
                throw new Refused(
                        Problem.VERSION_OVERTAKEN,
                        "It was compared with another version than the newest, which is " + standing + ".");
            case aiguillage.hub.yard.Outcome.Ended _ ->
                throw new Refused(Problem.VERSION_OVERTAKEN, "It holds already, was withdrawn, or was decided.");
            default -> throw new AssertionError("an entry of a dataset cannot come to " + applied.outcome());
        };
    }
}
