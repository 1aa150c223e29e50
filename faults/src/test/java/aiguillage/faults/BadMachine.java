package aiguillage.faults;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// What one process sees as its disk and clock: `src/test/c/bad_machine.c` preloaded, and told what to do through a
/// shared page.
final class BadMachine {

    private static final Path SOURCE = Path.of("src/test/c/bad_machine.c");
    private static final int PAGE = 4_096;
    private static final int CLOCK = 0;
    private static final int FAILING = 8;
    private static final int SLOW = 16;
    private static final int SYNCS = 24;
    private static final int FAILED = 32;
    private static final int LOG_BYTES = 40;
    private static final int LOG_PATH = 64;

    private final List<String> within;
    private final ByteBuffer orders;

    private BadMachine(List<String> within, ByteBuffer orders) {
        this.within = within;
        this.orders = orders;
    }

    /// Builds the library.
    ///
    /// @return empty where there is no C compiler, or no Linux
    static Optional<Path> library(Path folder) throws IOException, InterruptedException {
        Path library = folder.resolve("bad_machine.so");
        try {
            Process cc = new ProcessBuilder(
                            "cc", "-shared", "-fPIC", "-O2", "-o", library.toString(), SOURCE.toString(), "-ldl")
                    .redirectErrorStream(true)
                    .start();
            String said = new String(cc.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (cc.waitFor() == 0) {
                return Optional.of(library);
            }
            System.out.println(
                    "The C compiler refuses " + SOURCE + ", faults of disk and clock are left out:\n" + said);
        } catch (IOException e) {
            System.out.println("There is no C compiler (cc); faults of disk and clock are left out.");
        }
        return Optional.empty();
    }

    /// A machine that does nothing bad yet. Where there is no library, it never will.
    static BadMachine of(Optional<Path> library, Path orders) throws IOException {
        if (library.isEmpty()) {
            return new BadMachine(List.of(), ByteBuffer.allocate(PAGE));
        }
        Files.write(orders, new byte[PAGE]);
        try (FileChannel open = FileChannel.open(orders, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            MappedByteBuffer page = open.map(FileChannel.MapMode.READ_WRITE, 0, PAGE);
            page.order(ByteOrder.nativeOrder());
            return new BadMachine(
                    List.of("env", "LD_PRELOAD=" + library.get(), "BAD_MACHINE=" + orders.toAbsolutePath()), page);
        }
    }

    boolean isReal() {
        return !within.isEmpty();
    }

    /// What stands in front of the process's command.
    List<String> within() {
        return within;
    }

    void clockIsOff(Duration by) {
        orders.putLong(CLOCK, by.toNanos());
    }

    /// @param syncs how many fail; negative means all from now on
    void syncsFail(long syncs) {
        orders.putLong(FAILING, syncs);
    }

    void syncsTake(Duration more) {
        orders.putLong(SLOW, more.toNanos() / 1_000);
    }

    long syncs() {
        return orders.getLong(SYNCS);
    }

    long failedSyncs() {
        return orders.getLong(FAILED);
    }

    /// Does to the newest log what the disk may do after a failed sync: all that no sync made durable is gone.
    ///
    /// @return the bytes that went
    long loseWhatWasNotSynced() {
        var path = new byte[1_024];
        orders.get(LOG_PATH, path);
        int length = 0;
        while (path[length] != 0) {
            length++;
        }
        Path log = Path.of(new String(path, 0, length, StandardCharsets.UTF_8));
        try (FileChannel open = FileChannel.open(log, StandardOpenOption.WRITE)) {
            long before = open.size();
            open.truncate(orders.getLong(LOG_BYTES));
            return before - open.size();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
