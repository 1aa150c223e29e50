package aiguillage.simulation.check;

import aiguillage.hub.entry.EntryCodec;
import aiguillage.hub.ledger.Growth;
import aiguillage.hub.ledger.Ledger;
import aiguillage.hub.store.Key;
import aiguillage.hub.store.Overlay;
import aiguillage.hub.store.Table;
import aiguillage.hub.yard.Outcome;
import aiguillage.hub.yard.Yard;
import aiguillage.protocol.PartyId;
import aiguillage.protocol.Position;
import aiguillage.protocol.proof.Hash;
import aiguillage.protocol.proof.LedgerKey;
import aiguillage.simulation.disk.HubStore;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;

/// The journal, applied once more to an empty store: same views, same ledger (I5). And the ledger's root, computed a
/// second time, from the definition.
final class Replay {

    private final HubTruth truth;
    private final PartyId hub;
    private final LedgerKey key;
    private final Findings findings;

    Replay(HubTruth truth, PartyId hub, LedgerKey key, Findings findings) {
        this.truth = truth;
        this.hub = hub;
        this.key = key;
        this.findings = findings;
    }

    /// @param heads size → root, as clients were shown them
    void check(Map<Long, String> heads) {
        HubStore lived = truth.store();
        var again = new HubStore();
        List<byte[]> leaves = replay(lived, again);
        for (Table table : Table.values()) {
            if (table != Table.PAYLOADS) { // payloads stand beside entries, not in them
                findings.require(
                        same(lived.durable(table), again.durable(table)),
                        "I5 deterministic",
                        hub + ": replaying the journal gives another table " + table);
            }
        }
        findings.require(
                new Ledger(lived, key, hub).checkpoint().equals(new Ledger(again, key, hub).checkpoint()),
                "I5 deterministic",
                hub + ": replaying the journal gives another head");
        heads.forEach((size, root) -> findings.require(
                size <= leaves.size()
                        && root(leaves.subList(0, size.intValue())).equals(root),
                "I1 durable",
                hub + " showed a head over " + size + " entries that is not the one of its " + leaves.size()));
    }

    private static String root(List<byte[]> leaves) {
        return java.util.Base64.getEncoder().encodeToString(tree(leaves));
    }

    /// RFC 9162, 2.1.1, as it stands there.
    private static byte[] tree(List<byte[]> leaves) {
        if (leaves.size() == 1) {
            return leaves.getFirst();
        }
        int left = Integer.highestOneBit(leaves.size() - 1);
        return Hash.ofNode(tree(leaves.subList(0, left)), tree(leaves.subList(left, leaves.size())));
    }

    private List<byte[]> replay(HubStore from, HubStore to) {
        var yard = new Yard(hub);
        var ledger = new Ledger(to, key, hub);
        var edge = ledger.edge();
        var all = new ArrayList<byte[]>();
        for (byte[] commit : from.durable(Table.LEAVES).values()) {
            var views = new Overlay(to);
            var leaves = new ArrayList<byte[]>();
            for (int i = 0; i < commit.length / Hash.BYTES; i++) {
                var position = new Position(edge.size() + 1 + i);
                byte[] stored = from.durable(Table.ENTRIES, Key.of(position.value()));
                if (stored == null) {
                    findings.violated("I1 durable", hub + " has a leaf but no entry at " + position);
                    return all;
                }
                Outcome outcome = yard.apply(position, EntryCodec.decodeStored(stored), views);
                findings.require(
                        outcome.equals(new Outcome.Recorded(position)),
                        "I5 deterministic",
                        hub + ": entry " + position + " comes to " + outcome + " when it is applied again");
                views.put(Table.ENTRIES, Key.of(position.value()), stored);
                leaves.add(ledger.leaf(position, stored).hash());
            }
            Growth growth = Growth.of(edge, leaves);
            Ledger.record(edge, leaves, growth, views.changes());
            to.write(views.changes());
            edge = growth.edge();
            all.addAll(leaves);
        }
        return all;
    }

    private static boolean same(NavigableMap<byte[], byte[]> one, NavigableMap<byte[], byte[]> other) {
        if (one.size() != other.size()) {
            return false;
        }
        for (Map.Entry<byte[], byte[]> row : one.entrySet()) {
            if (!Arrays.equals(row.getValue(), other.get(row.getKey()))) {
                return false;
            }
        }
        return true;
    }
}
