package aiguillage.hub.yard;

import aiguillage.hub.entry.ByteReader;
import aiguillage.hub.entry.ByteWriter;
import aiguillage.hub.store.Key;
import aiguillage.protocol.DatasetName;
import aiguillage.protocol.Position;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A version of a dataset.
///
/// @param position of its entry
/// @param from the version that it changes; 0 for the first
/// @param effective from when on it holds
/// @param withdrawn the entry that took it back, or null
public record VersionRow(
        Position position,
        long from,
        Instant effective,
        @Nullable Position withdrawn) {

    /// The key of a version.
    public static byte[] key(DatasetName dataset, long number) {
        return Key.text(dataset.toString()).then(number).done();
    }

    byte[] encode() {
        return new ByteWriter(32)
                .number(position.value())
                .number(from)
                .time(effective)
                .number(withdrawn == null ? 0 : withdrawn.value())
                .done();
    }

    public static VersionRow decode(byte[] bytes) {
        var in = new ByteReader(bytes);
        var position = new Position(in.number());
        long from = in.number();
        Instant effective = in.time();
        long withdrawn = in.number();
        return new VersionRow(position, from, effective, withdrawn == 0 ? null : new Position(withdrawn));
    }
}
