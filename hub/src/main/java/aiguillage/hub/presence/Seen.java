package aiguillage.hub.presence;

import java.time.Instant;

/// When and how a party was last heard.
///
/// @param at to a second
/// @param door by which it came
/// @param agent the program, as it calls itself: at most 64 printable ASCII characters; empty where it does not
/// @param lines streams and sessions that are open now
public record Seen(Instant at, Door door, String agent, int lines) {}
