package aiguillage.conformance;

import aiguillage.conformance.situation.Situation;
import java.time.Duration;

/// A situation at a door, and what came of it.
///
/// @param demanded what had to be seen at this door
/// @param seen what was; empty when it was not played
/// @param why in words: why another outcome is right here, why it failed or was not played; or empty
public record Result(
        Situation situation, String door, Verdict verdict, String demanded, String seen, String why, Duration took) {}
