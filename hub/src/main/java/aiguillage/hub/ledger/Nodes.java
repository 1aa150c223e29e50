package aiguillage.hub.ledger;

/// Where the hashes of complete subtrees come from.
interface Nodes {

    /// The hash of the complete subtree over the leaves from `index << level` up to `(index + 1) << level`.
    byte[] node(int level, long index);
}
