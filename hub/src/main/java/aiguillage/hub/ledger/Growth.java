package aiguillage.hub.ledger;

import aiguillage.protocol.proof.Hash;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ObjLongConsumer;
import org.jspecify.annotations.Nullable;

/// One commit's extension of the tree: every node that is new, level by level, and the left neighbours that the
/// proofs of its leaves need. Immutable; safe from any thread.
///
/// A level holds one node per started subtree of that height, from the one over the first new leaf to the last; an
/// odd last node is carried up unchanged, which gives exactly the tree of RFC 9162.
public final class Growth {

    /// Complete subtrees are stored at every eighth level.
    static final int STORED_LEVELS = 8;

    private final Edge before;
    private final long size;
    private final List<Level> levels;

    /// @param first the index of the first node in `nodes`
    /// @param left the complete subtree left of it, when one is needed as a sibling, else null
    private record Level(long first, List<byte[]> nodes, byte @Nullable [] left) {

        byte[] at(long index) {
            if (index == first - 1 && left != null) {
                return left;
            }
            return nodes.get(Math.toIntExact(index - first));
        }
    }

    private Growth(Edge before, long size, List<Level> levels) {
        this.before = before;
        this.size = size;
        this.levels = levels;
    }

    /// Extends the tree with at least one leaf.
    public static Growth of(Edge before, List<byte[]> leaves) {
        if (leaves.isEmpty()) {
            throw new IllegalArgumentException("a commit without entries does not extend the tree");
        }
        var levels = new ArrayList<Level>();
        Level level = level(before, 0, before.size(), leaves);
        levels.add(level);
        while (level.first > 0 || level.nodes.size() > 1) {
            level = above(before, levels.size(), level);
            levels.add(level);
        }
        return new Growth(before, before.size() + leaves.size(), List.copyOf(levels));
    }

    private static Level level(Edge before, int height, long first, List<byte[]> nodes) {
        return new Level(first, nodes, (first & 1) == 1 ? before.subtrees().get(height) : null);
    }

    private static Level above(Edge before, int height, Level below) {
        var nodes = new ArrayList<byte[]>(below.nodes.size() / 2 + 1);
        long last = below.first + below.nodes.size() - 1;
        for (long index = below.first >> 1; index <= last >> 1; index++) {
            long left = 2 * index;
            nodes.add(left == last ? below.at(left) : Hash.ofNode(below.at(left), below.at(left + 1)));
        }
        return level(before, height, below.first >> 1, nodes);
    }

    /// The number of leaves with these.
    public long size() {
        return size;
    }

    public byte[] root() {
        return levels.getLast().nodes.getFirst();
    }

    /// The inclusion proof of a leaf of this commit under this commit's head.
    ///
    /// @see <a href="https://www.rfc-editor.org/rfc/rfc9162#section-2.1.3.1">RFC 9162, 2.1.3.1</a>
    public List<byte[]> proof(long leafIndex) {
        if (leafIndex < before.size() || leafIndex >= size) {
            throw new IllegalArgumentException(
                    "leaf " + leafIndex + " is not of this commit, from " + before.size() + " up to " + size);
        }
        var proof = new ArrayList<byte[]>(levels.size());
        long index = leafIndex;
        for (Level level : levels) {
            long sibling = index ^ 1;
            if (sibling < level.first + level.nodes.size() && level.nodes.size() + level.first > 1) {
                proof.add(level.at(sibling));
            }
            index >>= 1;
        }
        return proof;
    }

    /// Hands on each subtree that this commit completed at a stored level: its hash and its index there.
    void completed(int height, ObjLongConsumer<byte[]> store) {
        if (height >= levels.size()) {
            return;
        }
        Level level = levels.get(height);
        for (int i = 0; i < level.nodes.size(); i++) {
            long index = level.first + i;
            if ((index + 1) << height <= size) {
                store.accept(level.nodes.get(i), index);
            }
        }
    }

    /// The right edge of the tree with these leaves.
    public Edge edge() {
        Map<Integer, byte[]> subtrees = new HashMap<>();
        for (int height = 0; height < Long.SIZE - 1; height++) {
            if ((size >> height & 1) == 1) {
                long index = (size >> height) - 1;
                boolean isNew = height < levels.size() && index >= levels.get(height).first;
                byte[] node =
                        isNew ? levels.get(height).at(index) : before.subtrees().get(height);
                if (node == null) {
                    throw new AssertionError("no node at level " + height + " for a tree of " + size + " leaves");
                }
                subtrees.put(height, node);
            }
        }
        return new Edge(size, subtrees);
    }
}
