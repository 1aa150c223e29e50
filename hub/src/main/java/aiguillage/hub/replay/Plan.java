package aiguillage.hub.replay;

import aiguillage.hub.entry.Delivery;
import aiguillage.protocol.Digest;
import aiguillage.protocol.Position;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What comes of a wish.
///
/// @param wish as far as this plan goes: a long range is planned piece by piece
/// @param next where the next piece begins; null: the whole range is planned
/// @param items what will be offered once more, in order of the documents
/// @param done how many more were offered since the wish was made
/// @param bytes of the payloads of `items`
/// @param skipped how many documents of the flow are left out, and why
/// @param seal the same for the same wish as long as the same documents are due
public record Plan(
        Wish wish,
        @Nullable Long next,
        List<Item> items,
        long done,
        long bytes,
        Map<Skipped, Long> skipped,
        Digest seal) {

    public Plan {
        items = List.copyOf(items);
        skipped = Map.copyOf(skipped);
    }

    /// One document.
    ///
    /// @param delivery the one that ended last
    /// @param ended where its end stands
    /// @param offeredUntil until when it will be offered
    public record Item(Delivery delivery, Position ended, Instant accepted, long bytes, Instant offeredUntil) {}

    /// Why a document is left out.
    public enum Skipped {
        /// Its routing did not name the reader.
        NOT_ITS_READER,
        /// It waits for the reader already, or is in quarantine.
        WAITS,
        /// The reader has acknowledged it, and only what is missing is wanted.
        DELIVERED,
        /// Its payload was removed, or is about to be.
        PAYLOAD_GONE
    }

    public long skipped(Skipped why) {
        return skipped.getOrDefault(why, 0L);
    }

    /// The reasons that there are, in their order.
    public Map<Skipped, Long> reasons() {
        return skipped.isEmpty() ? Map.of() : new EnumMap<>(skipped);
    }
}
