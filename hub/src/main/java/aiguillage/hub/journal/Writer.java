package aiguillage.hub.journal;

import aiguillage.hub.entry.Entry;
import aiguillage.hub.entry.EntryCodec;
import aiguillage.hub.ledger.Edge;
import aiguillage.hub.ledger.Growth;
import aiguillage.hub.ledger.Ledger;
import aiguillage.hub.ledger.Statements;
import aiguillage.hub.store.Key;
import aiguillage.hub.store.Overlay;
import aiguillage.hub.store.Store;
import aiguillage.hub.store.Table;
import aiguillage.hub.yard.Outcome;
import aiguillage.hub.yard.Yard;
import aiguillage.protocol.Position;
import aiguillage.protocol.proof.Leaf;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/// Turns a batch of entries into a commit. Only the journal's writer thread uses it; there are no threads, clock or
/// waiting in here.
final class Writer {

    private final Store store;
    private final Yard yard;
    private final Statements statements;
    private final RandomGenerator salts;
    private Edge edge;

    /// The position of the routing table in force; 0 before the first.
    private long table;

    Writer(Store store, Yard yard, Statements statements, Edge edge, RandomGenerator salts) {
        this.store = store;
        this.yard = yard;
        this.statements = statements;
        this.edge = edge;
        this.salts = salts;
        byte[] position = store.get(Table.CURRENT, Yard.currentKey(Yard.ROUTING_TABLE));
        this.table = position == null ? 0 : Key.lastNumber(position);
    }

    /// Applies the entries in order and writes everything they change at once; on return it is durable.
    Commit commit(List<Waiting> batch) {
        var views = new Overlay(store);
        var done = new ArrayList<Commit.Done>(batch.size());
        var leaves = new ArrayList<byte[]>(batch.size());
        var random = new byte[batch.size() * EntryCodec.SALTS_BYTES];
        salts.nextBytes(random);
        for (Waiting waiting : batch) {
            var position = new Position(edge.size() + leaves.size() + 1);
            Outcome outcome = waiting.agreesWith(table)
                    ? yard.apply(position, waiting.entry(), views)
                    : new Outcome.TableChanged(); // I6: what stands behind a table follows from it
            if (outcome instanceof Outcome.Recorded) {
                Leaf leaf = write(position, waiting, salts(random, done.size()), views);
                leaves.add(leaf.hash());
                table = waiting.entry() instanceof Entry.TableApplied ? position.value() : table;
                done.add(new Commit.Done(waiting, outcome, leaf));
            } else {
                done.add(new Commit.Done(waiting, outcome, null));
            }
        }
        if (leaves.isEmpty()) {
            return new Commit(done, null);
        }
        Growth growth = Growth.of(edge, leaves);
        Ledger.record(edge, leaves, growth, views.changes());
        store.write(views.changes());
        edge = growth.edge();
        return new Commit(done, growth);
    }

    private static byte[] salts(byte[] random, int index) {
        int from = index * EntryCodec.SALTS_BYTES;
        return Arrays.copyOfRange(random, from, from + EntryCodec.SALTS_BYTES);
    }

    private Leaf write(Position position, Waiting waiting, byte[] random, Overlay views) {
        byte[] encoded = waiting.encoded();
        byte[] key = Key.of(position.value());
        views.put(Table.ENTRIES, key, EntryCodec.encodeStored(random, encoded));
        byte[] payload = waiting.payload();
        if (payload != null) {
            views.put(Table.PAYLOADS, key, payload);
        }
        return Leaf.of(statements.of(position, waiting.entry()), random, encoded);
    }
}
