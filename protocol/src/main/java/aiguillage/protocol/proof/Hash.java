package aiguillage.protocol.proof;

import aiguillage.protocol.Digest;
import java.security.MessageDigest;
import java.util.List;

/// The hashes of RFC 9162, section 2.1.1, and the two proofs made of them. Hashes are 32-byte arrays which nobody
/// changes.
public final class Hash {

    public static final int BYTES = 32;

    private static final byte LEAF = 0;
    private static final byte NODE = 1;

    private Hash() {}

    /// The root of the tree without leaves.
    public static byte[] ofNothing() {
        return Digest.sha256().digest();
    }

    /// The hash of a leaf: SHA-256(`00` ‖ data).
    public static byte[] ofLeaf(byte[] data) {
        MessageDigest sha256 = Digest.sha256();
        sha256.update(LEAF);
        return sha256.digest(data);
    }

    /// The hash of a node: SHA-256(`01` ‖ left ‖ right).
    public static byte[] ofNode(byte[] left, byte[] right) {
        MessageDigest sha256 = Digest.sha256();
        sha256.update(NODE);
        sha256.update(left);
        return sha256.digest(right);
    }

    /// Whether `proof` shows that the leaf at `index` (from 0) with hash `leaf` is in the tree of `size` leaves
    /// with root `root`.
    ///
    /// @see <a href="https://www.rfc-editor.org/rfc/rfc9162#section-2.1.3.2">RFC 9162, 2.1.3.2</a>
    public static boolean included(long index, long size, byte[] leaf, List<byte[]> proof, byte[] root) {
        if (index < 0 || index >= size) {
            return false;
        }
        long node = index;
        long last = size - 1;
        byte[] hash = leaf;
        for (byte[] sibling : proof) {
            if (last == 0) {
                return false;
            }
            if ((node & 1) == 1 || node == last) {
                hash = ofNode(sibling, hash);
                while ((node & 1) == 0 && node != 0) {
                    node >>= 1;
                    last >>= 1;
                }
            } else {
                hash = ofNode(hash, sibling);
            }
            node >>= 1;
            last >>= 1;
        }
        return last == 0 && MessageDigest.isEqual(hash, root);
    }

    /// Whether `proof` shows that the tree of `size` leaves with `root` begins with the `earlierSize` leaves of
    /// `earlierRoot`.
    ///
    /// @see <a href="https://www.rfc-editor.org/rfc/rfc9162#section-2.1.4.2">RFC 9162, 2.1.4.2</a>
    public static boolean consistent(long earlierSize, byte[] earlierRoot, long size, byte[] root, List<byte[]> proof) {
        if (earlierSize < 0 || earlierSize > size) {
            return false;
        }
        if (earlierSize == size) {
            return proof.isEmpty() && MessageDigest.isEqual(earlierRoot, root);
        }
        if (earlierSize == 0) {
            return proof.isEmpty() && MessageDigest.isEqual(earlierRoot, ofNothing());
        }
        boolean wholeSubtree = Long.bitCount(earlierSize) == 1;
        if (!wholeSubtree && proof.isEmpty()) {
            return false;
        }
        byte[] start = wholeSubtree ? earlierRoot : proof.getFirst();
        List<byte[]> rest = wholeSubtree ? proof : proof.subList(1, proof.size());
        return climbs(earlierSize, earlierRoot, size, root, start, rest);
    }

    private static boolean climbs(
            long earlierSize, byte[] earlierRoot, long size, byte[] root, byte[] start, List<byte[]> proof) {
        long node = earlierSize - 1;
        long last = size - 1;
        while ((node & 1) == 1) {
            node >>= 1;
            last >>= 1;
        }
        byte[] earlier = start;
        byte[] now = start;
        for (byte[] sibling : proof) {
            if (last == 0) {
                return false;
            }
            if ((node & 1) == 1 || node == last) {
                earlier = ofNode(sibling, earlier);
                now = ofNode(sibling, now);
                while ((node & 1) == 0 && node != 0) {
                    node >>= 1;
                    last >>= 1;
                }
            } else {
                now = ofNode(now, sibling);
            }
            node >>= 1;
            last >>= 1;
        }
        return last == 0 && MessageDigest.isEqual(earlier, earlierRoot) && MessageDigest.isEqual(now, root);
    }
}
