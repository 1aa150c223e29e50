package aiguillage.bench.dataset;

import aiguillage.bench.wire.Caller;
import aiguillage.dataset.layer.Seal;
import aiguillage.dataset.replica.Health;
import aiguillage.dataset.replica.LayerFiles;
import aiguillage.dataset.replica.NotKnown;
import aiguillage.dataset.replica.Replica;
import aiguillage.dataset.replica.RocksRowStore;
import aiguillage.dataset.replica.Version;
import aiguillage.dataset.row.Key;
import aiguillage.protocol.DatasetName;
import aiguillage.protocol.proof.LedgerKey;
import aiguillage.protocol.proof.VersionStatement;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A gateway's replica of a price list, all of it: what comes is checked, durable and answered from. One
/// thread at a time.
final class FullReplica implements AutoCloseable {

    private static final int OK = 200;
    private static final JsonMapper JSON = new JsonMapper();

    private final DatasetName dataset;
    private final Path folder;
    private final SSLContext tls;
    private final int port;
    private final LedgerKey.Public key;
    private final Replica replica;

    /// A row that is always there, asked after each change.
    private final Key probe;

    private long bytes;
    private @Nullable VersionStatement last;
    private byte @Nullable [] inline;

    /// @param folder its own
    /// @param probe the number of a part
    FullReplica(DatasetName dataset, Path folder, SSLContext tls, int port, LedgerKey.Public key, String probe)
            throws IOException {
        this.dataset = dataset;
        this.folder = Files.createDirectories(folder);
        this.tls = tls;
        this.port = port;
        this.key = key;
        this.probe = Key.of(List.of(probe));
        this.replica = new Replica(RocksRowStore.open(folder.resolve("rows")), new LayerFiles(folder.resolve("stack")));
    }

    /// What became of an event.
    ///
    /// @param published when the hub took the version in; [Instant#EPOCH] when it is a key that came
    /// @param isSeen whether lookups answer from it
    record Taken(long version, Instant published, boolean isSeen) {}

    /// Asks the hub for all there is.
    Taken catchUp() throws IOException {
        List<Version> known = replica.versions();
        long after = known.isEmpty() ? 0 : known.getLast().number();
        String scope = known.isEmpty() ? "" : "&scope=" + known.getLast().scope();
        try (var caller = new Caller(tls, port)) {
            return versions(JSON.readTree(get(caller, "?after=" + after + scope)));
        }
    }

    /// Takes in what an event told, or nothing when it told nothing new.
    @Nullable
    Taken take(JsonNode told) throws IOException {
        if (told.has("datasets")) { // a large version is not told of: where things stand is, and it is asked for
            return newest(told) > replica.versions().getLast().number() ? catchUp() : null;
        }
        return told.has("seal") ? key(told) : versions(told);
    }

    private long newest(JsonNode standing) {
        for (JsonNode one : standing.path("datasets")) {
            if (one.path("name").asString().equals(dataset.toString())) {
                return one.path("newest").asLong();
            }
        }
        return 0;
    }

    private Taken key(JsonNode told) throws IOException {
        long number = told.path("version").asLong();
        boolean isOurs = replica.unseal(
                number, new Seal(Base64.getDecoder().decode(told.path("seal").asString())));
        if (!isOurs) {
            throw new IOException("a key came for version " + number + ", which is not here");
        }
        return new Taken(number, Instant.EPOCH, isSeen(number));
    }

    private Taken versions(JsonNode told) throws IOException {
        VersionStatement said = null;
        for (JsonNode offer : told.path("versions")) {
            said = VersionStatement.verified(offer.path("statement").asString(), key);
            Path file = folder.resolve("coming");
            inline = offer.has("layer")
                    ? Base64.getDecoder().decode(offer.path("layer").asString())
                    : null;
            if (inline != null) {
                Files.write(file, inline);
            } else {
                fetch(said, file);
            }
            replica.adopt(Version.of(said), file);
        }
        if (said == null) {
            throw new IOException("there should be a version: " + told);
        }
        last = said;
        return new Taken(said.number(), said.published(), isSeen(said.number()));
    }

    private void fetch(VersionStatement said, Path file) throws IOException {
        try (var caller = new Caller(tls, port);
                OutputStream out = Files.newOutputStream(file)) {
            Caller.Head head = head(caller, "/" + said.number() + "/layer?from=" + said.from());
            if (head.length() != said.bytes()) {
                throw new IOException("the layer of version " + said.number() + " has " + head.length() + " bytes, and "
                        + said.bytes() + " were announced: does the version hold by now?");
            }
            InputStream in = caller.body();
            var buffer = new byte[64 << 10];
            for (long rest = said.bytes(); rest > 0; ) {
                int count = in.read(buffer, 0, (int) Math.min(buffer.length, rest));
                if (count < 0) {
                    throw new IOException("a layer broke off");
                }
                out.write(buffer, 0, count);
                rest -= count;
            }
            bytes += said.bytes();
        }
    }

    private byte[] get(Caller caller, String what) throws IOException {
        Caller.Head head = head(caller, what);
        return caller.body().readNBytes(Math.toIntExact(head.length()));
    }

    private Caller.Head head(Caller caller, String what) throws IOException {
        byte[] request = ("GET /v1/datasets/" + dataset + "/versions" + what + " HTTP/1.1\r\nHost: localhost\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
        caller.send(request, request.length);
        Caller.Head head = caller.head();
        if (head.status() != OK || head.length() < 0) {
            throw new IOException("the hub did not give " + what + ": " + head.text());
        }
        bytes += head.text().length();
        return head;
    }

    private boolean isSeen(long version) throws IOException {
        try {
            var found = replica.lookup(probe, Instant.now());
            return found.version().number() == version && found.row() != null;
        } catch (NotKnown e) {
            return false;
        }
    }

    /// Folds what holds into the rows and compares them with the signed root.
    ///
    /// @throws IOException when they are not those of this version
    void requireExact(long version) throws IOException {
        Version wrong = replica.fold(Instant.now());
        boolean isExact = replica.health(Instant.now()) instanceof Health.Exact(var now, var proven)
                && proven
                && now.number() == version;
        if (wrong != null || !isExact) {
            throw new IOException(
                    "the rows are not those of version " + version + ": " + replica.health(Instant.now()));
        }
    }

    /// Puts what holds among the rows.
    void fold() throws IOException {
        if (replica.fold(Instant.now()) != null) {
            throw new IOException("the rows are not those of their root: " + replica.health(Instant.now()));
        }
        replica.forget(Instant.now());
    }

    /// The layer that came last, fetched once more unless it was small.
    byte[] layer() throws IOException {
        if (inline != null) {
            return inline;
        }
        Path file = folder.resolve("again");
        fetch(Objects.requireNonNull(last, "nothing came yet"), file);
        return Files.readAllBytes(file);
    }

    /// Bytes of answers it was sent beside its stream.
    long bytes() {
        return bytes;
    }

    @Override
    public void close() {
        replica.close();
    }
}
