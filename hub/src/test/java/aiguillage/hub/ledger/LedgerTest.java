package aiguillage.hub.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import aiguillage.hub.store.Changes;
import aiguillage.hub.testing.MemoryStore;
import aiguillage.protocol.proof.Hash;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LedgerTest {

    private static final int ENTRIES = 1_500;

    private final MemoryStore store = new MemoryStore();
    private final List<byte[]> leaves = new ArrayList<>();
    private Edge edge = Edge.EMPTY;

    @Test
    void everyCommitProvesEachOfItsEntriesAndTheStoreProvesThemAlikeEverAfter() {
        var random = new Random(42);
        while (leaves.size() < ENTRIES) {
            Growth growth = commit(1 + random.nextInt(random.nextInt(20) == 0 ? 400 : 9));
            var nodes = new StoredNodes(store);
            assertThat(growth.root()).isEqualTo(Proofs.root(growth.size(), nodes));
            for (long i = edge.size() - 1; i >= Math.max(0, edge.size() - 3); i--) {
                if (i >= leaves.size() - lastCommit) {
                    assertProven(i, growth.size(), growth.proof(i), growth.root());
                    assertThat(growth.proof(i)).containsExactlyElementsOf(Proofs.inclusion(i, growth.size(), nodes));
                }
            }
        }
    }

    @Test
    void theEdgeReadFromTheStoreIsTheEdgeInMemory() {
        var random = new Random(7);
        for (int i = 0; i < 200; i++) {
            commit(1 + random.nextInt(12));
            Edge read = Edge.of(Commits.size(store), new StoredNodes(store));
            assertThat(read.size()).isEqualTo(edge.size());
            assertThat(read.root()).isEqualTo(edge.root());
        }
    }

    @Test
    void everyTreeBetweenIsConsistentWithEveryLaterOne() {
        while (leaves.size() < 300) {
            commit(7);
        }
        var nodes = new StoredNodes(store);
        for (long size : new long[] {1, 2, 3, 7, 8, 100, 255, 256, 257, 300}) {
            for (long earlier = 1; earlier < size; earlier++) {
                assertThat(Hash.consistent(
                                earlier,
                                Proofs.root(earlier, nodes),
                                size,
                                Proofs.root(size, nodes),
                                Proofs.consistency(earlier, size, nodes)))
                        .as("%s in %s", earlier, size)
                        .isTrue();
            }
        }
    }

    private int lastCommit;

    private Growth commit(int entries) {
        var added = new ArrayList<byte[]>();
        for (int i = 0; i < entries; i++) {
            added.add(Hash.ofLeaf(
                    ByteBuffer.allocate(8).putLong(leaves.size() + i).array()));
        }
        leaves.addAll(added);
        lastCommit = entries;
        Growth growth = Growth.of(edge, added);
        var changes = new Changes();
        Ledger.record(edge, added, growth, changes);
        store.write(changes);
        edge = growth.edge();
        return growth;
    }

    private void assertProven(long index, long size, List<byte[]> proof, byte[] root) {
        assertThat(Hash.included(index, size, leaves.get(Math.toIntExact(index)), proof, root))
                .as("leaf %s of %s", index, size)
                .isTrue();
    }
}
