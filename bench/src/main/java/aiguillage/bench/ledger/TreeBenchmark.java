package aiguillage.bench.ledger;

import aiguillage.bench.server.Site;
import aiguillage.hub.ledger.Edge;
import aiguillage.hub.ledger.Growth;
import aiguillage.protocol.proof.Checkpoint;
import aiguillage.protocol.proof.LedgerKey;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

/// One commit of the ledger without disk: leaves hashed, the tree grown, its head signed, a proof for each entry.
/// Beside it, the hash of each entry and nothing else.
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
public class TreeBenchmark {

    static final int ENTRIES = 512;

    private static final int ENTRY_BYTES = 512;

    private final LedgerKey key = LedgerKey.generate(Site.HUB + "/ledger", new SecureRandom());
    private final byte[][] entries = entries();
    private Edge edge = new Edge(0, Map.of());

    private static byte[][] entries() {
        var entries = new byte[ENTRIES][ENTRY_BYTES];
        var random = new SecureRandom();
        for (byte[] entry : entries) {
            random.nextBytes(entry);
        }
        return entries;
    }

    /// A whole commit.
    @Benchmark
    @OperationsPerInvocation(ENTRIES)
    public void tree(Blackhole sink) throws NoSuchAlgorithmException {
        List<byte[]> leaves = new ArrayList<>(ENTRIES);
        for (byte[] entry : entries) {
            leaves.add(hash(entry));
        }
        Growth growth = Growth.of(edge, leaves);
        sink.consume(new Checkpoint(key.verifier().name(), growth.size(), growth.root()).signedBy(key));
        for (long index = edge.size(); index < growth.size(); index++) {
            sink.consume(growth.proof(index));
        }
        edge = growth.edge();
    }

    /// What cannot be spared.
    @Benchmark
    @OperationsPerInvocation(ENTRIES)
    public void hashes(Blackhole sink) throws NoSuchAlgorithmException {
        for (byte[] entry : entries) {
            sink.consume(hash(entry));
        }
    }

    private static byte[] hash(byte[] entry) throws NoSuchAlgorithmException {
        return MessageDigest.getInstance("SHA-256").digest(entry);
    }
}
