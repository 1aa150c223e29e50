package aiguillage.gateway.testing;

import aiguillage.dataset.layer.Layer;
import aiguillage.dataset.layer.LayerWriter;
import aiguillage.dataset.layer.Seal;
import aiguillage.dataset.replica.Buckets;
import aiguillage.dataset.row.Key;
import aiguillage.dataset.row.Row;
import aiguillage.dataset.row.Rows;
import aiguillage.gateway.replica.DatasetJson;
import aiguillage.gateway.replica.DatasetNews;
import aiguillage.gateway.replica.DatasetSource;
import aiguillage.gateway.replica.Offer;
import aiguillage.gateway.replica.Offers;
import aiguillage.gateway.replica.Replicas;
import aiguillage.gateway.replica.Subscription;
import aiguillage.protocol.DatasetName;
import aiguillage.protocol.Digest;
import aiguillage.protocol.Position;
import aiguillage.protocol.proof.LedgerKey;
import aiguillage.protocol.proof.VersionStatement;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// One dataset at a hub of which a test decides everything: time, versions, and what goes wrong. Its rows have a key
/// `part`, a `price`, and days from and to which they hold in Paris.
public final class TestDatasets implements DatasetSource {

    public static final DatasetName NAME = DatasetName.of("opel/parts-prices");
    public static final long STALE_AFTER_SECONDS = 900;

    private final LedgerKey key = LedgerKey.generate("hub.example/ledger", new SecureRandom());
    private final List<Published> versions = new ArrayList<>();
    private final List<String> calls = new ArrayList<>();
    private Instant now = Instant.parse("2026-03-01T12:00:00Z");
    private String scope = "*";
    private boolean isOurs = true;
    private boolean isDown;
    private volatile @Nullable Duration busy;
    private boolean hasWrongBuckets;
    private boolean hasForeignKeys;
    private @Nullable RuntimeException unforeseen;
    private long last;
    private int cutAfter = Integer.MAX_VALUE;
    private int questionsUntilDown = Integer.MAX_VALUE;
    private int sealing;
    private Runnable whenAsked = () -> {};
    private Runnable whenStandingIsOnItsWay = () -> {};
    private @Nullable LedgerKey otherKey;

    private record Published(
            long number, Instant published, Instant effective, boolean isSealed, SortedMap<Key, Rows> rows) {}

    public Instant now() {
        return now;
    }

    public void now(Instant time) {
        now = time;
    }

    /// What the stream does when it begins, or when a version came; returns when the replica has it.
    public void stands(Replicas replicas, long version) throws Exception {
        replicas.told(standing());
        replicas.heard();
        GatewayScene.until(
                "version " + version,
                () -> replicas.find(NAME)
                        .filter(kept -> kept.freshness().age() != null)
                        .flatMap(kept -> kept.replica())
                        .filter(replica -> replica.versions().stream().anyMatch(one -> one.number() == version))
                        .isPresent());
    }

    /// Rows of one price each that always hold: `p1=10.00`.
    public static SortedMap<Key, Rows> prices(String... prices) {
        TreeMap<Key, Rows> rows = new TreeMap<>();
        for (String price : prices) {
            int at = price.indexOf('=');
            rows.put(
                    Key.of(List.of(price.substring(0, at))),
                    Rows.of(List.of(new Row(null, null, List.of(price.substring(at + 1))))));
        }
        return rows;
    }

    /// The next version.
    ///
    /// @return its number
    public long publish(SortedMap<Key, Rows> rows, Instant effective, boolean isSealed) {
        versions.add(new Published(++last, now, effective, isSealed, rows));
        return last;
    }

    public long publish(String... prices) {
        return publish(prices(prices), now, false);
    }

    /// Takes back the version that stands last.
    public DatasetNews withdraw() {
        versions.removeLast();
        return new DatasetNews.Withdrawn(now, NAME, newest());
    }

    private long newest() {
        return versions.isEmpty() ? 0 : versions.getLast().number();
    }

    /// From now on this party sees rows of another scope.
    public void scope(String other) {
        scope = other;
    }

    public void refuse() {
        isOurs = false;
    }

    /// From now on the dataset is this party's again.
    public void grant() {
        isOurs = true;
    }

    /// What happens once while the next answer about where datasets stand is on its way.
    public void whenStandingIsOnItsWay(Runnable happens) {
        whenStandingIsOnItsWay = happens;
    }

    public void down(boolean isNot) {
        isDown = isNot;
    }

    /// The line is down after so many questions.
    public void downAfter(int questions) {
        questionsUntilDown = questions;
    }

    /// What happens while each question is on its way.
    public void whenAsked(Runnable happens) {
        whenAsked = happens;
    }

    /// Sealed layers have other keys from now on, as for who may see other rows.
    public void changeSeals() {
        sealing++;
    }

    /// Wants to be asked again after this time; null: it answers.
    public void busy(@Nullable Duration after) {
        busy = after;
    }

    /// Layers end after so many bytes, once.
    public void cutAfter(int bytes) {
        cutAfter = bytes;
    }

    public void sendWrongBuckets() {
        hasWrongBuckets = true;
    }

    /// Each bucket has the keys of all others too.
    public void sendForeignKeys() {
        hasForeignKeys = true;
    }

    /// What nobody foresaw happens with each answer; null: no more.
    public void failWith(@Nullable RuntimeException e) {
        unforeseen = e;
    }

    /// Signs and shows another key from now on.
    public void changeKey() {
        otherKey = LedgerKey.generate("hub.example/ledger", new SecureRandom());
    }

    /// What was asked since the last time.
    public List<String> calls() {
        List<String> since = List.copyOf(calls);
        calls.clear();
        return since;
    }

    /// What the stream says of the version that came last.
    public DatasetNews came() {
        Published version = versions.getLast();
        long from = versions.size() < 2 ? 0 : versions.get(versions.size() - 2).number();
        return new DatasetNews.Came(new Offers(now, NAME, scope, null, List.of(offer(version, from, true))));
    }

    public DatasetNews opened(long number, long from) {
        return new DatasetNews.Opened(now, NAME, number, from, seal(number));
    }

    public Subscription subscription() {
        return new DatasetJson().subscription("""
                {"name":"%s","scope":"%s","newest":%d,"staleAfterSeconds":%d,"schema":{"columns":[
                {"name":"part","type":"text","key":true,"length":60},{"name":"from","type":"date"},
                {"name":"to","type":"date"},{"name":"price","type":"decimal","scale":2,"currency":"EUR"}],
                "effectiveFrom":"from","effectiveTo":"to","zone":"Europe/Paris"}}
                """.formatted(NAME, scope, newest(), STALE_AFTER_SECONDS));
    }

    @Override
    public DatasetNews.Standing standing() throws IOException {
        asked("standing");
        var standing = new DatasetNews.Standing(now, isOurs ? List.of(subscription()) : List.of(), Map.of());
        Runnable meanwhile = whenStandingIsOnItsWay;
        whenStandingIsOnItsWay = () -> {};
        meanwhile.run();
        return standing;
    }

    @Override
    public Offers offers(DatasetName name, long after, @Nullable String known) throws IOException {
        asked("versions after " + after);
        long begin = scope.equals(known) ? after : 0;
        Long left = begin > newest() ? Long.valueOf(newest()) : null;
        long from = left == null ? begin : left;
        int next = 0;
        while (next < versions.size() && versions.get(next).number() <= from) {
            next++;
        }
        List<Offer> offers = new ArrayList<>();
        if (from == 0) { // everything in one, then what is to come
            next = Math.max(0, inForce());
            if (!versions.isEmpty()) {
                offers.add(offer(versions.get(next++), 0, false));
            }
        }
        for (; next < versions.size(); next++) {
            offers.add(offer(versions.get(next), versions.get(next - 1).number(), false));
        }
        return new Offers(now, NAME, scope, left, offers);
    }

    private int inForce() {
        int index = versions.size() - 1;
        while (index >= 0 && versions.get(index).effective().isAfter(now)) {
            index--;
        }
        return index;
    }

    private Offer offer(Published version, long from, boolean isInline) {
        boolean isSealed = version.isSealed() && version.effective().isAfter(now);
        byte[] layer = layer(version, from);
        var statement = new VersionStatement(
                NAME,
                version.number(),
                from,
                version.effective(),
                null,
                version.published(),
                isSealed ? null : root(version.rows()),
                isSealed ? 0 : version.rows().size(),
                Digest.of(layer),
                layer.length,
                scope,
                new Position(version.number()));
        return new Offer(statement.signedBy(otherKey == null ? key : otherKey), isSealed, isInline ? layer : null);
    }

    private static Buckets buckets(SortedMap<Key, Rows> rows) {
        var buckets = new Buckets();
        rows.forEach(buckets::add);
        return buckets;
    }

    private static Digest root(SortedMap<Key, Rows> rows) {
        return Digest.ofHeader(buckets(rows).root());
    }

    private Published version(long number) throws NotOurs {
        return versions.stream()
                .filter(one -> one.number() == number && isOurs)
                .findFirst()
                .orElseThrow(() -> new NotOurs("no such version", new IOException()));
    }

    private byte[] layer(Published version, long from) {
        boolean isSealed = version.isSealed() && version.effective().isAfter(now);
        var out = new ByteArrayOutputStream();
        TreeMap<Key, Rows> before = new TreeMap<>();
        versions.stream().filter(one -> one.number() == from).forEach(one -> before.putAll(one.rows()));
        try (var layer = new LayerWriter(out, isSealed ? seal(version.number()) : null)) {
            TreeMap<Key, Rows> all = new TreeMap<>(before);
            all.replaceAll((gone, rows) -> Rows.NONE);
            all.putAll(version.rows());
            for (var one : all.entrySet()) {
                Rows old = before.getOrDefault(one.getKey(), Rows.NONE);
                if (!one.getValue().equals(old)) {
                    layer.add(one.getKey(), one.getValue());
                }
            }
            layer.finish(
                    from == 0,
                    isSealed
                            ? new Layer.Total(
                                    root(version.rows()), version.rows().size())
                            : null);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    private Seal seal(long number) {
        byte[] bytes =
                ByteBuffer.allocate(Seal.BYTES).putLong(number).putInt(sealing).array();
        return new Seal(bytes);
    }

    @Override
    public InputStream layer(DatasetName name, long number, long from, long offset) throws IOException {
        asked("layer of " + number + " from " + offset);
        byte[] layer = layer(version(number), from);
        byte[] rest = Arrays.copyOfRange(layer, (int) offset, layer.length);
        int cut = Math.min(cutAfter, rest.length);
        cutAfter = Integer.MAX_VALUE;
        return new ByteArrayInputStream(rest, 0, cut);
    }

    @Override
    public Optional<Seal> seal(DatasetName name, long number, long from) throws IOException {
        asked("seal of " + number);
        return version(number).effective().isAfter(now) ? Optional.empty() : Optional.of(seal(number));
    }

    @Override
    public List<byte[]> buckets(DatasetName name, long number) throws IOException {
        asked("buckets of " + number);
        SortedMap<Key, Rows> rows =
                hasWrongBuckets ? prices("x=1.00") : version(number).rows();
        return buckets(rows).hashes().stream().map(hash -> hash.bytes()).toList();
    }

    @Override
    public InputStream bucket(DatasetName name, long number, int bucket) throws IOException {
        asked("bucket of " + number);
        var out = new ByteArrayOutputStream();
        try (var layer = new LayerWriter(out, null)) {
            for (var one : version(number).rows().entrySet()) {
                if (hasForeignKeys || Buckets.of(one.getKey()) == bucket) {
                    layer.add(one.getKey(), one.getValue());
                }
            }
            layer.finish(true, null);
        }
        return new ByteArrayInputStream(out.toByteArray());
    }

    @Override
    public String ledgerKey() throws IOException {
        asked("key");
        return (otherKey == null ? key : otherKey).verifier().toString();
    }

    /// Waits until a version is among the rows.
    public static void untilFolded(Replicas replicas, long number) throws Exception {
        GatewayScene.until(
                "folded",
                () -> replicas.find(NAME)
                        .flatMap(kept -> kept.replica())
                        .map(replica -> replica.base())
                        .filter(base -> base.number() == number)
                        .isPresent());
    }

    private void asked(String what) throws IOException {
        calls.add(what);
        whenAsked.run();
        questionsUntilDown--;
        if (isDown || questionsUntilDown < 0) {
            throw new Unreachable(new IOException("the line is down"));
        }
        RuntimeException thrown = unforeseen;
        if (thrown != null) {
            throw thrown;
        }
        Duration after = busy;
        if (after != null) {
            throw new Said("too many requests", after, new IOException("429"));
        }
    }
}
