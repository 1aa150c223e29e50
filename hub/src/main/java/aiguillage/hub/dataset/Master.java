package aiguillage.hub.dataset;

import aiguillage.dataset.layer.Change;
import aiguillage.dataset.layer.Layer;
import aiguillage.dataset.publish.InForce;
import aiguillage.dataset.replica.Health;
import aiguillage.dataset.replica.LayerFiles;
import aiguillage.dataset.replica.NotKnown;
import aiguillage.dataset.replica.Past;
import aiguillage.dataset.replica.Replica;
import aiguillage.dataset.replica.RocksRowStore;
import aiguillage.dataset.replica.RowStore;
import aiguillage.dataset.replica.Version;
import aiguillage.dataset.row.Key;
import aiguillage.dataset.row.Rows;
import aiguillage.dataset.row.SetHash;
import aiguillage.hub.entry.Entry;
import aiguillage.hub.problem.Problem;
import aiguillage.hub.problem.Refused;
import aiguillage.protocol.DatasetName;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// All rows of a dataset, in every version that stands. A view: made from the layers that the journal names,
/// again if need be. Reading is safe from any thread; versions come and go under [#turn].
final class Master implements Closeable {

    private static final Logger LOG = LoggerFactory.getLogger(Master.class);

    /// One fewer than a replica may have: a reader's begins with the version that holds.
    private static final int WAITING_MAX = Replica.STACKED_MAX - 1;

    private final DatasetName name;
    private final Folder folder;
    private final Versions versions;
    private final InstantSource clock;
    private final RowStore rows;
    private final Replica replica;
    private final ReentrantLock turn = new ReentrantLock();

    /// Why the rows cannot be trusted any more, or null.
    private volatile @Nullable WrongRows wrong;

    /// As of the last [#catchUp] that came to its end.
    private volatile List<Versions.Standing> standing = List.of();

    private Master(
            DatasetName name, Folder folder, Versions versions, InstantSource clock, RowStore rows, Replica replica) {
        this.name = name;
        this.folder = folder;
        this.versions = versions;
        this.clock = clock;
        this.rows = rows;
        this.replica = replica;
    }

    /// Opens it and brings it to where the journal is.
    static Master open(DatasetName name, Folder folder, Versions versions, InstantSource clock) throws IOException {
        Path own = folder.of(name);
        Path gone = own.resolve("gone");
        Folder.remove(gone);
        Master master = opened(name, folder, versions, clock);
        try {
            if (!master.isOfJournal()) {
                master.close();
                LOG.atWarn()
                        .addKeyValue("dataset", name)
                        .log("The rows are not those that the journal has: they are made again.");
                Files.move(own.resolve("rows"), gone, StandardCopyOption.ATOMIC_MOVE);
                Folder.remove(gone);
                master = opened(name, folder, versions, clock);
            }
            master.catchUp();
            return master;
        } catch (IOException | RuntimeException | Error e) {
            master.close();
            throw e;
        }
    }

    private static Master opened(DatasetName name, Folder folder, Versions versions, InstantSource clock)
            throws IOException {
        Path own = folder.of(name);
        RowStore rows = RocksRowStore.open(own.resolve("rows"));
        try {
            var replica = new Replica(rows, new LayerFiles(own.resolve("stack")));
            return new Master(name, folder, versions, clock, rows, replica);
        } catch (IOException | RuntimeException | Error e) {
            rows.close();
            throw e;
        }
    }

    /// Whether its rows are those of its root, and its versions those that stand, but for some behind them that
    /// the journal took back and that are in no row yet. They are not when versions were folded that the
    /// journal has not, or has otherwise: another journal was restored beside the rows, or the clock was set
    /// back before a withdrawal.
    private boolean isOfJournal() {
        List<Version> here = replica.versions();
        int same = same(here, versions.standing(name));
        return !(replica.health(now()) instanceof Health.Differs)
                && same >= replica.folded()
                && here.subList(same, here.size()).stream()
                        .allMatch(version -> versions.exists(name, version.number())
                                && version.equals(version(versions.published(name, version.number()))));
    }

    private static int same(List<Version> here, List<Versions.Standing> stand) {
        int same = 0;
        while (same < here.size()
                && same < stand.size()
                && here.get(same).equals(version(stand.get(same).entry()))) {
            same++;
        }
        return same;
    }

    private static Version version(Entry.VersionPublished entry) {
        return new Version(
                entry.number(),
                entry.from(),
                entry.effective(),
                null,
                entry.time(),
                entry.content().root().toString(),
                entry.content().rows(),
                entry.content().layer().toString(),
                Scope.ALL);
    }

    DatasetName name() {
        return name;
    }

    Replica replica() {
        return replica;
    }

    /// Where its sums are kept.
    RowStore rows() {
        return rows;
    }

    /// Held by whoever publishes, withdraws or decides: one at a time.
    ReentrantLock turn() {
        return turn;
    }

    /// Whether the journal has versions that are not here, or has none of some that are: an entry is durable
    /// before the rows follow it.
    boolean isBehind() {
        return versions.newest(name).standing() != last();
    }

    private long last() {
        List<Versions.Standing> now = standing;
        return now.isEmpty() ? 0 : now.getLast().number();
    }

    /// Takes in what the journal has and the rows have not.
    ///
    /// @throws WrongRows when the journal took back what is among the rows already
    void catchUp() throws IOException {
        turn.lock();
        try {
            List<Versions.Standing> stand = versions.standing(name);
            List<Version> here = replica.versions();
            int same = same(here, stand);
            if (same < replica.folded()) {
                throw wrong("Version " + here.get(same).number() + " of " + name + " does not stand, and is"
                        + " among the rows already: the clock was set back. Start the hub again: the rows are made"
                        + " again from the layers.");
            }
            if (same < here.size()) {
                replica.withdraw(here.get(same).number());
            }
            for (Versions.Standing version : stand.subList(same, stand.size())) {
                makeRoom();
                adopt(version.entry());
            }
            standing = List.copyOf(stand);
        } finally {
            turn.unlock();
        }
    }

    /// A rebuild takes in more versions than may wait: what holds by now goes among the rows meanwhile.
    private void makeRoom() throws IOException {
        if (replica.stacked() >= Replica.STACKED_MAX / 2) {
            fold(now());
        }
    }

    /// To be called before the entry of another version is written: one that finds no room could not be read.
    void requireRoom() throws IOException {
        makeRoom();
        if (replica.stacked() >= WAITING_MAX) {
            throw new Refused(
                    Problem.VERSION_OVERTAKEN,
                    WAITING_MAX + " versions of " + name + " wait for their time, and no more may. Withdraw some, or"
                            + " publish again when the first of them holds.");
        }
    }

    private void adopt(Entry.VersionPublished entry) throws IOException {
        Path again = folder.of(name).resolve("coming"); // beside the stack, which a fold clears
        Files.deleteIfExists(again);
        Files.createLink(again, folder.layer(entry.content().layer()));
        replica.adopt(version(entry), again);
    }

    /// The instant up to which versions may be folded. Asked for in a turn: what is withdrawn in a later one
    /// holds later than this, since both count the same milliseconds.
    Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    /// Puts what holds at an instant among the rows.
    ///
    /// @param now as [#now] gave it
    /// @throws WrongRows when the rows are not those of the root that is in the journal
    void fold(Instant now) throws IOException {
        Version wrong = replica.fold(now);
        if (wrong != null) {
            throw wrong(wrong.number());
        }
    }

    /// Whether all rows of a version, which add up to this, are those of its root in the journal.
    boolean isRoot(long number, SetHash hash) {
        return hash.digest().equals(versions.published(name, number).content().root());
    }

    /// That the rows of a version are not those of its root.
    WrongRows wrong(long number) {
        return wrong("The rows of " + name + " are not those of version " + number + ", as the journal has it."
                + " Stop the hub, remove the folder "
                + folder.of(name).resolve("rows") + " and start it: they are made again from the layers.");
    }

    private WrongRows wrong(String message) {
        var found = new WrongRows(message);
        wrong = found;
        return found;
    }

    /// Why nothing is to be made of these rows any more until the hub starts again, or null.
    @Nullable
    WrongRows wrong() {
        return wrong;
    }

    /// What a publication is compared with.
    ///
    /// @param number of the version that stands last; 0 when none does
    /// @param hash of its rows
    InForce newest(long number, SetHash hash, Instant now) {
        if (number == 0) {
            return InForce.NONE;
        }
        long keys = versions.published(name, number).content().rows();
        long holding = standing.stream()
                .filter(version -> !version.entry().effective().isAfter(now))
                .mapToLong(Versions.Standing::number)
                .max()
                .orElse(0);
        return new InForce() {
            @Override
            public Iterator<Change> all() throws IOException {
                return walk(number);
            }

            @Override
            public Rows find(Key key) throws IOException {
                return rowsOf(number, key);
            }

            @Override
            public List<Rows> earlier(Key key) throws IOException {
                return replica.past(key).reversed().stream().map(Past::rows).toList();
            }

            @Override
            public Rows now(Key key) throws IOException {
                return holding == number ? Rows.NONE : rowsOf(holding, key);
            }

            @Override
            public long keys() {
                return keys;
            }

            @Override
            public SetHash hash() {
                return hash.copy();
            }
        };
    }

    /// The versions that stand, in their order.
    List<Versions.Standing> standing() {
        return standing;
    }

    /// Whether all versions that stand are to come.
    boolean isNoneInForce(Instant now) {
        return standing.stream().allMatch(version -> version.entry().effective().isAfter(now));
    }

    /// Whether this version stands, and the rows have it.
    boolean isStanding(long number) {
        return standing.stream().anyMatch(version -> version.number() == number);
    }

    /// Readers get nothing of a version before the rows have it: what is recorded beforehand is not here.
    ///
    /// @throws Refused when this version does not stand
    void requireStanding(long number) {
        if (number != 0 && !isStanding(number)) {
            throw new Refused(Problem.NOT_FOUND, "No version " + number + " stands.");
        }
    }

    /// The versions that stand behind one, up to another.
    List<Versions.Standing> between(long after, long upTo) {
        return standing.stream()
                .filter(version -> version.number() > after && version.number() <= upTo)
                .toList();
    }

    Versions versions() {
        return versions;
    }

    /// The changes that a version makes, as they were published.
    Layer layer(long number) throws IOException {
        return Layer.open(
                folder.layer(versions.published(name, number).content().layer()), null);
    }

    /// All rows of a version that stands; none of version 0.
    Iterator<Change> walk(long number) throws IOException {
        if (number == 0) {
            return Collections.emptyIterator();
        }
        try {
            return replica.rowsOf(number);
        } catch (NotKnown e) {
            throw new IOException("version " + number + " of " + name + " cannot be read: " + e.getMessage(), e);
        }
    }

    /// The rows of a key in a version that stands; none in version 0.
    Rows rowsOf(long number, Key key) throws IOException {
        if (number == 0) {
            return Rows.NONE;
        }
        try {
            return replica.rowsOf(number, key);
        } catch (NotKnown e) {
            throw new IOException("version " + number + " of " + name + " cannot be read: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        replica.close();
    }
}
