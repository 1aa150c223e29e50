package aiguillage.console.document;

import java.time.Duration;
import java.time.Instant;

/// A document's way to one reader.
///
/// @param since when it stands so
/// @param took from the hub's receipt to there
public record Leg(String reader, boolean isCopy, Standing standing, Instant since, Duration took) {}
