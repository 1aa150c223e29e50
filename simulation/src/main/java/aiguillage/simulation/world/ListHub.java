package aiguillage.simulation.world;

import aiguillage.dataset.layer.Layer;
import aiguillage.dataset.layer.LayerWriter;
import aiguillage.dataset.layer.Seal;
import aiguillage.dataset.replica.Buckets;
import aiguillage.dataset.row.Key;
import aiguillage.dataset.row.Rows;
import aiguillage.dataset.row.SetHash;
import aiguillage.gateway.replica.Offer;
import aiguillage.gateway.replica.Offers;
import aiguillage.protocol.DatasetName;
import aiguillage.protocol.Digest;
import aiguillage.protocol.Position;
import aiguillage.protocol.proof.LedgerKey;
import aiguillage.protocol.proof.VersionStatement;
import aiguillage.simulation.check.ListTruth;
import aiguillage.simulation.fault.Fault;
import aiguillage.simulation.fault.Faults;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// A hub's dataset as readers see it: a model of what `aiguillage.hub.dataset` answers, with layers and statements that
/// are made anew for each scope. It goes by the true time.
final class ListHub {

    /// Layers of more bytes do not come with their offer.
    private static final int INLINE_BYTES_MAX = 260;

    private final DatasetName name;
    private final ListTruth list;
    private final LedgerKey key;
    private final Faults faults;
    private final InstantSource trueTime;
    private final Map<Id, byte[]> layers = new HashMap<>();
    private final Map<Stated, String> statements = new HashMap<>();
    private final Map<Seen, Digest> roots = new HashMap<>();
    private final Map<Map.Entry<Key, Rows>, SetHash> hashes = new HashMap<>();

    private record Id(String scope, long number, long from, boolean isSealed) {}

    private record Stated(Id id, @Nullable Instant skipped) {}

    private record Seen(String scope, long number) {}

    ListHub(ListTruth list, LedgerKey key, Faults faults, InstantSource trueTime) {
        this.name = DatasetName.of(list.name());
        this.list = list;
        this.key = key;
        this.faults = faults;
        this.trueTime = trueTime;
    }

    DatasetName name() {
        return name;
    }

    ListTruth list() {
        return list;
    }

    Instant now() {
        return trueTime.instant();
    }

    String ledgerKey() {
        return key.verifier().toString();
    }

    /// What brings a replica to where the dataset stands; as `Readers.offers`.
    Offers offers(String scope, long after, @Nullable String of) {
        boolean isSame = after > 0 && scope.equals(of) && list.version(after) != null;
        long known = isSame ? after : 0;
        Long left = null;
        while (known > 0 && list.isWithdrawn(known)) {
            known = version(known).from();
            left = known;
        }
        Instant skipped = skippedSince(isSame ? known : after);
        List<Offer> offers = new ArrayList<>();
        List<ListTruth.Version> standing = list.standing();
        int index = index(standing, known);
        int inForce = index(standing, inForce());
        int next = index + 1;
        int whole = Math.max(inForce, 0);
        if (index < 0 || (index < whole && faults.random().nextBoolean())) {
            if (!standing.isEmpty()) {
                ListTruth.Version first = standing.get(whole);
                left = first.number() < after ? Long.valueOf(first.number()) : left;
                offers.add(offer(scope, first, 0, skipped));
            }
            next = whole + 1;
        }
        if (after > 0 && !scope.equals(of) && inForce < 0) {
            left = 0L;
        }
        for (int i = next; i < standing.size(); i++) {
            offers.add(offer(scope, standing.get(i), standing.get(i).from(), null));
        }
        return new Offers(now(), name, scope, left, offers);
    }

    private long inForce() {
        ListTruth.Version held = list.inForce(now());
        return held == null ? 0 : held.number();
    }

    private static int index(List<ListTruth.Version> standing, long number) {
        int index = standing.size() - 1;
        while (index >= 0 && standing.get(index).number() != number) {
            index--;
        }
        return index;
    }

    private @Nullable Instant skippedSince(long after) {
        return after == 0
                ? null
                : list.standing().stream()
                        .filter(version -> version.number() > after)
                        .map(ListTruth.Version::effective)
                        .findFirst()
                        .orElse(null);
    }

    /// One version against the one before, as it is told when it comes.
    Offers came(String scope, long number) {
        ListTruth.Version version = version(number);
        return new Offers(now(), name, scope, null, List.of(offer(scope, version, version.from(), null)));
    }

    private ListTruth.Version version(long number) {
        ListTruth.Version found = list.version(number);
        if (found == null) {
            throw new AssertionError("there never was a version " + number);
        }
        return found;
    }

    /// A signature and a root cost more than all else in a step; what is said again is not made again.
    private Offer offer(String scope, ListTruth.Version version, long from, @Nullable Instant skipped) {
        byte[] layer = layer(scope, version, from);
        var id = new Id(scope, version.number(), from, isSealed(version));
        boolean isSkipped = skipped != null && skipped.isBefore(version.effective());
        String note = statements.computeIfAbsent(
                new Stated(id, isSkipped ? skipped : null), said -> stated(version, said, layer));
        return new Offer(note, id.isSealed, layer.length > INLINE_BYTES_MAX ? null : layer);
    }

    private String stated(ListTruth.Version version, Stated said, byte[] layer) {
        return new VersionStatement(
                        name,
                        version.number(),
                        said.id.from,
                        version.effective(),
                        said.skipped,
                        version.published(),
                        said.id.isSealed ? null : root(said.id.scope, version),
                        said.id.isSealed ? 0 : version.seen(said.id.scope).size(),
                        Digest.of(layer),
                        layer.length,
                        said.id.scope,
                        new Position(version.number()))
                .signedBy(key);
    }

    private Digest root(String scope, ListTruth.Version version) {
        return roots.computeIfAbsent(new Seen(scope, version.number()), seen -> root(version.seen(scope)));
    }

    private Digest root(NavigableMap<Key, Rows> rows) {
        var root = new SetHash();
        rows.forEach((key, all) -> root.add(hashes.computeIfAbsent(Map.entry(key, all), ListHub::hash)));
        return root.digest();
    }

    private static SetHash hash(Map.Entry<Key, Rows> row) {
        var expander = new SetHash.Expander();
        var hash = new SetHash();
        row.getValue().eachDigest(row.getKey(), digest -> expander.add(hash, digest));
        return hash;
    }

    private boolean isSealed(ListTruth.Version version) {
        return version.isSealed() && version.effective().isAfter(now());
    }

    private static Buckets buckets(NavigableMap<Key, Rows> rows) {
        var buckets = new Buckets();
        rows.forEach(buckets::add);
        return buckets;
    }

    /// The layer of a standing version, or null when there is no such layer.
    byte @Nullable [] layer(String scope, long number, long from) {
        ListTruth.Version version = list.version(number);
        return version == null || list.isWithdrawn(number) || (from != 0 && from != version.from())
                ? null
                : layer(scope, version, from);
    }

    private byte[] layer(String scope, ListTruth.Version version, long from) {
        var id = new Id(scope, version.number(), from, isSealed(version));
        byte[] known = layers.get(id);
        if (known != null) {
            return known;
        }
        NavigableMap<Key, Rows> changes = changes(scope, version, from);
        boolean isWrong = from != 0 && !changes.isEmpty() && faults.strikes(Fault.SHARE_WRONG);
        if (isWrong) {
            changes.pollFirstEntry();
        }
        var total = new Layer.Total(root(scope, version), version.seen(scope).size());
        byte[] made = id.isSealed
                ? layer(changes, seal(scope, version.number(), from), from == 0, total)
                : layer(changes, null, from == 0, null);
        if (isWrong) {
            list.wrong(Digest.of(made).toString());
        }
        layers.put(id, made);
        return made;
    }

    private NavigableMap<Key, Rows> changes(String scope, ListTruth.Version version, long from) {
        NavigableMap<Key, Rows> before =
                from == 0 ? new TreeMap<>() : version(from).seen(scope);
        NavigableMap<Key, Rows> after = version.seen(scope);
        NavigableMap<Key, Rows> changes = new TreeMap<>(before);
        changes.replaceAll((gone, rows) -> Rows.NONE);
        changes.putAll(after);
        changes.entrySet().removeIf(one -> one.getValue().equals(before.getOrDefault(one.getKey(), Rows.NONE)));
        return changes;
    }

    private static byte[] layer(
            NavigableMap<Key, Rows> changes, @Nullable Seal seal, boolean replaces, Layer.@Nullable Total total) {
        var out = new ByteArrayOutputStream();
        try (var layer = new LayerWriter(out, seal)) {
            for (Map.Entry<Key, Rows> change : changes.entrySet()) {
                layer.add(change.getKey(), change.getValue());
            }
            layer.finish(replaces, total);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    /// The key of a layer.
    Seal seal(String scope, long number, long from) {
        String text = name + " " + scope + " " + number + " " + from;
        return new Seal(Digest.of(text.getBytes(StandardCharsets.UTF_8)).bytes());
    }

    /// The key of a layer, or empty before its version holds.
    Optional<Seal> sealWhenHeld(String scope, long number, long from) {
        return version(number).effective().isAfter(now()) ? Optional.empty() : Optional.of(seal(scope, number, from));
    }

    /// The hash of each bucket of the rows in a version.
    List<byte[]> buckets(String scope, long number) {
        return buckets(version(number).seen(scope)).hashes().stream()
                .map(SetHash::bytes)
                .toList();
    }

    /// The rows of one bucket, as a layer.
    byte[] bucket(String scope, long number, int bucket) {
        NavigableMap<Key, Rows> rows = version(number).seen(scope);
        rows.keySet().removeIf(one -> Buckets.of(one) != bucket);
        return layer(rows, null, true, null);
    }
}
