package aiguillage.hub.testing;

import aiguillage.hub.Hub;
import aiguillage.hub.HubConfig;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.spi.ToolProvider;
import org.jspecify.annotations.Nullable;

/// A hub in a process of its own, which can be killed as a power cut would; and its main method.
public final class HubProcess implements AutoCloseable {

    private static final String READY = "ready ";

    private final Process process;
    private final BufferedReader out;
    private int mainPort;

    private HubProcess(Process process) {
        this.process = process;
        this.out = process.inputReader(StandardCharsets.UTF_8);
    }

    /// Starts a hub on a folder as [RunningHub#config] makes it; does not wait.
    ///
    /// @param options of its JVM, as `-Xmx256m`
    public static HubProcess start(Path folder, String... options) throws IOException {
        return start(System.getProperty("java.class.path"), folder, options);
    }

    /// @param classPath as [#packed] gives it, where the options name a class archive
    public static HubProcess start(String classPath, Path folder, String... options) throws IOException {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-XX:+UseSerialGC");
        command.add("-XX:TieredStopAtLevel=1");
        command.addAll(List.of(options));
        command.add("-cp");
        command.add(classPath);
        command.add(HubProcess.class.getName());
        command.add(folder.toString());
        return new HubProcess(
                new ProcessBuilder(command).redirectErrorStream(true).start());
    }

    /// This process's class path with its folders packed into jars: only of jars can a JVM archive the classes.
    public static String packed(Path into) {
        var packed = new ArrayList<String>();
        ToolProvider jar = ToolProvider.findFirst("jar").orElseThrow();
        for (String part : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            if (Files.isDirectory(Path.of(part))) {
                String file = into.resolve("part-" + packed.size() + ".jar").toString();
                if (jar.run(System.out, System.err, "cf", file, "-C", part, ".") != 0) {
                    throw new AssertionError("jar failed for " + part);
                }
                packed.add(file);
            } else {
                packed.add(part);
            }
        }
        return String.join(File.pathSeparator, packed);
    }

    /// Waits until it takes documents.
    ///
    /// @return false when it was killed before
    public boolean awaitReady() throws IOException {
        var said = new StringBuilder();
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            if (line.startsWith(READY)) {
                mainPort = Integer.parseInt(line.substring(READY.length()));
                Thread.ofVirtual().start(this::drain);
                return true;
            }
            said.append(line).append('\n');
        }
        if (!killed) {
            throw new AssertionError("the hub did not start:\n" + said);
        }
        return false;
    }

    private volatile boolean killed;

    private void drain() {
        try {
            while (out.readLine() != null) {} // so that it never waits for us
        } catch (IOException e) {
            process.destroyForcibly();
        }
    }

    public int mainPort() {
        return mainPort;
    }

    public long pid() {
        return process.pid();
    }

    /// SIGKILL.
    public void kill() throws InterruptedException {
        killed = true;
        process.destroyForcibly().waitFor();
    }

    /// Ends it in order.
    ///
    /// @return its exit code
    public int stop() throws IOException, InterruptedException {
        killed = true;
        process.getOutputStream().close();
        return process.waitFor();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    /// Runs a hub until its standard input ends.
    public static void main(String[] arguments) throws Exception {
        HubConfig config = RunningHub.config(Path.of(arguments[0]), RunningHub.FLOWS, InstantSource.system());
        try (Hub hub = Hub.start(config, InstantSource.system(), HubProcess::halt)) {
            System.out.println(READY + hub.mainPort());
            while (System.in.read() >= 0) {}
        }
    }

    private static void halt(@Nullable Throwable failure) {
        System.out.println("the hub failed: " + failure);
        Runtime.getRuntime().halt(70);
    }
}
