package aiguillage.hub.ledger;

import aiguillage.hub.entry.Entry;
import aiguillage.hub.entry.EntryCodec;
import aiguillage.hub.store.Changes;
import aiguillage.hub.store.Key;
import aiguillage.hub.store.Store;
import aiguillage.hub.store.Table;
import aiguillage.protocol.PartyId;
import aiguillage.protocol.Position;
import aiguillage.protocol.proof.Checkpoint;
import aiguillage.protocol.proof.Hash;
import aiguillage.protocol.proof.Leaf;
import aiguillage.protocol.proof.LedgerKey;
import aiguillage.protocol.proof.Receipt;
import aiguillage.protocol.proof.Statement;
import aiguillage.protocol.proof.VersionStatement;
import java.util.Arrays;
import java.util.List;

/// The hub's ledger: makes receipts and proofs for whatever stands in the journal. Safe from any thread; what
/// extends it, [#record], belongs to the journal's writer.
public final class Ledger {

    private final Store store;
    private final LedgerKey key;
    private final Statements statements;

    public Ledger(Store store, LedgerKey key, PartyId hub) {
        this.store = store;
        this.key = key;
        this.statements = new Statements(hub);
    }

    /// The key with which everything here can be checked.
    public LedgerKey.Public verifier() {
        return key.verifier();
    }

    /// The right edge of the tree as stored: where the journal's writer goes on.
    public Edge edge() {
        return Edge.of(Commits.size(store), new StoredNodes(store));
    }

    /// The leaf of an entry.
    ///
    /// @param stored the entry as the store holds it, behind its salts
    public Leaf leaf(Position position, byte[] stored) {
        byte[] encoded = Arrays.copyOfRange(stored, EntryCodec.SALTS_BYTES, stored.length);
        byte[] salts = Arrays.copyOf(stored, EntryCodec.SALTS_BYTES);
        return Leaf.of(statements.of(position, EntryCodec.decode(encoded)), salts, encoded);
    }

    /// What the ledger says of an entry.
    public Statement statement(Position position, Entry entry) {
        return statements.of(position, entry);
    }

    /// Adds a commit's leaves, and the nodes they complete, to the changes which will make the commit.
    public static void record(Edge before, List<byte[]> leaves, Growth growth, Changes changes) {
        var hashes = new byte[leaves.size() * Hash.BYTES];
        for (int i = 0; i < leaves.size(); i++) {
            System.arraycopy(leaves.get(i), 0, hashes, i * Hash.BYTES, Hash.BYTES);
        }
        changes.put(Table.LEAVES, Key.of(before.size() + 1), hashes);
        for (int level = Growth.STORED_LEVELS; level < Long.SIZE; level += Growth.STORED_LEVELS) {
            int height = level;
            growth.completed(height, (hash, index) -> changes.put(Table.NODES, StoredNodes.key(height, index), hash));
        }
    }

    /// The signed head after a commit.
    public String sign(Growth growth) {
        return signed(growth.size(), growth.root());
    }

    /// What is said of a dataset's version, signed.
    public String sign(VersionStatement statement) {
        return statement.signedBy(key);
    }

    /// The receipt of an entry of a commit that was just made, under that commit's head.
    public static Receipt receipt(Leaf leaf, Growth growth, String checkpoint) {
        return new Receipt(leaf, growth.proof(leaf.statement().position().leafIndex()), checkpoint);
    }

    /// The receipt of any entry: the same bytes as when it was made.
    ///
    /// @throws IllegalArgumentException when the journal does not reach this position
    public Receipt receipt(Position position) {
        long size = Commits.sizeAt(store, position.value());
        byte[] stored = store.get(Table.ENTRIES, Key.of(position.value()));
        if (size == 0 || stored == null) {
            throw new IllegalArgumentException("the journal has no entry at position " + position);
        }
        var nodes = new StoredNodes(store);
        List<byte[]> proof = Proofs.inclusion(position.leafIndex(), size, nodes);
        return new Receipt(leaf(position, stored), proof, signed(size, Proofs.root(size, nodes)));
    }

    /// The signed head over everything in the journal.
    public String checkpoint() {
        long size = Commits.size(store);
        return signed(size, Proofs.root(size, new StoredNodes(store)));
    }

    /// The head over everything in the journal, for receipts of many entries under it.
    public OneHead head() {
        long size = Commits.size(store);
        return new OneHead(this, store, size, signed(size, Proofs.root(size, new StoredNodes(store))));
    }

    /// The root of the first `size` entries.
    public byte[] root(long size) {
        requireReached(size);
        return Proofs.root(size, new StoredNodes(store));
    }

    /// The number of entries in the ledger.
    public long size() {
        return Commits.size(store);
    }

    /// The proof that the entry at `position` is in the ledger of `size` entries.
    public List<byte[]> inclusion(Position position, long size) {
        requireReached(size);
        if (position.value() > size) {
            throw new IllegalArgumentException("position " + position + " is not among the first " + size + " entries");
        }
        return Proofs.inclusion(position.leafIndex(), size, new StoredNodes(store));
    }

    /// The proof that the ledger of `size` entries begins with the one of `earlier` entries.
    public List<byte[]> consistency(long earlier, long size) {
        requireReached(size);
        if (earlier < 0 || earlier > size) {
            throw new IllegalArgumentException("a ledger of " + size + " entries cannot begin with " + earlier);
        }
        boolean nothingToProve = earlier == 0 || earlier == size;
        return nothingToProve ? List.of() : Proofs.consistency(earlier, size, new StoredNodes(store));
    }

    private void requireReached(long size) {
        long reached = Commits.size(store);
        if (size < 0 || size > reached) {
            throw new IllegalArgumentException("the ledger has " + reached + " entries, not " + size);
        }
    }

    private String signed(long size, byte[] root) {
        return new Checkpoint(key.verifier().name(), size, root).signedBy(key);
    }
}
