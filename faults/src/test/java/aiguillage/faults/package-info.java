/// Real faults on real processes: a hub and two gateways, each a JVM of its own, are killed, stopped, starved of
/// disk and lied to by clock, disk and network, while documents flow. Afterwards everything is counted from what
/// lies in the stores and folders; nothing is believed because somebody said so.
///
/// `./aiguillage test --faults` runs the whole campaign ([FaultCampaign]); the ordinary tests run its short form
/// ([FaultsTest]). What was counted in one run stands in docs/reliability.md.
///
/// **Start at** [Campaign]. **Knows:** `hub`, `gateway`, and their fixtures.
@NullMarked
package aiguillage.faults;

import org.jspecify.annotations.NullMarked;
