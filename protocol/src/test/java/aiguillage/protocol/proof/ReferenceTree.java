package aiguillage.protocol.proof;

import java.util.ArrayList;
import java.util.List;

/// RFC 9162, section 2.1, as it is written there: slow and plain.
final class ReferenceTree {

    private ReferenceTree() {}

    static byte[] root(List<byte[]> leaves) {
        if (leaves.isEmpty()) {
            return Hash.ofNothing();
        }
        if (leaves.size() == 1) {
            return leaves.getFirst();
        }
        int k = Integer.highestOneBit(leaves.size() - 1);
        return Hash.ofNode(root(leaves.subList(0, k)), root(leaves.subList(k, leaves.size())));
    }

    static List<byte[]> path(int m, List<byte[]> leaves) {
        if (leaves.size() == 1) {
            return List.of();
        }
        int k = Integer.highestOneBit(leaves.size() - 1);
        List<byte[]> left = leaves.subList(0, k);
        List<byte[]> right = leaves.subList(k, leaves.size());
        return m < k ? and(path(m, left), root(right)) : and(path(m - k, right), root(left));
    }

    static List<byte[]> consistency(int m, List<byte[]> leaves) {
        return subproof(m, leaves, true);
    }

    private static List<byte[]> subproof(int m, List<byte[]> leaves, boolean complete) {
        if (m == leaves.size()) {
            return complete ? List.of() : List.of(root(leaves));
        }
        int k = Integer.highestOneBit(leaves.size() - 1);
        List<byte[]> left = leaves.subList(0, k);
        List<byte[]> right = leaves.subList(k, leaves.size());
        return m <= k ? and(subproof(m, left, complete), root(right)) : and(subproof(m - k, right, false), root(left));
    }

    private static List<byte[]> and(List<byte[]> path, byte[] last) {
        var longer = new ArrayList<>(path);
        longer.add(last);
        return longer;
    }
}
