package aiguillage.conformance.driver;

import java.util.Map;

/// A way into a hub. A new door is one class more, and one line in [Doors].
public interface Door {

    /// As on the command line: `rest`.
    String name();

    /// As whom the kit comes through it: a party of its table.
    default String player() {
        return "dealer-a";
    }

    /// A document's bytes as they leave the dealer's system.
    default byte[] written(Offer offer) {
        return offer.content();
    }

    /// As how few bytes a document may go over the line.
    default int bytesOnTheLine(Offer offer) {
        return written(offer).length;
    }

    /// Whether it is open there; what has no listener of its own is.
    default boolean isOpenAt(Place place) {
        return true;
    }

    /// Begins a session; nothing is sent before its first step.
    DealerDriver open(Identity identity, Place place);

    /// The situations that the protocol has no way to express, by their id, with the reason.
    default Map<String, Words> inexpressible() {
        return Map.of();
    }

    /// The situations in which the protocol's own rules demand something else, by their id.
    default Map<String, Otherwise> otherwise() {
        return Map.of();
    }

    /// Another outcome, and why the protocol demands it.
    record Otherwise(String demanded, Words why) {}
}
