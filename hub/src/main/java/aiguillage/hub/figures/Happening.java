package aiguillage.hub.figures;

import aiguillage.protocol.Brand;
import aiguillage.protocol.PartyId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// An entry of the journal, told in one line.
///
/// @param number counts what was told since the hub's start, from 1
/// @param at when the hub made the change
/// @param brand whose it is; null where it is of no flow
/// @param party who did it, or to whom it was done; null where there is none
/// @param flow or dataset; empty where there is none
/// @param subject the document's id, or what else it is about
/// @param detail what people want to know beside it; may be empty
public record Happening(
        long number,
        Instant at,
        Kind kind,
        @Nullable Brand brand,
        @Nullable PartyId party,
        String flow,
        String subject,
        String detail) {

    /// Longer texts are cut.
    public static final int TEXT_CHARS_MAX = 200;

    /// What happened.
    public enum Kind {
        ACCEPTED,
        REFUSED,
        DELIVERED,
        REJECTED,
        EXPIRED,
        RELEASED,
        RETURNED,
        REPEATED,
        PUBLISHED,
        TRUST,
        TABLE,
        ACT
    }
}
