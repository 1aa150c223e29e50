package aiguillage.gateway.replica;

import aiguillage.dataset.layer.Layer;
import aiguillage.dataset.replica.Replica;
import aiguillage.dataset.replica.Version;
import aiguillage.protocol.DatasetName;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Puts rows right that are not those of the signed root, with as little of the hub's as it takes: the hashes of 256
/// buckets say which of them differ, and only those are fetched.
final class Repairs {

    /// The largest layer that is taken without knowing its length.
    static final long LAYER_BYTES_MAX = 4L << 30;

    /// For each bucket the hub goes through all rows: where more differ, a whole list is less work for it.
    private static final int BUCKETS_MAX = 16;

    private static final Logger log = LoggerFactory.getLogger(Repairs.class);

    private final DatasetName name;
    private final DatasetSource source;
    private final Downloads downloads;

    Repairs(DatasetName name, DatasetSource source, Downloads downloads) {
        this.name = name;
        this.source = source;
        this.downloads = downloads;
    }

    /// @return whether the rows are those of the root now
    boolean byBuckets(Replica replica) throws IOException, InterruptedException {
        Version base = replica.base();
        if (base == null) {
            throw new AssertionError("rows differ from a root, and there is no version");
        }
        List<Integer> differing;
        try {
            differing = replica.differing(source.buckets(name, base.number()));
        } catch (IllegalArgumentException e) {
            log.atWarn().setCause(e).addKeyValue("dataset", name).log("The hub's buckets are of no use.");
            return false;
        }
        if (differing.size() > BUCKETS_MAX) {
            return false;
        }
        boolean exact = false;
        for (int bucket : differing) {
            exact = repaired(replica, base, bucket);
        }
        return exact;
    }

    private boolean repaired(Replica replica, Version base, int bucket) throws IOException, InterruptedException {
        Path file;
        try (var content = source.bucket(name, base.number(), bucket)) {
            file = downloads.fresh("bucket", content, LAYER_BYTES_MAX);
        }
        try (Layer rows = Layer.open(file, null)) {
            rows.check();
            return replica.repair(bucket, rows.all());
        } catch (IllegalArgumentException e) {
            log.atWarn()
                    .setCause(e)
                    .addKeyValue("dataset", name)
                    .addKeyValue("bucket", bucket)
                    .log("The hub's rows of a bucket are of no use.");
            return false; // nothing was changed
        }
    }
}
