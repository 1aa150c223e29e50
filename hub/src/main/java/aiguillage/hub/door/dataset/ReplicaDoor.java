package aiguillage.hub.door.dataset;

import aiguillage.dataset.replica.Buckets;
import aiguillage.dataset.row.Key;
import aiguillage.hub.dataset.Readers;
import aiguillage.hub.door.call.Call;
import aiguillage.hub.door.call.Query;
import aiguillage.hub.door.call.Ranges;
import aiguillage.hub.door.call.Uploads;
import aiguillage.hub.door.call.Wire;
import aiguillage.hub.problem.Problem;
import aiguillage.hub.problem.Refused;
import aiguillage.protocol.DatasetName;
import aiguillage.protocol.Rfc3339;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import org.eclipse.jetty.http.HttpHeader;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// What replicas ask: which versions there are for them, their layers, keys, and the hashes of their rows.
public final class ReplicaDoor {

    private static final String BYTES = "application/octet-stream";

    /// The most keys of one question.
    static final int KEYS_MAX = 100;

    private final Readers readers;
    private final Uploads uploads;

    public ReplicaDoor(Readers readers, Uploads uploads) {
        this.readers = readers;
        this.uploads = uploads;
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
        boolean goesOn = Ranges.goesOn(call);
        Readers.Layer layer =
                readers.layer(name(call), call.party(), version(call), call.number(Query.FROM_VERSION), goesOn);
        call.response().getHeaders().put(HttpHeader.ACCEPT_RANGES, "bytes");
        Ranges.Range range = Ranges.range(call, layer.bytes());
        int status = range == null ? 200 : 206;
        long from = range == null ? 0 : range.from();
        long to = range == null ? layer.bytes() : range.to();
        byte[] content = layer.content();
        if (content == null) {
            call.answer(status, BYTES, Objects.requireNonNull(layer.file()), from, to - from);
        } else {
            call.answer(status, BYTES, Arrays.copyOfRange(content, (int) from, (int) to));
        }
    }

    /// `POST …/lookups`: what holds for some keys, for parties without a replica too.
    void lookUp(Call call) throws IOException {
        ObjectNode wish = Wire.json(call, uploads, Wire.BODY_BYTES_MAX);
        List<Key> keys = new ArrayList<>();
        for (JsonNode key : wish.path("keys")) {
            try {
                keys.add(Key.of(key.valueStream().map(cell -> cell.asString("")).toList()));
            } catch (IllegalArgumentException e) {
                throw new Refused(Problem.BAD_REQUEST, "A key cannot be read: " + e.getMessage() + ".");
            }
        }
        if (keys.isEmpty() || keys.size() > KEYS_MAX) {
            throw new Refused(Problem.BAD_REQUEST, "Member \"keys\" has 1 to " + KEYS_MAX + " lists of cells.");
        }
        Instant at = null;
        if (wish.has("at")) {
            try {
                at = Rfc3339.instant(Wire.text(wish, "at"));
            } catch (DateTimeException e) {
                throw new Refused(
                        Problem.BAD_REQUEST, "Member \"at\" is not a time (RFC 3339), of a year of four digits.");
            }
        }
        Readers.Looked looked = readers.lookUp(name(call), call.party(), keys, at);
        call.json(200, DatasetJson.looked(now(), looked));
    }

    /// `GET …/versions/{version}/seal`: the key, once the version holds.
    void seal(Call call) {
        byte[] seal = readers.seal(name(call), call.party(), version(call), call.number(Query.FROM_VERSION));
        call.json(200, now().put("seal", Base64.getEncoder().encodeToString(seal)));
    }

    /// `GET …/versions/{version}/buckets`: the hash of each bucket, one behind the other.
    void buckets(Call call) throws IOException {
        Readers.Layer hashes = readers.buckets(name(call), call.party(), version(call));
        call.answer(200, BYTES, Objects.requireNonNull(hashes.file()), 0, hashes.bytes());
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
