package aiguillage.bench.ledger;

import aiguillage.bench.journal.JournalAppender;
import aiguillage.bench.server.Child;
import aiguillage.hub.journal.Applied;
import aiguillage.hub.yard.Outcome;
import aiguillage.protocol.proof.Receipt;
import aiguillage.protocol.proof.Statement;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;

/// A journal in a process of its own. Answers each line, a number of milliseconds, with the new entries per second,
/// how many were offered twice, and how many proofs were verified.
public final class LedgerProcess {

    /// How many wait for their proof at any time: as many as fit a commit.
    static final int CALLERS = 512;

    static final int PAYLOAD_BYTES = 200;

    /// Every so many entries one is offered again.
    private static final int AGAIN_EVERY = 64;

    /// Every so many proofs one is verified, after the round.
    private static final int VERIFIED_EVERY = 1_000;

    private final JournalAppender journal;
    private final AtomicLong numbers = new AtomicLong();

    private LedgerProcess(JournalAppender journal) {
        this.journal = journal;
    }

    /// @param arguments a folder that does not exist yet
    public static void main(String[] arguments) throws Exception {
        var orders = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        try (var journal = new JournalAppender(Path.of(arguments[0]))) {
            var ledger = new LedgerProcess(journal);
            Child.say("ready");
            for (String line = orders.readLine(); line != null; line = orders.readLine()) {
                Child.say(ledger.round(Long.parseLong(line)));
            }
        }
    }

    /// @param recorded new entries
    /// @param again entries offered twice and recorded once
    /// @param kept proofs to be verified
    private record Counted(long recorded, long again, List<Kept> kept) {}

    private record Kept(String id, byte[] receipt) {}

    private String round(long millis) throws IOException, InterruptedException {
        long begin = System.nanoTime();
        long end = begin + millis * 1_000_000;
        List<Counted> counted = new ArrayList<>();
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Counted>> running = new ArrayList<>();
            for (int i = 0; i < CALLERS; i++) {
                running.add(callers.submit(() -> call(end)));
            }
            for (Future<Counted> caller : running) {
                counted.add(caller.get());
            }
        } catch (ExecutionException e) {
            throw new IOException("an entry was not recorded: " + e.getCause(), e);
        }
        double seconds = (System.nanoTime() - begin) / 1e9;
        long recorded = counted.stream().mapToLong(Counted::recorded).sum();
        long again = counted.stream().mapToLong(Counted::again).sum();
        return recorded / seconds + " " + again + " " + verify(counted);
    }

    private Counted call(long end) {
        long recorded = 0;
        long again = 0;
        var kept = new ArrayList<Kept>();
        while (System.nanoTime() - end < 0) {
            long number = numbers.incrementAndGet();
            byte[] payload = ByteBuffer.allocate(PAYLOAD_BYTES).putLong(number).array();
            Applied applied = journal.append(number, payload).join();
            Receipt receipt = applied.receipt();
            recorded++;
            if (number % VERIFIED_EVERY == 0) {
                kept.add(new Kept("bench-" + number, receipt.toBytes()));
            }
            if (number % AGAIN_EVERY == 0) {
                requireRepeated(applied, journal.append(number, payload).join());
                again++;
            }
        }
        return new Counted(recorded, again, kept);
    }

    private static void requireRepeated(Applied first, Applied second) {
        boolean same = first.outcome() instanceof Outcome.Recorded(var position)
                && second.outcome() instanceof Outcome.Repeated(var before)
                && position.equals(before);
        if (!same) {
            throw new IllegalStateException(
                    "the same entry twice gave " + first.outcome() + " and " + second.outcome());
        }
    }

    private int verify(List<Counted> counted) throws IOException {
        int verified = 0;
        for (Counted each : counted) {
            for (Kept kept : each.kept) {
                Statement statement = Receipt.verify(kept.receipt, journal.verifier());
                if (!kept.id.equals(statement.facts().get("id"))) {
                    throw new IOException("the proof of " + kept.id + " is of another entry: " + statement);
                }
                verified++;
            }
        }
        return verified;
    }
}
