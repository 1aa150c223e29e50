package aiguillage.hub.yard;

import aiguillage.hub.store.Key;
import aiguillage.protocol.Position;

/// That an entry concerned a document: a row of the history by document. What happened is in the entry itself.
public record HistoryEvent(Position document, Position event) {

    byte[] key() {
        return Key.number(document.value()).then(event.value()).done();
    }

    static final byte[] NOTHING = {};
}
