/// Rules that watch the hub and tell somebody's system when they are met, and when they are not any more.
///
/// A rule is a condition with a limit and an `https` address that gets a JSON body. Rules are settings; what
/// they find is looked at twice a minute, from figures that stand in memory. Each time a rule is met an entry
/// records it.
///
/// **Bounds.** 100 rules; one body each of at most 4 kB, 10 s for an answer, 4 tries; 100 bodies that wait.
/// **Knows:** `directory`, `document`, `figures`, `health`, `operators`, `presence`, `problem`, `routing`,
/// `store`, `trust`, `yard`. **Start at** [Alerts]. **Tests:** `AlertsTest`, `RuleTest`.
@NullMarked
package aiguillage.hub.alerts;

import org.jspecify.annotations.NullMarked;
