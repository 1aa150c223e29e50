/// A network's gateways, all of them at once: at rest, told something together, and coming back together after
/// the hub was restarted.
///
/// One process plays the gateways ([aiguillage.bench.gateways.GatewaysProcess]), as many connections as there are,
/// each with a certificate of its own. It takes orders, one line each.
///
/// **Start at** [aiguillage.bench.gateways.StormBench].
@NullMarked
package aiguillage.bench.gateways;

import org.jspecify.annotations.NullMarked;
