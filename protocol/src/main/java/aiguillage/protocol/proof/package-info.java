/// Receipts: proof that an entry stands in a hub's journal, checkable by anyone, offline, with the hub's public
/// key.
///
/// The ledger is a Merkle tree as in RFC 9162, section 2.1; its signed head is a checkpoint in the form of C2SP
/// `tlog-checkpoint` (a signed note, Ed25519). A [Receipt] joins three things: a [Statement] in plain words, the
/// inclusion proof of its leaf, and the checkpoint under which it was proven.
///
/// **A leaf, byte by byte.** For entry `p` (leaf index `p - 1`) the leaf's data is
///
/// ```
/// salt        16 bytes   random, disclosed in the receipt
/// remainder   32 bytes   SHA-256(second salt ‖ the parts of the entry the statement does not tell)
/// statement   n bytes    ASCII, see [Statement]
/// ```
///
/// and the leaf hash is SHA-256(`00` ‖ data). The salt keeps a leaf hash from betraying its statement to somebody
/// who guesses; the remainder binds what the receipt's holder need not see (I4) without letting him guess it
/// either.
///
/// **Start at** [Receipt#verify]. **Knows:** `aiguillage.protocol`. **Tests:** `ReceiptTest`, `HashTest`.
@NullMarked
package aiguillage.protocol.proof;

import org.jspecify.annotations.NullMarked;
