package aiguillage.bench.server;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/// The memory of another Java process, as its own `jcmd` and Linux tell it.
///
/// @param heap bytes in use after a full collection
/// @param resident bytes in memory, after that collection
public record Memory(long heap, long resident) {

    private static final Pattern TOTAL = Pattern.compile("(?m)^Total\\s+\\d+\\s+(\\d+)");
    private static final Pattern RESIDENT = Pattern.compile("VmRSS:\\s+(\\d+) kB");
    private static final Pattern PEAK = Pattern.compile("VmHWM:\\s+(\\d+) kB");

    /// Collects twice, since what the first one finds may be let go of only then.
    public static Memory of(long pid) throws IOException, InterruptedException {
        jcmd(pid, "GC.run");
        long heap = number(TOTAL, jcmd(pid, "GC.class_histogram"));
        return new Memory(heap, 1_024 * number(RESIDENT, status(pid)));
    }

    /// The most bytes that were ever in memory.
    public static long peak(long pid) throws IOException {
        return 1_024 * number(PEAK, status(pid));
    }

    private static String status(long pid) throws IOException {
        return Files.readString(Path.of("/proc/" + pid + "/status"));
    }

    private static long number(Pattern pattern, String text) throws IOException {
        var found = pattern.matcher(text);
        if (!found.find()) {
            throw new IOException("the memory of a process is told in another way than expected: " + text);
        }
        return Long.parseLong(found.group(1));
    }

    private static String jcmd(long pid, String command) throws IOException, InterruptedException {
        Process jcmd = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(), Long.toString(pid), command)
                .redirectErrorStream(true)
                .start();
        String said = new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (jcmd.waitFor() != 0) {
            throw new IOException("jcmd " + pid + " " + command + " failed: " + said);
        }
        return said;
    }
}
