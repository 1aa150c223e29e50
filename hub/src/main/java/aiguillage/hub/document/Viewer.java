package aiguillage.hub.document;

import aiguillage.protocol.PartyId;

/// Who asks: a party sees its own, the hub's operator everything.
public sealed interface Viewer {

    record Party(PartyId id) implements Viewer {}

    record Operator() implements Viewer {}
}
