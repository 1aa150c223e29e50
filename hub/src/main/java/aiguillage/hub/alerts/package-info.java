/// Rules that watch the hub and tell somebody when they are met, and when they are not any more.
///
/// A rule is a condition with a limit and a [Way]: an `https` address that gets a JSON body, a mail address, or a
/// flow into which the hub submits a document of its own. Rules are settings; what they find is looked at twice a
/// minute, from figures that stand in memory. Each time a rule is met an entry records it. What is to be told, and
/// what was, is a setting too ([Standing]): a restart tells only what changed.
///
/// **Bounds.** 100 rules; 10 names in a telling; 10 s for a webhook's answer, 20 s for the mail server's and the
/// journal's; 4 tries; 10 tellings of a rule that wait. **Knows:** `directory`, `document`, `figures`, `health`,
/// `intake`, `operators`, `presence`, `problem`, `routing`, `store`, `trust`, `yard`, `config`, `settings`,
/// `protocol`. **Start at** [Alerts]. **Tests:** `AlertsTest`, `MailRelayTest`, `ToldInAFlowTest`, `RuleTest`.
@NullMarked
package aiguillage.hub.alerts;

import org.jspecify.annotations.NullMarked;
