package aiguillage.hub.dataset;

import aiguillage.dataset.layer.Change;
import aiguillage.dataset.layer.Layer;
import aiguillage.dataset.publish.InForce;
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
import aiguillage.protocol.DatasetName;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/// All rows of a dataset, in every version that stands. A view: made from the layers that the journal names, again if
/// need be. Reading is safe from any thread; versions come and go under [#turn].
final class Master implements Closeable {

    private final DatasetName name;
    private final Folder folder;
    private final Versions versions;
    private final RowStore rows;
    private final Replica replica;
    private final ReentrantLock turn = new ReentrantLock();

    /// As of the last [#catchUp].
    private volatile List<Versions.Standing> standing = List.of();

    private Master(DatasetName name, Folder folder, Versions versions, RowStore rows, Replica replica) {
        this.name = name;
        this.folder = folder;
        this.versions = versions;
        this.rows = rows;
        this.replica = replica;
    }

    /// Opens it and brings it to where the journal is.
    static Master open(DatasetName name, Folder folder, Versions versions) throws IOException {
        Path own = folder.of(name);
        RowStore rows = RocksRowStore.open(own.resolve("rows"));
        try {
            var replica = new Replica(rows, new LayerFiles(own.resolve("stack")));
            var master = new Master(name, folder, versions, rows, replica);
            master.catchUp();
            return master;
        } catch (IOException | RuntimeException | Error e) {
            rows.close();
            throw e;
        }
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

    /// Takes in what the journal has and the rows have not.
    void catchUp() throws IOException {
        turn.lock();
        try {
            List<Versions.Standing> stand = versions.standing(name);
            List<Version> here = replica.versions();
            int same = 0;
            while (same < here.size()
                    && same < stand.size()
                    && here.get(same).number() == stand.get(same).number()) {
                same++;
            }
            if (same < here.size()) {
                replica.withdraw(here.get(same).number());
            }
            for (Versions.Standing version : stand.subList(same, stand.size())) {
                adopt(version);
            }
            standing = List.copyOf(stand);
        } finally {
            turn.unlock();
        }
    }

    private void adopt(Versions.Standing standing) throws IOException {
        Entry.VersionPublished entry = standing.entry();
        Path again = folder.of(name).resolve("coming"); // beside the stack, which a fold clears
        Files.deleteIfExists(again);
        Files.createLink(again, folder.layer(entry.content().layer()));
        replica.adopt(
                new Version(
                        entry.number(),
                        entry.from(),
                        entry.effective(),
                        null,
                        entry.time(),
                        entry.content().root().toString(),
                        entry.content().rows(),
                        entry.content().layer().toString(),
                        Scope.ALL),
                again);
    }

    /// Puts what holds by now among the rows.
    ///
    /// @throws WrongRows when the rows are not those of the root that is in the journal
    void fold(Instant now) throws IOException {
        Version wrong = replica.fold(now);
        if (wrong != null) {
            throw new WrongRows("The rows of " + name + " are not those of version " + wrong.number() + ", as the"
                    + " journal has it. Stop the hub, remove the folder "
                    + folder.of(name).resolve("rows") + " and start it: they are made again from the layers.");
        }
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
