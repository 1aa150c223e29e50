package aiguillage.hub.dataset;

import aiguillage.dataset.schema.Schema;
import aiguillage.hub.problem.Problem;
import aiguillage.hub.problem.Refused;
import aiguillage.hub.routing.Dataset;
import aiguillage.hub.routing.Table;
import aiguillage.protocol.DatasetName;
import aiguillage.protocol.Digest;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Keeps the columns of every dataset those that its versions were made of: rows are read by them, and
/// entitlements look into them (I4). Each version says which ones, so it does not matter what other tables were
/// in force meanwhile. Safe from any thread.
final class Columns {

    private final Versions versions;
    private final Supplier<Table> table;

    /// Shared by whoever makes a version, held by whoever puts a table into force.
    private final ReadWriteLock lock = new ReentrantReadWriteLock();

    /// @param table the one in force
    Columns(Versions versions, Supplier<Table> table) {
        this.versions = versions;
        this.table = table;
    }

    /// What tells columns from others.
    static Digest digest(Schema schema) {
        return Digest.of(schema.written().getBytes(StandardCharsets.UTF_8));
    }

    /// Puts a table into force, unless a version has other columns than that.
    ///
    /// @param apply records it
    /// @return what would change, for people; or null when it is in force
    @Nullable
    String apply(Table next, Runnable apply) {
        lock.writeLock().lock();
        try {
            String change = change(next);
            if (change == null) {
                apply.run();
            }
            return change;
        } finally {
            lock.writeLock().unlock();
        }
    }

    /// Why a table cannot come into force as the versions stand now; or null.
    @Nullable
    String change(Table next) {
        for (DatasetName name : versions.datasets()) {
            long newest = versions.newest(name).standing();
            Dataset then = next.dataset(name).orElse(null);
            if (newest != 0 && then != null && !isMadeOf(name, newest, then.schema())) {
                return "The columns of " + name + " would be others, and its versions have the old ones. Give the"
                        + " new list another name, publish it, and take this one out when nobody needs it any"
                        + " more.";
            }
        }
        return null;
    }

    private boolean isMadeOf(DatasetName name, long number, Schema schema) {
        return versions.published(name, number).content().columns().equals(digest(schema));
    }

    /// Makes a version, unless the table in force has other columns by now.
    ///
    /// @param columns the digest of those it is made of
    /// @param make records it
    <T> T make(DatasetName name, Digest columns, Supplier<T> make) {
        lock.readLock().lock();
        try {
            Dataset now = table.get().dataset(name).orElseThrow(Readers::nothing);
            if (!columns.equals(digest(now.schema()))) {
                throw new Refused(
                        Problem.VERSION_OVERTAKEN,
                        "The columns of " + name + " are others now than those it was made of. Publish a list with"
                                + " these.");
            }
            return make.get();
        } finally {
            lock.readLock().unlock();
        }
    }
}
