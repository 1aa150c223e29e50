package aiguillage.hub.dataset;

import aiguillage.config.Quoted;
import aiguillage.dataset.layer.Change;
import aiguillage.dataset.mark.Marks;
import aiguillage.dataset.mark.Report;
import aiguillage.dataset.mark.Tracer;
import aiguillage.dataset.replica.Past;
import aiguillage.dataset.row.Key;
import aiguillage.dataset.source.Format;
import aiguillage.hub.directory.Party;
import aiguillage.hub.document.Viewer;
import aiguillage.hub.entry.Entry;
import aiguillage.hub.journal.Applied;
import aiguillage.hub.journal.Journal;
import aiguillage.hub.problem.Problem;
import aiguillage.hub.problem.Refused;
import aiguillage.hub.routing.Dataset;
import aiguillage.hub.routing.Table;
import aiguillage.protocol.DatasetName;
import aiguillage.protocol.PartyId;
import aiguillage.protocol.Position;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What publishers and the operator may do with a hub's datasets. Safe from any thread; runs on threads that
/// may wait. To anybody else a dataset does not exist (I4).
public final class Publishers {

    /// Formats by media type, as `aiguillage dataset publish` names them.
    private static final Map<String, String> FORMATS =
            Map.of(Dataset.CSV, "csv", Dataset.TSV, "tsv", Dataset.JSON_LINES, "json", Dataset.XML, "star");

    private final Datasets datasets;
    private final Publishing publishing;

    public Publishers(Datasets datasets, Journal journal) {
        this.datasets = datasets;
        this.publishing =
                new Publishing(datasets.folder(), datasets.layers(), journal, datasets.reports(), datasets.columns());
    }

    /// How whoever acts is called in entries.
    private static String by(Viewer who) {
        return switch (who) {
            case Viewer.Operator(var person) -> person == null ? "operator" : person;
            case Viewer.Party(PartyId id) -> id.value();
        };
    }

    private Dataset open(DatasetName name, Viewer who) {
        Dataset dataset = datasets.table().dataset(name).orElseThrow(Readers::nothing);
        boolean may = switch (who) {
            case Viewer.Operator _ -> true;
            case Viewer.Party(PartyId id) -> {
                Optional<Party> party = datasets.table().party(id);
                yield party.isPresent() && dataset.isOpenTo(party.get());
            }
        };
        if (!may) {
            throw Readers.nothing();
        }
        return dataset;
    }

    /// Where a file may lie until it is read; the next start removes what a crash leaves.
    public Path work(DatasetName name, Viewer who) throws IOException {
        open(name, who);
        return Files.createTempFile(datasets.served(name).work(), "upload-", ".part");
    }

    /// A folder for what comes before it is read: whoever asks for it removes it, and so does the next start.
    public Path workFolder(DatasetName name, Viewer who) throws IOException {
        open(name, who);
        return Files.createTempDirectory(datasets.served(name).work(), "form-");
    }

    /// Publishes a file.
    ///
    /// @param mediaType how it is written
    /// @param in closed in any case
    /// @param against the version over which it was looked at, and alone is wanted; null: over whichever stands
    public Published publish(
            DatasetName name,
            Viewer who,
            String mediaType,
            InputStream in,
            boolean isDelta,
            @Nullable Instant effective,
            boolean isSealed,
            @Nullable Long against)
            throws IOException {
        try (in) {
            Dataset dataset = open(name, who);
            Format format = format(dataset, mediaType, isDelta);
            var wish = new Publishing.Wish(isDelta, effective, isSealed, by(who), against);
            return publishing.publish(datasets.served(name), dataset, format, in, wish);
        }
    }

    /// What publishing a file would come to; nothing of it is kept but the report.
    ///
    /// @param mediaType how it is written
    /// @param in closed in any case
    /// @param column whose amounts are compared; null: the first that has some
    public Checked check(
            DatasetName name, Viewer who, String mediaType, InputStream in, boolean isDelta, @Nullable String column)
            throws IOException {
        try (in) {
            Dataset dataset = open(name, who);
            Format format = format(dataset, mediaType, isDelta);
            return publishing.check(
                    datasets.served(name), dataset, format, in, isDelta, datasets.differences(), column);
        }
    }

    private static Format format(Dataset dataset, String mediaType, boolean isDelta) {
        Format format = dataset.formats().get(mediaType);
        if (format == null) {
            throw new Refused(Problem.BAD_REQUEST, untaken(dataset, mediaType));
        }
        if (isDelta && format.actions() == null) {
            throw new Refused(
                    Problem.BAD_REQUEST, "The dataset declares no `actions` for this format: it takes full lists.");
        }
        return format;
    }

    private static String untaken(Dataset dataset, String mediaType) {
        String taken = new TreeSet<>(dataset.formats().keySet())
                .stream()
                        .map(type -> type + " (--format " + FORMATS.get(type) + ")")
                        .collect(Collectors.joining(" or "));
        return "This dataset takes " + taken + ", and the list came as " + Quoted.of(mediaType) + ". Say how it is"
                + " written, in Content-Type; or have its format declared in the flows file: csv, json or star.";
    }

    /// Publishes the rows of an earlier version again.
    public Published restore(DatasetName name, Viewer who, long earlier, @Nullable Instant effective, boolean isSealed)
            throws IOException {
        Dataset dataset = open(name, who);
        var wish = new Publishing.Wish(false, effective, isSealed, by(who), null);
        return publishing.restore(datasets.served(name), dataset, earlier, wish);
    }

    /// Takes back the versions from this one on.
    public Applied withdraw(DatasetName name, Viewer who, long number) throws IOException {
        open(name, who);
        return publishing.withdraw(datasets.served(name), number, by(who));
    }

    /// What waits for a second person.
    public List<Versions.Held> held(DatasetName name, Viewer who) {
        open(name, who);
        return datasets.versions().held(name);
    }

    /// Makes a version of what was held.
    public Published release(DatasetName name, Viewer who, Position held) throws IOException {
        open(name, who);
        return publishing.release(datasets.served(name), held, by(who));
    }

    /// Throws away what was held.
    public Applied discard(DatasetName name, Viewer who, Position held) throws IOException {
        open(name, who);
        return publishing.discard(datasets.served(name), held, by(who));
    }

    /// A report's text.
    public byte[] report(DatasetName name, Viewer who, String id) throws IOException {
        open(name, who);
        return datasets.reports()
                .text(name, id)
                .orElseThrow(() -> new Refused(Problem.NOT_FOUND, "No such report is kept."));
    }

    /// The file of a report's offending lines.
    public Path lines(DatasetName name, Viewer who, String id) {
        open(name, who);
        return datasets.reports()
                .lines(name, id)
                .orElseThrow(() -> new Refused(Problem.NOT_FOUND, "No such report is kept."));
    }

    /// Puts a routing table into force, unless a version has other columns than that says.
    ///
    /// @param apply records it
    /// @return what would change, for people; or null when it is in force
    public @Nullable String apply(Table next, Runnable apply) {
        return datasets.columns().apply(next, apply);
    }

    /// Why a routing table could not come into force as versions stand now; or null.
    public @Nullable String change(Table next) {
        return datasets.columns().change(next);
    }

    /// The datasets that could not be opened at the start, or whose rows turned out to be wrong; why, and what
    /// to do: the operator's alone.
    public Map<DatasetName, String> unusable() {
        return datasets.unusable();
    }

    /// All versions.
    public List<Versions.Past> history(DatasetName name, Viewer who) {
        open(name, who);
        return datasets.versions().all(name);
    }

    /// The newest versions before a number, withdrawn ones too, newest first.
    ///
    /// @param before `Long.MAX_VALUE`: from the newest on
    public List<Versions.Past> history(DatasetName name, Viewer who, long before, int max) {
        open(name, who);
        return datasets.versions().before(name, before, max);
    }

    /// How a dataset stands now.
    public Stand stand(DatasetName name, Viewer who) throws IOException {
        open(name, who);
        Instant now = datasets.now();
        Entry.VersionPublished newest = null;
        Entry.VersionPublished holding = null;
        int toCome = 0;
        for (Versions.Standing version : datasets.served(name).master().standing()) {
            newest = version.entry();
            if (newest.effective().isAfter(now)) {
                toCome++;
            } else {
                holding = newest;
            }
        }
        return new Stand(newest, holding, toCome);
    }

    /// Whether nobody may read a version yet: it is sealed and does not hold, or follows one of which that is
    /// so.
    public boolean isClosed(DatasetName name, Viewer who, long number) {
        open(name, who);
        return datasets.versions().exists(name, number) && datasets.versions().isClosed(name, number, datasets.now());
    }

    /// How a version that stands differs from an earlier one that does.
    ///
    /// @param before 0: from nothing
    /// @param column whose amounts are compared; null, or one without numbers: the first that has some
    public Difference difference(DatasetName name, Viewer who, long before, long after, @Nullable String column)
            throws IOException {
        Dataset dataset = open(name, who);
        return datasets.differences().between(datasets.served(name).master(), dataset.schema(), before, after, column);
    }

    /// How what is held would differ from the version that it was compared with.
    ///
    /// @throws Refused when nothing is held there, or that version does not stand any more
    public Difference difference(DatasetName name, Viewer who, Position held, @Nullable String column)
            throws IOException {
        Dataset dataset = open(name, who);
        Entry.VersionHeld entry = datasets.versions()
                .held(name, held)
                .orElseThrow(() -> new Refused(Problem.NOT_FOUND, "Nothing is held at position " + held + "."))
                .entry();
        Path layer = datasets.folder().layer(entry.content().layer());
        return datasets.differences()
                .with(datasets.served(name).master(), dataset.schema(), entry.from(), layer, column);
    }

    /// What the rows of a key were as they were published, in each version that changed them, the newest first;
    /// those that nobody may read yet are left out.
    public List<Past> past(DatasetName name, Viewer who, Key key) throws IOException {
        open(name, who);
        Instant now = datasets.now();
        return datasets.served(name).master().replica().past(key).reversed().stream()
                .filter(past ->
                        !datasets.versions().isClosed(name, past.version().number(), now))
                .toList();
    }

    /// How far the version that holds has come among the readers. The operator's alone.
    public Rollout rollout(DatasetName name) throws IOException {
        Dataset dataset = open(name, new Viewer.Operator());
        return rollout(
                name,
                datasets.table().parties().stream()
                        .filter(dataset::isReadBy)
                        .map(Party::id)
                        .toList());
    }

    /// The same of some readers.
    public Rollout rollout(DatasetName name, List<PartyId> readers) throws IOException {
        open(name, new Viewer.Operator());
        return Rollout.of(
                datasets.served(name).master().standing(),
                readers,
                reader -> datasets.spread().of(name, reader),
                datasets.now());
    }

    /// How a dataset was read today, by party; the unusual first. The operator's alone.
    public List<Reading.Told> reading(DatasetName name) {
        open(name, new Viewer.Operator());
        return datasets.reading().of(name, datasets.now());
    }

    /// Tells whose copies an excerpt was made from.
    ///
    /// @param version of which it is an excerpt
    /// @param falseAccusationsMax the probability of accusing anybody innocent that is accepted
    public Report trace(DatasetName name, long version, Reader excerpt, double falseAccusationsMax) throws IOException {
        Dataset dataset = open(name, new Viewer.Operator());
        Served served = datasets.served(name);
        if (served.master().standing().stream().noneMatch(one -> one.number() == version)) {
            throw new Refused(Problem.NOT_FOUND, "No version " + version + " stands.");
        }
        Marks marks = dataset.marks() == null ? null : served.pools().marks(dataset.marks(), version);
        if (marks == null) {
            throw new Refused(Problem.BAD_REQUEST, "Copies of this version were not marked: nothing can be traced.");
        }
        Iterable<Change> list = () -> {
            try {
                return served.master().walk(version);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        };
        Set<String> recipients = served.pools().recipients();
        dataset.readers(datasets.table().directory()).forEach(reader -> recipients.add(reader.value()));
        return new Tracer(marks, list).trace(excerpt, recipients, falseAccusationsMax);
    }
}
