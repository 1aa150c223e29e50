/// The ledger: a Merkle tree over the journal's entries (RFC 9162, section 2.1), extended once per commit.
///
/// The hashes of a commit's leaves are stored with the commit, and the hash of every complete subtree of 256,
/// 65,536, … leaves when it is complete; everything between is computed when asked for. The tree's right edge, 64
/// hashes at most, stays in memory ([Edge]), so extending the tree reads nothing.
///
/// One commit has one head; its receipts are proofs under that head. Since the commit's end can be read from the
/// store and Ed25519 is deterministic, the receipt of an entry is the same bytes for ever.
///
/// **In:** leaf hashes, from the journal's writer. **Out:** [Growth], [Ledger#receipt]. **Knows:** `entry`,
/// `store`, `protocol`. **Tests:** `LedgerTest`; [Audit] makes everything again from the entries, `RestoreTest`.
@NullMarked
package aiguillage.hub.ledger;

import org.jspecify.annotations.NullMarked;
