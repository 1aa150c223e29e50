package aiguillage.bench.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// How many files and connections this system lets a process have open.
public final class OpenFiles {

    private static final Path LIMITS = Path.of("/proc/self/limits");
    private static final String LINE = "Max open files";

    /// Libraries, the store's files, the listeners.
    private static final int BESIDES = 500;

    private OpenFiles() {}

    /// Requires that a process may have so many connections. A Java machine raises the soft limit to the hard one by
    /// itself.
    ///
    /// @throws IOException otherwise, with what to do
    public static void require(int connections, String figure) throws IOException {
        if (!Files.exists(LIMITS)) {
            return;
        }
        String hard = Files.readAllLines(LIMITS).stream()
                .filter(line -> line.startsWith(LINE))
                .map(line -> line.substring(LINE.length()).strip().split("\\s+", 3)[1])
                .findFirst()
                .orElse("unlimited");
        int needed = connections + BESIDES;
        if (!hard.equals("unlimited") && Long.parseLong(hard) < needed) {
            throw new IOException(figure + " needs " + needed + " open files per process, this system allows " + hard
                    + ". Raise the limit in this shell with `ulimit -Hn " + needed + "` as root, or for good with "
                    + "`* hard nofile " + needed + "` in /etc/security/limits.conf and a new login; a service needs "
                    + "LimitNOFILE=" + needed + " in its unit. Or measure fewer connections, without --full.");
        }
    }
}
