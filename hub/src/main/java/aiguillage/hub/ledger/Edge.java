package aiguillage.hub.ledger;

import aiguillage.protocol.proof.Hash;
import java.util.HashMap;
import java.util.Map;

/// The right edge of a tree: the roots of its complete subtrees, one for each one-bit of its size. With it the tree
/// can be extended without reading anything.
///
/// @param size the number of leaves
/// @param subtrees level (height above the leaves) → hash of the complete subtree there
public record Edge(long size, Map<Integer, byte[]> subtrees) {

    static final Edge EMPTY = new Edge(0, Map.of());

    public Edge {
        subtrees = Map.copyOf(subtrees);
        if (subtrees.size() != Long.bitCount(size)) {
            throw new AssertionError("a tree of " + size + " leaves has not " + subtrees.size() + " complete subtrees");
        }
    }

    /// The edge of a tree, read from its nodes.
    static Edge of(long size, Nodes nodes) {
        var subtrees = new HashMap<Integer, byte[]>();
        for (int level = 0; level < Long.SIZE - 1; level++) {
            if ((size >> level & 1) == 1) {
                subtrees.put(level, nodes.node(level, (size >> level) - 1));
            }
        }
        return new Edge(size, subtrees);
    }

    /// The root over all leaves.
    byte[] root() {
        byte[] root = null;
        for (int level = 0; level < Long.SIZE - 1; level++) {
            byte[] subtree = subtrees.get(level);
            if (subtree != null) {
                root = root == null ? subtree : Hash.ofNode(subtree, root);
            }
        }
        return root == null ? Hash.ofNothing() : root;
    }
}
