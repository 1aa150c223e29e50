package aiguillage.hub.entry;

import aiguillage.protocol.PartyId;

/// A party that gets a document.
///
/// @param copy true when it gets a copy that the sender is not told of
public record Reader(PartyId party, boolean copy) implements Comparable<Reader> {

    @Override
    public int compareTo(Reader other) {
        return party.compareTo(other.party);
    }
}
