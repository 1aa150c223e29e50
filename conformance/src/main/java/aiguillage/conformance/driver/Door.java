package aiguillage.conformance.driver;

import java.util.Map;

/// A way into a hub. A new door is one class more, and one line in [Doors].
public interface Door {

    /// As on the command line: `rest`.
    String name();

    /// Whether it is open there.
    boolean isOpenAt(Place place);

    /// Begins a session; nothing is sent before its first step.
    DealerDriver open(Identity identity, Place place);

    /// The situations that the protocol has no way to express, by their id, with the reason.
    Map<String, Words> inexpressible();

    /// The situations in which the protocol's own rules demand something else, by their id.
    Map<String, Otherwise> otherwise();

    /// Another outcome, and why the protocol demands it.
    record Otherwise(String demanded, Words why) {}
}
