package aiguillage.hub.yard;

import aiguillage.hub.entry.ByteReader;
import aiguillage.hub.entry.ByteWriter;
import aiguillage.protocol.DatasetName;
import java.time.Instant;

/// Where a dataset stands.
///
/// @param last the highest number that was ever given to a version
/// @param standing the number of the version that stands last, in force or to come; 0 when none does
/// @param effective from when on that one holds
public record NewestRow(long last, long standing, Instant effective) {

    public static final NewestRow NONE = new NewestRow(0, 0, Instant.EPOCH);

    /// The key in [aiguillage.hub.store.Table#CURRENT].
    public static byte[] key(DatasetName dataset) {
        return Yard.currentKey("dataset:" + dataset);
    }

    byte[] encode() {
        return new ByteWriter(24).number(last).number(standing).time(effective).done();
    }

    public static NewestRow decode(byte[] bytes) {
        var in = new ByteReader(bytes);
        return new NewestRow(in.number(), in.number(), in.time());
    }
}
