package aiguillage.app.demo;

import aiguillage.app.terminal.Exit;
import aiguillage.app.terminal.Failure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

/// One process of the demo: this same command, with a small heap and a log file of its own.
final class Child {

    private static final Duration STOP_MAX = Duration.ofSeconds(5);
    private static final Duration LOOK_EVERY = Duration.ofMillis(20);
    private static final int LOG_LINES_SHOWN = 15;

    private final String name;
    private final Path log;
    private final List<String> command;
    private Process process;

    private Child(String name, Path log, List<String> command) throws IOException {
        this.name = name;
        this.log = log;
        this.command = command;
        this.process = launched();
    }

    /// Starts `aiguillage <arguments>`.
    ///
    /// @param heapMegabytes the most it may use
    /// @param log receives all it writes
    static Child start(String name, int heapMegabytes, Path log, String... arguments) throws IOException {
        List<String> command = command(heapMegabytes, arguments);
        command.addAll(List.of(
                "--log",
                "text",
                "--parent",
                Long.toString(ProcessHandle.current().pid())));
        return new Child(name, log, List.copyOf(command));
    }

    /// What a command that ended by itself printed.
    record Ended(int exit, String out) {}

    /// Runs `aiguillage <arguments>` to its end, as somebody would who types it.
    ///
    /// @param log receives what it says beside its answer
    static Ended typed(int heapMegabytes, Path log, String... arguments) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command(heapMegabytes, arguments))
                .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
        try {
            process.getOutputStream().close();
            String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Ended(process.waitFor(), out);
        } finally {
            process.destroyForcibly();
        }
    }

    private static List<String> command(int heapMegabytes, String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-Xmx" + heapMegabytes + "m");
        command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-XX:+UseCompactObjectHeaders"));
        command.add("--enable-native-access=ALL-UNNAMED");
        String archive = System.getProperty("aiguillage.archive");
        if (archive != null) {
            command.addAll(List.of("-XX:AOTCache=" + archive, "-Xlog:aot=off", "-Xlog:cds=off"));
        }
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), "aiguillage.app.Main"));
        command.addAll(List.of(arguments));
        return command;
    }

    private Process launched() throws IOException {
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
    }

    /// Waits until something holds; fails when the process ends first, or it takes too long.
    void await(String what, Duration max, BooleanSupplier holds) throws IOException, InterruptedException {
        long end = System.nanoTime() + max.toNanos();
        while (!holds.getAsBoolean()) {
            if (!process.isAlive()) {
                throw failure("ended with " + process.exitValue() + " instead of: " + what);
            }
            if (System.nanoTime() > end) {
                throw failure("did not get there within " + max.toSeconds() + " s: " + what);
            }
            Thread.sleep(LOOK_EVERY);
        }
    }

    private Failure failure(String what) throws IOException {
        String lines = Files.readString(log).lines().toList().reversed().stream()
                .limit(LOG_LINES_SHOWN)
                .toList()
                .reversed()
                .stream()
                .collect(Collectors.joining("\n  "));
        return new Failure(Exit.INTERNAL, "The process " + name + " " + what + ". Its last words:\n  " + lines);
    }

    /// SIGKILL, as a power cut would: no goodbye, nothing flushed. Then the same command once more.
    void killAndRestart() throws IOException, InterruptedException {
        process.destroyForcibly().waitFor();
        process = launched();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /// Asks the process to stop.
    void stop() {
        process.destroy();
    }

    /// Waits for its end, and ends it when it does not.
    void end() throws InterruptedException {
        if (!process.waitFor(STOP_MAX.toMillis(), TimeUnit.MILLISECONDS)) {
            process.destroyForcibly().waitFor();
        }
    }
}
