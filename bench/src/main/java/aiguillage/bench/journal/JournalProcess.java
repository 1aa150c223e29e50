package aiguillage.bench.journal;

import aiguillage.bench.server.Child;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;

/// Journal and file in a process of their own, in turns. Says one line per round: ours and the file's rate.
public final class JournalProcess {

    /// How many wait for their answer at any time.
    static final int CALLERS = 256;

    private final AtomicLong numbers = new AtomicLong();
    private final int payloadBytes;

    private JournalProcess(int payloadBytes) {
        this.payloadBytes = payloadBytes;
    }

    /// @param arguments an empty folder, bytes per payload, milliseconds per round, rounds, milliseconds of warm-up
    public static void main(String[] arguments) throws Exception {
        Path folder = Files.createDirectories(Path.of(arguments[0]));
        var process = new JournalProcess(Integer.parseInt(arguments[1]));
        long millis = Long.parseLong(arguments[2]);
        try (Appender journal = new JournalAppender(folder.resolve("store"));
                Appender file = new GroupCommitFile(folder.resolve("file"))) {
            process.perSecond(journal, Long.parseLong(arguments[4]));
            process.perSecond(file, Long.parseLong(arguments[4]) / 4);
            for (int round = Integer.parseInt(arguments[3]); round > 0; round--) {
                Child.say(process.perSecond(journal, millis) + " " + process.perSecond(file, millis));
            }
        }
    }

    private double perSecond(Appender appender, long millis) throws Exception {
        long begin = System.nanoTime();
        long end = begin + millis * 1_000_000;
        long done = 0;
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Long>> running = new ArrayList<>();
            for (int i = 0; i < CALLERS; i++) {
                running.add(callers.submit(() -> call(appender, end)));
            }
            for (Future<Long> caller : running) {
                done += caller.get();
            }
        }
        return done * 1e9 / (System.nanoTime() - begin);
    }

    private long call(Appender appender, long end) {
        long done = 0;
        while (System.nanoTime() - end < 0) {
            long number = numbers.incrementAndGet();
            appender.append(number, payload(number)).join();
            done++;
        }
        return done;
    }

    private byte[] payload(long number) {
        byte[] payload = new byte[payloadBytes];
        byte[] id = Long.toString(number).getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(id, 0, payload, 0, id.length);
        return payload;
    }
}
