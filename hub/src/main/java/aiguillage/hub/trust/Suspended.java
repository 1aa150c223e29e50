package aiguillage.hub.trust;

import aiguillage.hub.entry.Entry;
import aiguillage.hub.store.Store;
import aiguillage.hub.store.Table;
import aiguillage.hub.yard.SuspensionRow;
import aiguillage.protocol.PartyId;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// The parties that are refused at every door until they are resumed. Safe from any thread.
public final class Suspended {

    private static final byte[] BEHIND_NAMES = {(byte) 0xff};

    private final Map<PartyId, SuspensionRow> parties = new ConcurrentHashMap<>();

    /// Reads who is suspended by now.
    public Suspended(Store store) {
        try (Store.Scan scan = store.scan(Table.SUSPENDED, new byte[] {0}, BEHIND_NAMES)) {
            while (scan.next()) {
                var party = new PartyId(new String(scan.key(), StandardCharsets.US_ASCII));
                parties.put(party, SuspensionRow.decode(scan.value()));
            }
        }
    }

    /// Tells of a recorded entry.
    public void recorded(Entry entry) {
        if (entry instanceof Entry.PartySuspended e) {
            parties.put(e.party(), new SuspensionRow(e.time(), e.reason(), e.by()));
        } else if (entry instanceof Entry.PartyResumed e) {
            parties.remove(e.party());
        }
    }

    public boolean contains(PartyId party) {
        return !parties.isEmpty() && parties.containsKey(party);
    }

    /// All that are suspended, by name.
    public List<PartyId> parties() {
        return parties.keySet().stream()
                .sorted(Comparator.comparing(PartyId::value))
                .toList();
    }

    /// Since when a party is suspended, why and by whom; empty when it is not.
    public Optional<SuspensionRow> find(PartyId party) {
        return Optional.ofNullable(parties.get(party));
    }
}
