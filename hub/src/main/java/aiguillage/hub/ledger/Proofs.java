package aiguillage.hub.ledger;

import aiguillage.protocol.proof.Hash;
import java.util.ArrayList;
import java.util.List;

/// Roots and proofs of any tree the ledger ever was, from the hashes of complete subtrees.
final class Proofs {

    private Proofs() {}

    /// The root of the first `size` leaves.
    static byte[] root(long size, Nodes nodes) {
        return size == 0 ? Hash.ofNothing() : subtree(0, size, nodes);
    }

    /// The path of the leaf at `index` in the tree of `size` leaves.
    ///
    /// @see <a href="https://www.rfc-editor.org/rfc/rfc9162#section-2.1.3.1">RFC 9162, 2.1.3.1</a>
    static List<byte[]> inclusion(long index, long size, Nodes nodes) {
        var path = new ArrayList<byte[]>();
        long from = 0;
        long to = size;
        while (to - from > 1) {
            long middle = from + split(to - from);
            if (index < middle) {
                path.add(subtree(middle, to, nodes));
                to = middle;
            } else {
                path.add(subtree(from, middle, nodes));
                from = middle;
            }
        }
        return path.reversed();
    }

    /// That the tree of `size` leaves begins with the tree of `earlier` leaves; `0 < earlier < size`.
    ///
    /// @see <a href="https://www.rfc-editor.org/rfc/rfc9162#section-2.1.4.1">RFC 9162, 2.1.4.1</a>
    static List<byte[]> consistency(long earlier, long size, Nodes nodes) {
        var path = new ArrayList<byte[]>();
        long from = 0;
        long to = size;
        boolean whole = true;
        while (earlier != to) {
            long middle = from + split(to - from);
            if (earlier <= middle) {
                path.add(subtree(middle, to, nodes));
                to = middle;
            } else {
                path.add(subtree(from, middle, nodes));
                from = middle;
                whole = false;
            }
        }
        if (!whole) {
            path.add(subtree(from, to, nodes));
        }
        return path.reversed();
    }

    /// The root over the leaves from `from` up to `to`, where `from` is a multiple of the next power of two.
    private static byte[] subtree(long from, long to, Nodes nodes) {
        long count = to - from;
        if (Long.bitCount(count) == 1) {
            int level = Long.numberOfTrailingZeros(count);
            return nodes.node(level, from >> level);
        }
        long middle = from + split(count);
        return Hash.ofNode(subtree(from, middle, nodes), subtree(middle, to, nodes));
    }

    /// The largest power of two below `count`.
    private static long split(long count) {
        return Long.highestOneBit(count - 1);
    }
}
