package aiguillage.hub.document;

import aiguillage.hub.entry.Entry;
import aiguillage.protocol.Position;

/// An entry and where it stands.
public record Recorded<E extends Entry>(Position position, E entry) {}
