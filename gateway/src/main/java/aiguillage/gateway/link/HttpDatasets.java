package aiguillage.gateway.link;

import aiguillage.dataset.layer.Seal;
import aiguillage.dataset.replica.Buckets;
import aiguillage.dataset.row.SetHash;
import aiguillage.gateway.replica.DatasetJson;
import aiguillage.gateway.replica.DatasetNews;
import aiguillage.gateway.replica.DatasetSource;
import aiguillage.gateway.replica.Offers;
import aiguillage.protocol.DatasetName;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A hub's datasets over HTTPS, through its [HttpHub].
public final class HttpDatasets implements DatasetSource {

    /// Offers bring small layers with them: 256 versions of 16 kB, in base64.
    private static final int OFFERS_BYTES_MAX = 16 << 20;

    private static final int KEY_BYTES_MAX = 4_096;
    private static final String PATH = "/v1/datasets";
    private static final int NOT_FOUND = 404;
    private static final int CONFLICT = 409;

    private final HttpHub hub;
    private final DatasetJson json = new DatasetJson();

    public HttpDatasets(HttpHub hub) {
        this.hub = hub;
    }

    /// `GET /v1/datasets`
    @Override
    public DatasetNews.Standing standing() throws IOException, InterruptedException {
        return read(PATH, json::standing);
    }

    /// `GET …/versions`
    @Override
    public Offers offers(DatasetName name, long after, @Nullable String scope)
            throws IOException, InterruptedException {
        String query =
                "?after=" + after + (scope == null ? "" : "&scope=" + URLEncoder.encode(scope, StandardCharsets.UTF_8));
        return read(versions(name) + query, json::offers);
    }

    /// `GET …/layer`, the rest of it
    @Override
    public InputStream layer(DatasetName name, long version, long from, long offset)
            throws IOException, InterruptedException {
        return opened(versions(name) + "/" + version + "/layer?from=" + from, offset);
    }

    /// `GET …/seal`
    @Override
    public Optional<Seal> seal(DatasetName name, long version, long from) throws IOException, InterruptedException {
        try {
            return Optional.of(read(versions(name) + "/" + version + "/seal?from=" + from, json::seal));
        } catch (Said e) {
            if (e.getCause() instanceof Hub.HubSaid said && said.status() == CONFLICT) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /// `GET …/buckets`
    @Override
    public List<byte[]> buckets(DatasetName name, long version) throws IOException, InterruptedException {
        int bytes = Buckets.COUNT * SetHash.BYTES;
        byte[] all = bytes(versions(name) + "/" + version + "/buckets", bytes);
        if (all.length != bytes) {
            throw new IOException("the hub sent " + all.length + " bytes of hashes instead of " + bytes);
        }
        List<byte[]> buckets = new ArrayList<>();
        for (int at = 0; at < bytes; at += SetHash.BYTES) {
            buckets.add(Arrays.copyOfRange(all, at, at + SetHash.BYTES));
        }
        return buckets;
    }

    /// `GET …/buckets/<bucket>`
    @Override
    public InputStream bucket(DatasetName name, long version, int bucket) throws IOException, InterruptedException {
        return opened(versions(name) + "/" + version + "/buckets/" + bucket, 0);
    }

    /// `GET /v1/ledger/key`
    @Override
    public String ledgerKey() throws IOException, InterruptedException {
        return new String(bytes("/v1/ledger/key", KEY_BYTES_MAX), StandardCharsets.UTF_8);
    }

    private static String versions(DatasetName name) {
        return PATH + "/" + name + "/versions";
    }

    private <T> T read(String path, Function<String, T> reader) throws IOException, InterruptedException {
        String text = new String(bytes(path, OFFERS_BYTES_MAX), StandardCharsets.UTF_8);
        try {
            return reader.apply(text);
        } catch (IllegalArgumentException e) {
            throw new IOException("the hub's answer to GET " + path + " cannot be read: " + e.getMessage(), e);
        }
    }

    private byte[] bytes(String path, int bytesMax) throws IOException, InterruptedException {
        try (InputStream answer = opened(path, 0)) {
            byte[] bytes = answer.readNBytes(bytesMax + 1);
            if (bytes.length > bytesMax) {
                throw new IOException("the hub's answer to GET " + path + " has more than " + bytesMax + " bytes");
            }
            return bytes;
        }
    }

    private InputStream opened(String path, long offset) throws IOException, InterruptedException {
        try {
            return hub.get(path, offset);
        } catch (Hub.HubSaid e) {
            String message = "GET " + path + ": " + e.getMessage();
            throw e.status() == NOT_FOUND ? new NotOurs(message, e) : new Said(message, e.after(), e);
        } catch (IOException e) {
            throw new Unreachable(e);
        }
    }
}
