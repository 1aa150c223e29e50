package aiguillage.bench.journal;

import aiguillage.bench.server.Child;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/// Journal and bare file in a process of their own. Answers each line `journal|file <bytes> <milliseconds>` with the
/// records per second.
public final class JournalProcess {

    private JournalProcess() {}

    /// @param arguments an empty folder
    public static void main(String[] arguments) throws Exception {
        Path folder = Files.createDirectories(Path.of(arguments[0]));
        var callers = new Callers();
        var orders = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        try (Appender journal = new JournalAppender(folder.resolve("store"));
                Appender file = new GroupCommitFile(folder.resolve("file"))) {
            Child.say("ready");
            for (String line = orders.readLine(); line != null; line = orders.readLine()) {
                String[] order = line.split(" ", 3);
                Appender appender = order[0].equals("journal") ? journal : file;
                Child.say(callers.perSecond(appender, Integer.parseInt(order[1]), Long.parseLong(order[2])));
            }
        }
    }
}
