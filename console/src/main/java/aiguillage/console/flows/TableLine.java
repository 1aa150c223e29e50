package aiguillage.console.flows;

import java.time.Instant;

/// A table that was applied.
///
/// @param reason why, as who applied it wrote; empty where nobody was asked
/// @param lines of its text
/// @param previous the position of the one that it replaced; 0: none that is known
public record TableLine(
        long position,
        Instant time,
        String by,
        String reason,
        String digest,
        int lines,
        long previous,
        boolean isInForce) {}
