package aiguillage.hub.testing;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/// The memory of another JVM, as `jcmd` and the system tell it.
public final class Heap {

    /// One line per generation, as `Tenured    total 43712K, used 2374K [0x…`.
    private static final Pattern GENERATION = Pattern.compile("total [0-9]+K, used ([0-9]+)K");

    private static final Pattern PEAK = Pattern.compile("VmHWM:\\s+([0-9]+) kB");

    private Heap() {}

    /// The bytes in use after a full collection; the JVM uses the serial collector.
    public static long usedBytes(long pid) throws IOException, InterruptedException {
        jcmd(pid, "GC.run");
        long used = GENERATION
                .matcher(jcmd(pid, "GC.heap_info"))
                .results()
                .map(MatchResult::group)
                .map(GENERATION::matcher)
                .filter(java.util.regex.Matcher::find)
                .mapToLong(found -> Long.parseLong(found.group(1)))
                .sum();
        if (used == 0) {
            throw new AssertionError("jcmd tells the heap in another way than expected");
        }
        return used * 1_024;
    }

    /// The most memory the process ever had, whatever for; 0 where the system does not tell.
    public static long peakBytes(long pid) throws IOException {
        Path status = Path.of("/proc/" + pid + "/status");
        if (!Files.exists(status)) {
            return 0;
        }
        var found = PEAK.matcher(Files.readString(status));
        return found.find() ? Long.parseLong(found.group(1)) * 1_024 : 0;
    }

    private static String jcmd(long pid, String command) throws IOException, InterruptedException {
        Process jcmd = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                        "-J-XX:TieredStopAtLevel=1",
                        "-J-XX:+UseSerialGC",
                        Long.toString(pid),
                        command)
                .redirectErrorStream(true)
                .start();
        String said = new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (jcmd.waitFor() != 0) {
            throw new AssertionError(said);
        }
        return said;
    }
}
