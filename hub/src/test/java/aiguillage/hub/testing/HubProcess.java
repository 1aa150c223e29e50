package aiguillage.hub.testing;

import aiguillage.config.Bytes;
import aiguillage.hub.Hub;
import aiguillage.hub.HubConfig;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.spi.ToolProvider;
import org.jspecify.annotations.Nullable;

/// A hub in a process of its own, which can be killed as a power cut would; and its main method.
public final class HubProcess implements AutoCloseable {

    /// A system property of the process: the bytes it keeps free on its disk.
    public static final String RESERVE = "aiguillage.test.reserve";

    /// A system property of the process: its flows file, in place of [RunningHub#FLOWS].
    public static final String FLOWS = "aiguillage.test.flows";

    /// A system property of the process: `true` opens doors of files.
    public static final String FILES = "aiguillage.test.files";

    /// A system property of the process: `true` opens the AS4 door.
    public static final String AS4 = "aiguillage.test.as4";

    private static final String READY = "ready ";
    private static final int FAILED = 70;

    /// How long it may take to begin, on a machine that has much else to do.
    private static final Duration BEGINS_WITHIN = Duration.ofMinutes(2);

    private static final Duration ENDS_WITHIN = Duration.ofMinutes(2);

    private final Process process;
    private final Queue<String> before = new ConcurrentLinkedQueue<>();
    private final CompletableFuture<Boolean> ready = new CompletableFuture<>();
    private final CompletableFuture<String> said = new CompletableFuture<>();
    private volatile int mainPort;
    private volatile int operationsPort;
    private volatile int ftpsPort;
    private volatile boolean killed;

    private HubProcess(Process process) {
        this.process = process;
        Thread.ofPlatform().daemon().start(this::drain);
    }

    /// Starts a hub on a folder as [RunningHub#config] makes it; does not wait.
    ///
    /// @param options of its JVM, as `-Xmx256m`
    public static HubProcess start(Path folder, String... options) throws IOException {
        return start(System.getProperty("java.class.path"), folder, options);
    }

    /// @param classPath as [#packed] gives it, where the options name a class archive
    public static HubProcess start(String classPath, Path folder, String... options) throws IOException {
        return start(List.of(), classPath, folder, options);
    }

    /// @param within what stands in front of the command, as [SmallDisk#within] gives it
    public static HubProcess start(List<String> within, String classPath, Path folder, String... options)
            throws IOException {
        var command = new ArrayList<String>(within);
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
            if (!part.isEmpty() && Files.isDirectory(Path.of(part))) {
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
    public boolean awaitReady() throws IOException, InterruptedException {
        boolean isReady;
        try {
            isReady = ready.get(BEGINS_WITHIN.toSeconds(), TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new AssertionError(
                    "the hub does not get ready; its threads:\n" + threads() + "\nit said:\n"
                            + String.join("\n", before),
                    e);
        } catch (ExecutionException e) {
            throw new AssertionError(e);
        }
        if (!isReady && !killed) {
            throw new AssertionError("the hub did not start:\n" + String.join("\n", before));
        }
        return isReady;
    }

    /// Where its threads stand. Through a file: what is more than fits into a pipe would wait for us, and we for it.
    private String threads() throws IOException, InterruptedException {
        Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
        Path dump = Files.createTempFile("threads", ".txt");
        Process asked = new ProcessBuilder(jcmd.toString(), String.valueOf(process.pid()), "Thread.print")
                .redirectErrorStream(true)
                .redirectOutput(dump.toFile())
                .start();
        if (!asked.waitFor(1, TimeUnit.MINUTES)) {
            asked.destroyForcibly();
        }
        String threads = Files.readString(dump);
        Files.delete(dump);
        return threads;
    }

    /// Reads all it says, so that it never waits for us; keeps what came before it was ready, and the last line.
    private void drain() {
        String last = "";
        try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                last = line;
                if (line.startsWith(READY)) {
                    String[] ports = line.substring(READY.length()).split(" ", -1);
                    mainPort = Integer.parseInt(ports[0]);
                    operationsPort = Integer.parseInt(ports[1]);
                    ftpsPort = Integer.parseInt(ports[2]);
                    ready.complete(true);
                } else if (!ready.isDone()) {
                    before.add(line);
                }
            }
        } catch (IOException e) {
            process.destroyForcibly();
        }
        ready.complete(false);
        said.complete(last);
    }

    /// Waits until it ends by itself.
    ///
    /// @return its exit code
    public int awaitEnd(Duration patience) throws InterruptedException {
        if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new AssertionError("the hub goes on");
        }
        return process.exitValue();
    }

    /// Whether it ends by itself within this time.
    public boolean endsWithin(long time, TimeUnit unit) throws InterruptedException {
        return process.waitFor(time, unit);
    }

    /// The last line it said before its end.
    public String said() {
        return said.join();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    public int operationsPort() {
        return operationsPort;
    }

    /// 0 where doors of files are not open.
    public int ftpsPort() {
        return ftpsPort;
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
        process.destroyForcibly();
        awaitEnd(ENDS_WITHIN);
    }

    /// Ends it in order.
    ///
    /// @return its exit code
    public int stop() throws IOException, InterruptedException {
        killed = true;
        process.getOutputStream().close();
        return awaitEnd(ENDS_WITHIN);
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    /// Runs a hub until its standard input ends.
    public static void main(String[] arguments) throws Exception {
        String flows = System.getProperty(FLOWS);
        HubConfig made = RunningHub.config(
                Path.of(arguments[0]),
                flows == null ? RunningHub.FLOWS : Files.readString(Path.of(flows)),
                InstantSource.system());
        String reserve = System.getProperty(RESERVE);
        HubConfig reserving = reserve == null ? made : RunningHub.reserving(Bytes.of(reserve), made);
        HubConfig config = Boolean.getBoolean(FILES)
                ? RunningHub.speakingFiles(reserving)
                : Boolean.getBoolean(AS4) ? RunningHub.speakingAs4(reserving) : reserving;
        try (Hub hub = Hub.start(config, InstantSource.system(), HubProcess::halt)) {
            System.out.println(READY + hub.mainPort() + " " + hub.operationsPort() + " " + hub.ftpsPort());
            while (System.in.read() >= 0) {}
        }
    }

    private static void halt(@Nullable Throwable failure) {
        System.out.println("the hub failed: " + failure);
        Runtime.getRuntime().halt(FAILED);
    }
}
