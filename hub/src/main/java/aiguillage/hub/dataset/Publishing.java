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
import aiguillage.hub.yard.VersionRow;
import aiguillage.protocol.Digest;
import aiguillage.protocol.Position;
import aiguillage.protocol.Rfc3339;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Makes versions: of files, of held publications, of earlier versions; and takes them back. Each of these
/// holds the dataset's turn, from the comparison with the newest version to the entry. Runs on threads that may
/// wait.
final class Publishing {

    private static final Logger LOG = LoggerFactory.getLogger(Publishing.class);

    private final Folder folder;
    private final Layers layers;
    private final Journal journal;
    private final Reports reports;
    private final Columns columns;

    Publishing(Folder folder, Layers layers, Journal journal, Reports reports, Columns columns) {
        this.folder = folder;
        this.layers = layers;
        this.journal = journal;
        this.reports = reports;
        this.columns = columns;
    }

    /// What somebody wishes.
    ///
    /// @param isDelta whether the file says what changes, and not all that there is
    /// @param effective from when on it is to hold; null: at once
    /// @param isSealed whether nobody may read it before that
    /// @param by a party's name, or `operator`, or `operator:` and a person's name
    /// @param against the version over which it was looked at, and alone is wanted; null: over whichever stands
    record Wish(
            boolean isDelta,
            @Nullable Instant effective,
            boolean isSealed,
            String by,
            @Nullable Long against) {}

    /// Publishes a file.
    ///
    /// @param in the file's bytes; closed in any case
    Published publish(Served served, Dataset dataset, Format format, InputStream in, Wish wish) throws IOException {
        Master master = served.master();
        Path work = Files.createTempDirectory(served.work(), "publication-");
        master.turn().lock();
        try (in) {
            begin(served);
            NewestRow newest = newest(master, wish);
            requireStill(wish, newest);
            InForce inForce = inForce(served, dataset, newest);
            Outcome outcome = new Publication(dataset.schema(), format, dataset.guards())
                    .publish(in, wish.isDelta(), inForce, work);
            return record(served, dataset, newest, outcome, wish, null);
        } finally {
            master.turn().unlock();
            Folder.remove(work);
        }
    }

    private static void requireStill(Wish wish, NewestRow newest) {
        Long against = wish.against();
        if (against != null && against != newest.standing()) {
            throw new Refused(
                    Problem.VERSION_OVERTAKEN,
                    "It was compared with version " + against + ", and version " + newest.standing()
                            + " stands by now. Compare it again.");
        }
    }

    /// Looks what publishing a file would come to. Nothing is kept of it but the report.
    ///
    /// @param in the file's bytes; closed in any case
    /// @param column whose amounts are compared, or null
    Checked check(
            Served served,
            Dataset dataset,
            Format format,
            InputStream in,
            boolean isDelta,
            Differences differences,
            @Nullable String column)
            throws IOException {
        Master master = served.master();
        Path work = Files.createTempDirectory(served.work(), "check-");
        master.turn().lock();
        try (in) {
            served.follow();
            NewestRow newest = master.versions().newest(master.name());
            Outcome outcome = new Publication(dataset.schema(), format, dataset.guards())
                    .publish(in, isDelta, inForce(served, dataset, newest), work);
            long against = newest.standing();
            return switch (outcome) {
                case Outcome.Refused(var report) ->
                    new Checked(
                            Checked.Verdict.REFUSED,
                            against,
                            null,
                            reports.keep(master.name(), report),
                            Reports.text(report),
                            null);
                case Outcome.Ready(var summary, var layer, var _) ->
                    new Checked(
                            isNothing(summary) && against != 0 ? Checked.Verdict.UNCHANGED : Checked.Verdict.READY,
                            against,
                            summary,
                            null,
                            "",
                            differences.with(master, dataset.schema(), against, layer, column));
                case Outcome.Held(var summary, var layer, var _, var report) -> {
                    Difference difference = differences.with(master, dataset.schema(), against, layer, column);
                    String text = Reports.text(report);
                    yield new Checked(
                            Checked.Verdict.HELD,
                            against,
                            summary,
                            reports.keep(master.name(), report),
                            text,
                            difference);
                }
            };
        } finally {
            master.turn().unlock();
            Folder.remove(work);
        }
    }

    /// Makes a version of the rows of an earlier one.
    Published restore(Served served, Dataset dataset, long earlier, Wish wish) throws IOException {
        Master master = served.master();
        Path work = Files.createTempDirectory(served.work(), "publication-");
        master.turn().lock();
        try {
            begin(served);
            NewestRow newest = newest(master, wish);
            if (!master.isStanding(earlier)) {
                throw new Refused(Problem.NOT_FOUND, "No version " + earlier + " stands.");
            }
            Format any = dataset.formats().values().iterator().next();
            Outcome outcome = new Publication(dataset.schema(), any, dataset.guards())
                    .restore(master.walk(earlier), inForce(served, dataset, newest), work);
            return record(served, dataset, newest, outcome, wish, earlier);
        } finally {
            master.turn().unlock();
            Folder.remove(work);
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
            begin(served);
            NewestRow newest = master.versions().newest(master.name());
            Instant now = master.now();
            Instant effective = notBefore(now, entry.effective());
            var published = new Entry.VersionPublished(
                    now,
                    master.name(),
                    newest.last() + 1,
                    entry.from(),
                    effective,
                    isSealed(master, newest, entry.isSealed(), effective, now),
                    entry.content(),
                    by,
                    held,
                    null);
            Applied applied = layers.whileNoneGoes(() -> make(published));
            served.follow();
            return new Published.AsVersion(published, applied, 0);
        } finally {
            master.turn().unlock();
        }
    }

    /// Throws a held publication away, and its layer, unless something else has the same one.
    Applied discard(Served served, Position held, String by) {
        Applied applied = discarded(served.master(), held, by);
        try {
            layers.removeUnnamed();
        } catch (IOException e) {
            LOG.atWarn()
                    .setCause(e)
                    .addKeyValue("dataset", served.master().name())
                    .log("The layer of what was discarded could not be removed; it goes within a day.");
        }
        return applied;
    }

    private Applied discarded(Master master, Position held, String by) {
        master.turn().lock();
        try {
            Position found = held(master, held).position();
            return append(new Entry.HeldDiscarded(master.now(), master.name(), found, by));
        } finally {
            master.turn().unlock();
        }
    }

    /// Takes back the versions from this one on, which do not hold yet.
    Applied withdraw(Served served, long number, String by) throws IOException {
        Master master = served.master();
        master.turn().lock();
        try {
            served.follow();
            requireToCome(master, number);
            Applied applied = append(new Entry.VersionWithdrawn(master.now(), master.name(), number, by));
            served.follow();
            return applied;
        } finally {
            master.turn().unlock();
        }
    }

    /// The yard decides; this says why it would not take the entry.
    private static void requireToCome(Master master, long number) {
        if (!master.versions().exists(master.name(), number)) {
            throw new Refused(Problem.NOT_FOUND, "There is no version " + number + ".");
        }
        VersionRow row = master.versions().row(master.name(), number);
        if (row.withdrawn() != null) {
            throw new Refused(Problem.VERSION_OVERTAKEN, "Version " + number + " was withdrawn already.");
        }
        if (!row.effective().isAfter(master.now())) {
            throw new Refused(
                    Problem.VERSION_OVERTAKEN,
                    "Version " + number + " holds since " + row.effective() + ", and cannot be withdrawn any more:"
                            + " restore an earlier one.");
        }
    }

    /// What must be so before the entry of a version is written: the rows are where the journal is, and have
    /// room.
    private static void begin(Served served) throws IOException {
        served.follow();
        served.master().requireRoom();
    }

    private static Versions.Held held(Master master, Position held) {
        return master.versions()
                .held(master.name(), held)
                .orElseThrow(() -> new Refused(Problem.NOT_FOUND, "Nothing is held at position " + held + "."));
    }

    private static NewestRow newest(Master master, Wish wish) {
        NewestRow newest = master.versions().newest(master.name());
        Instant effective = notBefore(master.now(), wish.effective());
        if (newest.standing() != 0 && effective.isBefore(newest.effective())) {
            throw new Refused(
                    Problem.VERSION_OVERTAKEN,
                    "Version " + newest.standing() + " holds from " + newest.effective() + " on, and this one would"
                            + " hold before it. Withdraw that one first, or publish with a later instant.");
        }
        return newest;
    }

    /// What the next version's root is made from must be the root of this one: a wrong one would be in the
    /// journal for ever.
    private static InForce inForce(Served served, Dataset dataset, NewestRow newest) throws IOException {
        Master master = served.master();
        long number = newest.standing();
        SetHash hash = served.shares().sum(dataset, Scope.all(), number).hash();
        if (number != 0 && !master.isRoot(number, hash)) {
            throw master.wrong(number);
        }
        return master.newest(number, hash, master.now());
    }

    private Published record(
            Served served, Dataset dataset, NewestRow newest, Outcome outcome, Wish wish, @Nullable Long restores)
            throws IOException {
        Digest columns = Columns.digest(dataset.schema());
        return switch (outcome) {
            case Outcome.Refused(var report) ->
                new Published.Refused(reports.keep(served.master().name(), report), Reports.text(report));
            case Outcome.Ready(var summary, var layer, var hash) ->
                isNothing(summary) && newest.standing() != 0
                        ? new Published.Unchanged(summary)
                        : publish(
                                served,
                                newest,
                                new Made(content(summary, layer, hash, columns), layer, hash, summary.absent()),
                                wish,
                                restores);
            case Outcome.Held(var summary, var layer, var hash, var report) -> {
                VersionContent content = content(summary, layer, hash, columns);
                String text = Reports.text(report);
                Instant now = served.master().now();
                Instant effective = notBefore(now, wish.effective());
                var entry = new Entry.VersionHeld(
                        now,
                        served.master().name(),
                        newest.standing(),
                        effective,
                        isSealed(served.master(), newest, wish.isSealed(), effective, now),
                        content,
                        wish.by(),
                        text.substring(0, Math.min(text.length(), Entry.VersionHeld.REPORT_CHARS_MAX)));
                Applied applied = layers.whileNoneGoes(() -> {
                    folder.keep(layer, content.layer());
                    return append(entry);
                });
                yield new Published.Held(
                        entry, applied, reports.keep(served.master().name(), report), summary.absent());
            }
        };
    }

    private static boolean isNothing(Summary summary) {
        return summary.added() + summary.changed() + summary.removed() == 0;
    }

    /// What a version is made of.
    ///
    /// @param hash of all its rows
    /// @param absent how many keys were to be removed, and were not there
    private record Made(VersionContent content, Path layer, SetHash hash, long absent) {}

    private Published publish(Served served, NewestRow newest, Made made, Wish wish, @Nullable Long restores)
            throws IOException {
        VersionContent content = made.content();
        Instant now = served.master().now();
        Instant effective = notBefore(now, wish.effective());
        var entry = new Entry.VersionPublished(
                now,
                served.master().name(),
                newest.last() + 1,
                newest.standing(),
                effective,
                isSealed(served.master(), newest, wish.isSealed(), effective, now),
                content,
                wish.by(),
                null,
                restores);
        Applied applied = layers.whileNoneGoes(() -> {
            folder.keep(made.layer(), content.layer());
            return make(entry);
        });
        Sum.of(made.hash(), entry.number(), content.rows()).keep(served.master().rows(), Scope.all());
        served.follow();
        return new Published.AsVersion(entry, applied, made.absent());
    }

    /// Whether a version is sealed: as it is wished, or since the one that it follows is still closed.
    private static boolean isSealed(Master master, NewestRow newest, boolean isWished, Instant effective, Instant now) {
        return effective.isAfter(now)
                && (isWished || master.versions().isClosed(master.name(), newest.standing(), now));
    }

    /// What is wished for an instant that has passed is wished for now.
    private static Instant notBefore(Instant now, @Nullable Instant wished) {
        try {
            Rfc3339.require(wished == null ? now : wished);
        } catch (DateTimeException e) {
            throw new Refused(
                    Problem.BAD_REQUEST,
                    "It is to hold from " + wished + " on: " + e.getMessage() + ". Publish it with another instant.");
        }
        return wished == null || wished.isBefore(now) ? now : wished;
    }

    private static VersionContent content(Summary summary, Path layer, SetHash hash, Digest columns)
            throws IOException {
        Digest digest = Folder.digest(layer);
        return new VersionContent(
                digest,
                Files.size(layer),
                hash.digest(),
                columns,
                summary.keys(),
                summary.lines(),
                summary.added(),
                summary.changed(),
                summary.removed());
    }

    private Applied make(Entry.VersionPublished entry) {
        return columns.make(entry.dataset(), entry.content().columns(), () -> append(entry));
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
