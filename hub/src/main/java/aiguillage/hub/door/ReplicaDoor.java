package aiguillage.hub.door;

import aiguillage.dataset.replica.Buckets;
import aiguillage.dataset.row.SetHash;
import aiguillage.hub.dataset.Readers;
import aiguillage.hub.problem.Problem;
import aiguillage.hub.problem.Refused;
import aiguillage.protocol.DatasetName;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Base64;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.ByteBufferPool;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.util.Callback;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// What replicas ask: which versions there are for them, their layers, keys, and the hashes of their rows.
final class ReplicaDoor {

    private static final String BYTES = "application/octet-stream";
    private static final ByteBufferPool.Sized BUFFERS = new ByteBufferPool.Sized(null, false, 64 << 10);

    private final Readers readers;

    ReplicaDoor(Readers readers) {
        this.readers = readers;
    }

    /// The dataset in the path.
    static DatasetName name(Call call) {
        try {
            return DatasetName.of(call.variable(0) + "/" + call.variable(1));
        } catch (IllegalArgumentException e) {
            throw new Refused(Problem.NOT_FOUND, "No such dataset is open to you.");
        }
    }

    /// The version in the path.
    static long version(Call call) {
        return call.position(2).value();
    }

    private ObjectNode now() {
        return Call.JSON.createObjectNode().put("now", readers.now().toString());
    }

    /// `GET /v1/datasets`.
    void list(Call call) {
        ObjectNode json = now();
        ArrayNode list = json.putArray("datasets");
        readers.readable(call.party()).forEach(readable -> DatasetJson.readable(list.addObject(), readable));
        call.json(200, json);
    }

    /// `GET …/versions`: what brings a replica to where the dataset stands.
    void offers(Call call) throws IOException {
        DatasetName name = name(call);
        ObjectNode json = now().put("name", name.toString());
        DatasetJson.offers(
                json, readers.offers(name, call.party(), call.number(Query.AFTER_VERSION), call.query(Query.SCOPE)));
        call.json(200, json);
    }

    /// `GET …/versions/{version}/layer`, whole or a range.
    void layer(Call call) throws IOException {
        Readers.Layer layer = readers.layer(name(call), call.party(), version(call), call.number(Query.FROM_VERSION));
        call.response().getHeaders().put(HttpHeader.ACCEPT_RANGES, "bytes");
        Ranges.Range range = Ranges.range(call, layer.bytes());
        byte[] content = layer.content();
        if (content != null) {
            int from = range == null ? 0 : (int) range.from();
            int to = range == null ? content.length : (int) range.to();
            call.answer(range == null ? 200 : 206, BYTES, java.util.Arrays.copyOfRange(content, from, to));
            return;
        }
        if (!call.claim()) {
            return;
        }
        long from = range == null ? 0 : range.from();
        long length = range == null ? layer.bytes() : range.to() - range.from();
        call.response().setStatus(range == null ? 200 : 206);
        call.response().getHeaders().put(HttpHeader.CONTENT_TYPE, BYTES);
        call.response().getHeaders().put(HttpHeader.CONTENT_LENGTH, length);
        Content.Source source =
                Content.Source.from(BUFFERS, java.util.Objects.requireNonNull(layer.file()), from, length);
        Content.copy(source, call.response(), Callback.from(call.callback()::succeeded, call.callback()::failed));
    }

    /// `GET …/versions/{version}/seal`: the key, once the version holds.
    void seal(Call call) {
        byte[] seal = readers.seal(name(call), call.party(), version(call), call.number(Query.FROM_VERSION));
        call.json(200, now().put("seal", Base64.getEncoder().encodeToString(seal)));
    }

    /// `GET …/versions/{version}/buckets`: the hash of each bucket, one behind the other.
    void buckets(Call call) throws IOException {
        var bytes = new ByteArrayOutputStream(Buckets.COUNT * SetHash.BYTES);
        readers.buckets(name(call), call.party(), version(call)).forEach(hash -> bytes.writeBytes(hash.bytes()));
        call.answer(200, BYTES, bytes.toByteArray());
    }

    /// `GET …/versions/{version}/buckets/{bucket}`: its rows, as a layer.
    void bucket(Call call) throws IOException {
        String written = call.variable(3);
        if (!written.matches("0|[1-9][0-9]{0,2}") || Integer.parseInt(written) >= Buckets.COUNT) {
            throw new Refused(Problem.NOT_FOUND, "Buckets are counted from 0 to " + (Buckets.COUNT - 1) + ".");
        }
        call.answer(200, BYTES, readers.bucket(name(call), call.party(), version(call), Integer.parseInt(written)));
    }
}
