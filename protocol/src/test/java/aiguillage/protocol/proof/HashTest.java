package aiguillage.protocol.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class HashTest {

    private static final int LEAVES = 70;

    private final List<byte[]> leaves = leaves(LEAVES);

    static List<byte[]> leaves(int count) {
        var leaves = new ArrayList<byte[]>();
        for (int i = 0; i < count; i++) {
            leaves.add(Hash.ofLeaf(("leaf " + i).getBytes(StandardCharsets.UTF_8)));
        }
        return leaves;
    }

    @Test
    void theEmptyTreeAndTheEmptyLeafHaveTheHashesOfTheRfc() {
        // RFC 6962 and 9162: SHA-256 of nothing, and of one zero byte.
        assertThat(HexFormat.of().formatHex(Hash.ofNothing()))
                .isEqualTo("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
        assertThat(HexFormat.of().formatHex(Hash.ofLeaf(new byte[0])))
                .isEqualTo("6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d");
    }

    @Test
    void everyLeafOfEveryTreeIsProvenIncluded() {
        for (int size = 1; size <= LEAVES; size++) {
            List<byte[]> tree = leaves.subList(0, size);
            byte[] root = ReferenceTree.root(tree);
            for (int i = 0; i < size; i++) {
                assertThat(Hash.included(i, size, tree.get(i), ReferenceTree.path(i, tree), root))
                        .as("leaf %s of %s", i, size)
                        .isTrue();
            }
        }
    }

    @Test
    void aProofHoldsForNoOtherLeafSizeOrRoot() {
        for (int size = 2; size <= LEAVES; size++) {
            List<byte[]> tree = leaves.subList(0, size);
            byte[] root = ReferenceTree.root(tree);
            int i = size / 2;
            List<byte[]> path = ReferenceTree.path(i, tree);
            assertThat(Hash.included(i, size, leaves.get(i - 1), path, root)).isFalse();
            assertThat(Hash.included(i - 1, size, tree.get(i), path, root)).isFalse();
            assertThat(Hash.included(i, size, tree.get(i), path.subList(1, path.size()), root))
                    .isFalse();
            assertThat(Hash.included(i, size, tree.get(i), path, tree.get(i))).isFalse();
            assertThat(Hash.included(size, size, tree.get(i), path, root)).isFalse();
        }
    }

    @Test
    void everyTreeIsProvenConsistentWithEveryEarlierOne() {
        for (int size = 1; size <= LEAVES; size++) {
            List<byte[]> tree = leaves.subList(0, size);
            byte[] root = ReferenceTree.root(tree);
            for (int earlier = 1; earlier <= size; earlier++) {
                byte[] earlierRoot = ReferenceTree.root(tree.subList(0, earlier));
                List<byte[]> proof = ReferenceTree.consistency(earlier, tree);
                assertThat(Hash.consistent(earlier, earlierRoot, size, root, proof))
                        .as("%s in %s", earlier, size)
                        .isTrue();
                assertThat(Hash.consistent(earlier, root, size, earlierRoot, proof))
                        .as("%s in %s, exchanged", earlier, size)
                        .isEqualTo(earlier == size);
            }
        }
    }

    @Test
    void aTreeWithAnotherPastIsNotConsistent() {
        List<byte[]> forged = new ArrayList<>(leaves);
        forged.set(3, Hash.ofLeaf(new byte[] {1}));
        byte[] before = ReferenceTree.root(leaves.subList(0, 20));
        assertThat(Hash.consistent(
                        20, before, LEAVES, ReferenceTree.root(forged), ReferenceTree.consistency(20, forged)))
                .isFalse();
    }
}
