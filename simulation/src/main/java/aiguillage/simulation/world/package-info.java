/// The world of one run: two hubs of two brands, gateways of dealers and of a centre that answers, senders without a
/// gateway, readers on streams, an operator, and what goes wrong among them. Hubs and gateways are put together from
/// production classes, as `Hub` and `Gateway` do it; only what touches the machine is a model, and the hub's end of
/// datasets ([ListHub]).
///
/// **Start at** [World#run]. **Knows:** all packages of the simulation, `dataset`, `hub`, `gateway`,
/// `protocol`.
@NullMarked
package aiguillage.simulation.world;

import org.jspecify.annotations.NullMarked;
