package aiguillage.hub.dataset;

import aiguillage.dataset.layer.Change;
import aiguillage.dataset.layer.Layer;
import aiguillage.dataset.layer.LayerWriter;
import aiguillage.dataset.mark.Decoys;
import aiguillage.dataset.mark.MarkSecret;
import aiguillage.dataset.mark.Markable;
import aiguillage.dataset.mark.Marking;
import aiguillage.dataset.mark.Marks;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// The decoys of one dataset through its versions: a pool is made when the first copy is marked, for all
/// versions that stand, and each time one of its keys comes into use a smaller pool follows. Safe from any
/// thread.
final class Pools {

    private final MarkSecret secret;
    private final Master master;
    private final Path folder;
    private final NavigableMap<Long, Decoys> pools = new TreeMap<>();
    private final Map<Used, Marks> marks = new HashMap<>();

    /// Everybody who ever got a marked copy: whoever left may leak what it had.
    private final Set<String> recipients = new TreeSet<>();

    /// Up to which version no other pool is needed.
    private long reached;

    /// @param pool the version from which it is used
    /// @param markable the fingerprint of what is marked
    private record Used(long pool, String markable) {}

    Pools(MarkSecret secret, Master master, Path folder) throws IOException {
        this.secret = secret;
        this.master = master;
        this.folder = Files.createDirectories(folder);
        if (Files.exists(names())) {
            recipients.addAll(Files.readAllLines(names()));
            recipients.remove("");
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "[0-9]*")) {
            for (Path file : files) {
                pools.put(Long.valueOf(String.valueOf(file.getFileName())), read(file));
            }
        }
    }

    private static Decoys read(Path file) throws IOException {
        List<Change> decoys = new ArrayList<>();
        try (Layer layer = Layer.open(file, null)) {
            layer.all().forEachRemaining(decoys::add);
        }
        return new Decoys(decoys);
    }

    /// The marks of a recipient in a version, or null below the first one.
    synchronized @Nullable Marking at(Markable markable, long version, String recipient) throws IOException {
        reach(markable, version);
        Map.Entry<Long, Decoys> pool = pools.floorEntry(version);
        if (pool == null) {
            return null;
        }
        if (recipients.add(recipient)) {
            // Not forced to the disk: who is a reader today is traced anyway. The break comes first, so that a
            // name half written by a crash spoils no other.
            Files.writeString(names(), "\n" + recipient, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        }
        return marks(markable, pool).recipient(recipient);
    }

    /// The names of all who ever got a marked copy.
    synchronized Set<String> recipients() {
        return new TreeSet<>(recipients);
    }

    private Path names() {
        return folder.resolve("recipients");
    }

    /// All marks in a version, for a tracer.
    synchronized @Nullable Marks marks(Markable markable, long version) throws IOException {
        reach(markable, version);
        Map.Entry<Long, Decoys> pool = pools.floorEntry(version);
        return pool == null ? null : marks(markable, pool);
    }

    private Marks marks(Markable markable, Map.Entry<Long, Decoys> pool) {
        return marks.computeIfAbsent(
                new Used(pool.getKey(), markable.fingerprint()),
                _ -> new Marks(secret, master.name().toString(), markable, pool.getValue()));
    }

    /// Makes the pools up to a version.
    private void reach(Markable markable, long version) throws IOException {
        List<Versions.Standing> standing = master.standing();
        if (standing.isEmpty()) {
            return;
        }
        if (pools.isEmpty()) {
            put(standing.getFirst().number(), first(markable, listed(standing)));
            reached = standing.getLast().number(); // no key is in use in any of them
        }
        long known = Math.max(pools.lastKey(), reached);
        for (Versions.Standing next : master.between(known, version)) {
            Decoys before = pools.lastEntry().getValue();
            Decoys after = before.without(key -> {
                try {
                    return !master.rowsOf(next.number(), key).isEmpty();
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
            if (after.all().size() < before.all().size()) {
                put(next.number(), after);
            }
            reached = next.number();
        }
    }

    /// The version whose rows decoys are made of: the last that is no secret, since they go into copies of
    /// earlier versions too.
    private static long listed(List<Versions.Standing> standing) {
        long listed = standing.getFirst().number();
        for (Versions.Standing version : standing) {
            listed = version.entry().isSealed() ? listed : version.number();
        }
        return listed;
    }

    private Decoys first(Markable markable, long version) {
        Iterable<Change> list = () -> {
            try {
                return master.walk(version);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        };
        return Decoys.make(secret, master.name().toString(), markable, list, key -> {
            try {
                return !master.replica().past(key).stream()
                        .allMatch(past -> past.rows().isEmpty());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    private void put(long version, Decoys pool) throws IOException {
        Path written = folder.resolve("coming");
        try (var writer = new LayerWriter(Files.newOutputStream(written), null)) {
            for (Change decoy : pool.all()) {
                writer.add(decoy.key(), decoy.rows());
            }
            writer.finish(true, null);
        }
        Folder.move(written, folder.resolve(Long.toString(version)));
        pools.put(version, pool);
    }
}
