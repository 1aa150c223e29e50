/// Datasets over HTTP: published and decided about, read as replicas, told on streams.
///
/// **Start at** [PublicationDoor#publish] and [ReplicaDoor#offers]; the addresses are in [DatasetEndpoints].
/// **Knows:** `call`, what `HubParts` names, the hub's package `dataset`, `entry`, `operators`, `problem`,
/// `routing`, the part `dataset`, `protocol`, `memory`. **Tests:** `PublishedOverTheWireTest`,
/// `ToldOnTheStreamTest`.
@NullMarked
package aiguillage.hub.door.dataset;

import org.jspecify.annotations.NullMarked;
