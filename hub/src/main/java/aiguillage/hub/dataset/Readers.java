package aiguillage.hub.dataset;

import aiguillage.dataset.replica.Found;
import aiguillage.dataset.replica.NotKnown;
import aiguillage.dataset.replica.Version;
import aiguillage.dataset.row.Key;
import aiguillage.dataset.row.Rows;
import aiguillage.hub.directory.Party;
import aiguillage.hub.entry.Entry;
import aiguillage.hub.problem.Problem;
import aiguillage.hub.problem.Refused;
import aiguillage.hub.routing.Dataset;
import aiguillage.protocol.DatasetName;
import aiguillage.protocol.PartyId;
import aiguillage.protocol.proof.VersionStatement;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// What readers may ask of a hub's datasets: each sees its own scope. Safe from any thread; runs on threads
/// that may wait. A dataset that a party may not read is answered like one that does not exist (I4).
public final class Readers {

    /// The largest layer of which a share is made while streams wait, where each reader has a scope of its own.
    private static final long QUICK_MARKED_BYTES_MAX = 64_000;

    private final Datasets datasets;
    private final Function<VersionStatement, String> signer;

    /// @param signer signs a statement with the ledger's key
    public Readers(Datasets datasets, Function<VersionStatement, String> signer) {
        this.datasets = datasets;
        this.signer = signer;
    }

    /// A dataset that a party reads.
    ///
    /// @param newest the number of the version that stands last; 0: none does
    public record Subscription(Dataset dataset, String scope, long newest) {}

    /// A version as its reader gets it.
    ///
    /// @param note what the hub signs of it
    /// @param content the layer itself, when it is small; else it is to be fetched
    public record Offer(String note, boolean isSealed, byte @Nullable [] content) {}

    /// What brings a replica to the version that stands last.
    ///
    /// @param left when versions that the replica has are to go, withdrawn or to come anew: the last that
    ///     may stay
    public record Offers(String scope, @Nullable Long left, List<Offer> offers) {}

    /// All datasets that a party reads.
    public List<Subscription> readable(PartyId reader) {
        List<Subscription> readable = new ArrayList<>();
        for (Dataset dataset : datasets.readable(reader)) {
            long newest = datasets.versions().newest(dataset.name()).standing();
            readable.add(
                    new Subscription(dataset, Scope.of(dataset, party(reader)).name(), newest));
        }
        return readable;
    }

    private Party party(PartyId reader) {
        return datasets.table().party(reader).orElseThrow(Readers::nothing);
    }

    static Refused nothing() {
        return new Refused(Problem.NOT_FOUND, "No such dataset is open to you.");
    }

    /// One reader and one dataset.
    private record Seen(Served served, Dataset dataset, Scope scope, Shares.Sight sight) {}

    private Seen seen(DatasetName name, PartyId reader) throws IOException {
        Dataset dataset = datasets.readable(name, reader).orElseThrow(Readers::nothing);
        Scope scope = Scope.of(dataset, party(reader));
        return new Seen(datasets.served(name), dataset, scope, new Shares.Sight(dataset, scope, reader));
    }

    /// What brings a replica to where the dataset stands.
    ///
    /// @param after the version the replica has; 0: none
    /// @param scope that of the replica, or null when it has none; with another than its reader's it begins
    ///     anew
    public Offers offers(DatasetName name, PartyId reader, long after, @Nullable String scope) throws IOException {
        Seen seen = seen(name, reader);
        if (seen.served.master().isBehind()) { // else a replica would think that it has the newest
            throw new Refused(Problem.JOURNAL_BUSY, "A version is recorded and can be read in a moment: ask again.");
        }
        Instant now = datasets.now();
        Versions versions = datasets.versions();
        boolean isSame = after > 0 && seen.scope.name().equals(scope) && versions.exists(name, after);
        long known = isSame ? after : 0;
        datasets.spread().said(name, reader, known, now);
        Long left = null;
        while (known > 0 && versions.row(name, known).withdrawn() != null) {
            known = versions.row(name, known).from();
            left = known;
        }
        Instant skipped = skippedSince(seen.served.master(), isSame ? known : after);
        List<Share> chain = seen.served.shares().chain(seen.sight, known, now);
        if (!chain.isEmpty() && chain.getFirst().from() == 0 && chain.getFirst().number() < after) {
            left = chain.getFirst().number(); // what is to come, comes anew too
        }
        if (after > 0
                && !seen.scope.name().equals(scope)
                && seen.served.master().isNoneInForce(now)) {
            left = 0L; // what it has was of other rows, and nothing that comes holds at once in its place
        }
        List<Offer> offers = new ArrayList<>();
        for (Share share : chain) {
            offers.add(offer(seen, share, share.from() == 0 ? skipped : null));
        }
        return new Offers(seen.scope.name(), left, offers);
    }

    /// When the first version held that a replica never gets which had this one and takes a whole list.
    private static @Nullable Instant skippedSince(Master master, long after) {
        if (after == 0) {
            return null;
        }
        return master.standing().stream()
                .filter(version -> version.number() > after)
                .map(version -> version.entry().effective())
                .findFirst()
                .orElse(null);
    }

    private Offer offer(Seen seen, Share share, @Nullable Instant skippedSince) {
        var version = datasets.versions().published(seen.dataset.name(), share.number());
        boolean isSkipped = skippedSince != null && skippedSince.isBefore(version.effective());
        var statement = new VersionStatement(
                seen.dataset.name(),
                share.number(),
                share.from(),
                version.effective(),
                isSkipped ? skippedSince : null,
                version.time(),
                share.isSealed() ? null : share.root(),
                share.isSealed() ? 0 : share.rows(),
                share.layer(),
                share.bytes(),
                seen.scope.name(),
                datasets.versions().row(seen.dataset.name(), share.number()).position());
        return new Offer(signer.apply(statement), share.isSealed(), share.content());
    }

    /// One version against the one before, as it is told when it comes: what is made in a moment, so that a
    /// stream may wait for it.
    ///
    /// @return null when it is to be asked for, and made for one reader after the other
    public @Nullable Offers came(DatasetName name, PartyId reader, long number) throws IOException {
        Seen seen = seen(name, reader);
        var version = datasets.versions().published(name, number);
        if (seen.dataset.marks() != null && version.content().bytes() > QUICK_MARKED_BYTES_MAX) {
            return null;
        }
        Share share = seen.served.shares().shareSoon(seen.sight, number, version.from(), datasets.now());
        if (share == null) {
            return null;
        }
        return new Offers(seen.scope.name(), null, List.of(offer(seen, share, null)));
    }

    /// The name of the reader's scope.
    public String scope(DatasetName name, PartyId reader) {
        Dataset dataset = datasets.readable(name, reader).orElseThrow(Readers::nothing);
        return Scope.of(dataset, party(reader)).name();
    }

    /// A layer's bytes, or other bytes of a version.
    ///
    /// @param content or null when they lie in the file
    public record Layer(byte @Nullable [] content, @Nullable Path file, long bytes) {}

    /// The layer of a version.
    ///
    /// @param from the version that it changes; 0: it replaces everything
    /// @param goesOn whether the reader has its first bytes: a download that broke off counts once
    public Layer layer(DatasetName name, PartyId reader, long number, long from, boolean goesOn) throws IOException {
        Seen seen = seen(name, reader);
        requireStanding(name, number);
        if (from != 0 && from != datasets.versions().row(name, number).from()) {
            throw new Refused(Problem.NOT_FOUND, "Version " + number + " was not made for version " + from + ".");
        }
        int eachDay = seen.dataset.wholeListsEachDay();
        var list = new Reading.Taken(number, seen.scope.name(), goesOn);
        if (from == 0) { // before anything is made for it
            datasets.reading().requireAll(name, reader, list, eachDay, datasets.now());
        }
        Share share = seen.served.shares().share(seen.sight, number, from, datasets.now());
        if (from == 0) {
            datasets.reading().takeAll(name, reader, list, eachDay, datasets.now());
        }
        return new Layer(share.content(), share.file(), share.bytes());
    }

    /// The key of a sealed version, once it holds.
    ///
    /// @param from what the reader's layer of it was made for
    public byte[] seal(DatasetName name, PartyId reader, long number, long from) {
        Dataset dataset = datasets.readable(name, reader).orElseThrow(Readers::nothing);
        requireStanding(name, number);
        if (datasets.versions().published(name, number).effective().isAfter(datasets.now())) {
            throw new Refused(Problem.STILL_SEALED, "Version " + number + " does not hold yet.");
        }
        return datasets.seals()
                .seal(name, datasets.versions().published(name, number), from, Scope.of(dataset, party(reader)))
                .bytes();
    }

    /// The version that a version changes.
    public long from(DatasetName name, long number) {
        return datasets.versions().row(name, number).from();
    }

    /// The hash of each bucket of the reader's rows in a version, one behind the other.
    public Layer buckets(DatasetName name, PartyId reader, long number) throws IOException {
        Seen seen = seen(name, reader);
        requireHeld(name, number);
        Shares.Hashes hashes = seen.served.shares().buckets(seen.sight, number);
        return new Layer(null, hashes.file(), hashes.bytes());
    }

    /// The reader's rows of one bucket in a version, as a layer.
    public byte[] bucket(DatasetName name, PartyId reader, long number, int bucket) throws IOException {
        Seen seen = seen(name, reader);
        requireHeld(name, number);
        int eachDay = seen.dataset.wholeListsEachDay();
        datasets.reading().requireBucket(name, reader, eachDay, datasets.now());
        byte[] rows = seen.served.shares().bucket(seen.sight, number, bucket);
        datasets.reading().takeBucket(name, reader, eachDay, datasets.now());
        return rows;
    }

    private void requireStanding(DatasetName name, long number) {
        if (!datasets.versions().exists(name, number)
                || datasets.versions().row(name, number).withdrawn() != null) {
            throw new Refused(Problem.NOT_FOUND, "No version " + number + " stands.");
        }
    }

    /// Rows of a sealed version are shown to nobody before it holds.
    private void requireHeld(DatasetName name, long number) {
        requireStanding(name, number);
        if (datasets.versions().published(name, number).effective().isAfter(datasets.now())) {
            throw new Refused(Problem.STILL_SEALED, "Version " + number + " does not hold yet.");
        }
    }

    /// What holds for some keys.
    ///
    /// @param version that it is from
    /// @param effective since when that holds
    /// @param found for each key in turn; its `row` is null when nothing holds
    public record Looked(Dataset dataset, long version, Instant effective, List<Found> found) {}

    /// What holds for keys at an instant, also for a party without a replica: counted, and within its share of
    /// the day.
    ///
    /// @throws Refused also when no version holds at that instant
    public Looked lookUp(DatasetName name, PartyId reader, List<Key> keys, @Nullable Instant at) throws IOException {
        Dataset dataset = asked(name, party(reader));
        datasets.reading().lookUp(name, reader, keys, dataset.lookupsEachDay(), datasets.now());
        return seenBy(name, reader, keys, at);
    }

    private Dataset asked(DatasetName name, Party party) {
        return datasets.table()
                .dataset(name)
                .filter(one -> one.isAskedBy(party))
                .orElseThrow(Readers::nothing);
    }

    /// The same, not counted: for the operator, who wants to see what that party does.
    public Looked seenBy(DatasetName name, PartyId reader, List<Key> keys, @Nullable Instant at) throws IOException {
        Party party = party(reader);
        Dataset dataset = asked(name, party);
        Instant now = datasets.now();
        Instant asked = at == null || at.isAfter(now) ? now : at; // nobody reads early
        Served served = datasets.served(name);
        try {
            List<Found> published = served.master().replica().lookup(keys, asked);
            Version from = published.getFirst().version();
            long version = from.number();
            View view = served.shares().view(dataset, Scope.of(dataset, party), version);
            Instant end = end(served.master(), version, dataset.isReadBy(party));
            List<Found> seen = new ArrayList<>();
            for (Found found : published) {
                Rows rows = view.seen(found.key(), served.master().rowsOf(version, found.key()));
                Instant change = rows.nextChange(asked);
                Instant until = change == null || (end != null && end.isBefore(change)) ? end : change;
                seen.add(new Found(found.key(), found.version(), rows.at(asked), until, found.exact()));
            }
            return new Looked(dataset, version, from.effective(), seen);
        } catch (NotKnown e) {
            throw new Refused(Problem.NOT_FOUND, "Nothing can be told for " + asked + ": " + e.getMessage() + ".");
        }
    }

    /// When the next version holds, or null when none is known to whoever asks: of a sealed one its readers
    /// alone know before its time.
    private @Nullable Instant end(Master master, long version, boolean isReader) {
        Instant now = datasets.now();
        return master.standing().stream()
                .filter(next -> next.number() > version)
                .map(Versions.Standing::entry)
                .findFirst()
                .filter(next ->
                        isReader || !next.isSealed() || !next.effective().isAfter(now))
                .map(Entry.VersionPublished::effective)
                .orElse(null);
    }

    /// Notes that a reader's stream was told of a version, so that the operator knows how far it has come.
    public void told(DatasetName name, PartyId reader, long version) {
        datasets.spread().told(name, reader, version, datasets.now());
    }

    /// Everything that was told lately.
    public News news() {
        return datasets.news();
    }

    /// The hub's time.
    public Instant now() {
        return datasets.now();
    }
}
