package aiguillage.app.testing;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.spi.ToolProvider;

/// A reader of the pages at a terminal: runs their commands with bash, where `aiguillage` is this build. Ends what it
/// left running when it is closed.
public final class Shell implements AutoCloseable {

    private static final long COMMAND_SECONDS_MAX = 60;

    private final Path bin;
    private final Deque<Process> running = new ArrayDeque<>();
    private Path folder;

    /// What a command printed.
    public record Said(int exit, String out, String err) {}

    /// @param folder where the commands begin; the command itself is put there, as `./aiguillage`
    public Shell(Path folder) throws IOException {
        this.folder = folder;
        this.bin = folder.toAbsolutePath();
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        Path command = bin.resolve("aiguillage");
        // The first command to end leaves an archive of its classes, with which the next ones start sooner.
        Files.writeString(command, """
                #!/bin/sh
                exec '%s' -XX:TieredStopAtLevel=1 -XX:+UseSerialGC --enable-native-access=ALL-UNNAMED \\
                    -XX:+AutoCreateSharedArchive -XX:SharedArchiveFile='%s' -Xshare:auto -Xlog:cds=off -Xlog:cds+dynamic=off \\
                    -cp '%s' aiguillage.app.Main "$@"
                """.formatted(java, bin.resolve("classes.jsa"), packedClassPath(bin)));
        Files.setPosixFilePermissions(command, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    /// The class path without tests, and with jars alone: of folders a JVM archives nothing.
    private static String packedClassPath(Path into) {
        List<String> packed = new ArrayList<>();
        for (String part : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            if (!Files.isDirectory(Path.of(part))) {
                packed.add(part);
            } else if (!part.endsWith("test-classes")) {
                String file = into.resolve("part-" + packed.size() + ".jar").toString();
                int exit = ToolProvider.findFirst("jar")
                        .orElseThrow()
                        .run(System.out, System.err, "cf", file, "-C", part, ".");
                if (exit != 0) {
                    throw new AssertionError("jar ended with " + exit + " for " + part);
                }
                packed.add(file);
            }
        }
        return String.join(File.pathSeparator, packed);
    }

    public void changeFolder(String name) {
        folder = folder.resolve(name);
    }

    /// Runs a command to its end.
    public Said run(String command) throws IOException, InterruptedException {
        Path err = Files.createTempFile(bin, "err", ".txt");
        Process process = process(command).redirectError(err.toFile()).start();
        process.getOutputStream().close();
        CompletableFuture<String> out = reading(process);
        if (!process.waitFor(COMMAND_SECONDS_MAX, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError("still running after " + COMMAND_SECONDS_MAX + " s: " + command);
        }
        return new Said(process.exitValue(), out.join(), Files.readString(err));
    }

    /// Runs a command that must succeed, and returns what it printed.
    public String must(String command) throws IOException, InterruptedException {
        Said said = run(command);
        if (said.exit() != 0) {
            throw new AssertionError(command + " ended with " + said);
        }
        return said.out();
    }

    /// Runs a command again and again until it succeeds, as a person would who waits for something to happen.
    public String soon(String command) throws IOException, InterruptedException {
        return must("until " + command + "\ndo sleep 0.1; done");
    }

    /// Runs a command in a terminal of its own, and goes on once it has printed `ready`.
    ///
    /// @return what it printed up to there
    public String leave(String command, String ready) throws IOException {
        Process process = process("exec " + command).redirectErrorStream(true).start();
        running.push(process);
        BufferedReader lines = process.inputReader();
        var printed = new StringBuilder();
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            printed.append(line).append('\n');
            if (line.contains(ready)) {
                Thread.ofVirtual().start(() -> lines.lines().forEach(more -> {}));
                return printed.toString();
            }
        }
        throw new AssertionError(command + " ended: " + printed);
    }

    private ProcessBuilder process(String command) {
        var builder = new ProcessBuilder("bash", "-o", "pipefail", "-c", command).directory(folder.toFile());
        builder.environment().merge("PATH", bin.toString(), (path, own) -> own + ":" + path);
        return builder;
    }

    private static CompletableFuture<String> reading(Process process) {
        var text = new CompletableFuture<String>();
        Thread.ofVirtual().start(() -> {
            try {
                text.complete(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
            } catch (IOException e) {
                text.completeExceptionally(e);
            }
        });
        return text;
    }

    /// Ends what was left running, the last first.
    @Override
    public void close() {
        for (Process process : running) {
            process.destroy();
            process.onExit()
                    .orTimeout(COMMAND_SECONDS_MAX, TimeUnit.SECONDS)
                    .whenComplete((ended, late) -> process.destroyForcibly())
                    .join();
        }
    }
}
