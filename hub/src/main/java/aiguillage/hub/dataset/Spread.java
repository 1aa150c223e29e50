package aiguillage.hub.dataset;

import aiguillage.protocol.DatasetName;
import aiguillage.protocol.PartyId;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// Which version each reader has, as far as the hub heard since its start: what a reader says when it asks what
/// comes behind the version it has, and what was told on its stream. Safe from any thread; one small object per
/// party and dataset.
final class Spread {

    private final Map<DatasetName, Map<PartyId, Heard>> heard = new ConcurrentHashMap<>();

    /// What was heard of one reader.
    ///
    /// @param has the version it said it has; 0: none; null: it said nothing
    /// @param said when it said so, or null
    /// @param told the newest version that its stream told it of; 0: none
    /// @param toldAt when, or null
    record Heard(
            @Nullable Long has,
            @Nullable Instant said,
            long told,
            @Nullable Instant toldAt) {

        static final Heard NOTHING = new Heard(null, null, 0, null);
    }

    private void note(DatasetName dataset, PartyId reader, UnaryOperator<Heard> what) {
        heard.computeIfAbsent(dataset, _ -> new ConcurrentHashMap<>())
                .compute(reader, (_, known) -> what.apply(known == null ? Heard.NOTHING : known));
    }

    /// A reader asked what comes behind this version.
    void said(DatasetName dataset, PartyId reader, long version, Instant now) {
        note(dataset, reader, known -> new Heard(version, now, known.told(), known.toldAt()));
    }

    /// A reader's stream was told of this version.
    void told(DatasetName dataset, PartyId reader, long version, Instant now) {
        note(dataset, reader, known -> new Heard(known.has(), known.said(), version, now));
    }

    Heard of(DatasetName dataset, PartyId reader) {
        return heard.getOrDefault(dataset, Map.of()).getOrDefault(reader, Heard.NOTHING);
    }
}
