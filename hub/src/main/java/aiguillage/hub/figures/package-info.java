/// How much flows, what waits, what was refused, what happened last: figures that a page can ask for at any
/// time without cost. They are views of the journal and of counters, since this hub's start, in memory alone.
///
/// What documents cost is a few nanoseconds on the notary's thread: counting and remembering, never reading.
/// What has to be read (the oldest that waits) is read by the clock, and takes one part in fifty of a processor
/// at most.
///
/// **Bounds.** Two hours of minutes for each flow, a day of minutes for each problem, the last 2,000 entries
/// told. **Knows:** `entry`, `mailbox`, `document`, `routing`, `health`, `problem`, `protocol`. **Start at**
/// [Figures]. **Tests:** `FiguresTest`, `MinutesTest`.
@NullMarked
package aiguillage.hub.figures;

import org.jspecify.annotations.NullMarked;
