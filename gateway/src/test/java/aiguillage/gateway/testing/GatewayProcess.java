package aiguillage.gateway.testing;

import aiguillage.config.ConfigReader;
import aiguillage.gateway.Gateway;
import aiguillage.gateway.GatewayConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;

/// A gateway in a process of its own, to be killed.
public final class GatewayProcess {

    private static final String DOOR = "door ";

    private GatewayProcess() {}

    public static void main(String[] arguments) throws Exception {
        var config = new ConfigReader().file(Path.of(arguments[0]), GatewayConfig.class);
        try (Gateway gateway = Gateway.start(config.value(), InstantSource.system())) {
            gateway.door().ifPresent(door -> System.out.println(DOOR + door.getPort()));
            CompletableFuture.anyOf(gateway.ended(), endOfInput()).get();
        }
    }

    /// When whoever started this process closes its standard input, or dies.
    private static CompletableFuture<Void> endOfInput() {
        var end = new CompletableFuture<Void>();
        Thread.ofPlatform().daemon().name("standard-input").start(() -> {
            try {
                while (System.in.read() >= 0) {}
                end.complete(null);
            } catch (IOException e) {
                end.completeExceptionally(e);
            }
        });
        return end;
    }

    /// Starts one.
    public static Process start(GatewayScene scene) throws IOException {
        return started(scene, command(scene));
    }

    /// Starts one with a class path and JVM options of its own.
    ///
    /// @param within what stands in front of the command, as `env NAME=value`
    public static Process start(List<String> within, String classPath, GatewayScene scene, String... options)
            throws IOException {
        List<String> command = new ArrayList<>(within);
        command.addAll(command(scene, classPath, options));
        return started(scene, command);
    }

    /// Starts one whose folder `disk` is a small file system of its own, which only it sees: look at it below
    /// `/proc/<pid>/root`. What the scene has in `data` is copied into `disk/data` first.
    public static Process startOnDisk(GatewayScene scene, String size) throws IOException {
        Path disk = Files.createDirectories(scene.file().resolveSibling("disk"));
        String script = "mount -t tmpfs -o size=" + size + " tmpfs '" + disk + "' && cp -rp '" + scene.data() + "' '"
                + disk + "/data' && exec \"$@\"";
        List<String> command = new ArrayList<>(List.of("unshare", "-rm", "sh", "-c", script, "sh"));
        command.addAll(command(scene));
        return started(scene, command);
    }

    /// The port of the door of the process started last.
    public static Optional<Integer> door(GatewayScene scene) throws IOException {
        return Files.readAllLines(log(scene)).stream()
                .filter(line -> line.startsWith(DOOR))
                .map(line -> Integer.valueOf(line.substring(DOOR.length())))
                .reduce((before, last) -> last);
    }

    /// The most memory the process ever had, as the kernel counts it, or empty where it does not say.
    public static OptionalLong peakBytes(Process process) throws IOException {
        Path status = Path.of("/proc/" + process.pid() + "/status");
        if (!Files.exists(status)) {
            return OptionalLong.empty();
        }
        return Files.readAllLines(status).stream()
                .filter(line -> line.startsWith("VmHWM:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) * 1024)
                .findAny();
    }

    private static Path log(GatewayScene scene) {
        return scene.data().resolve("process.log");
    }

    private static Process started(GatewayScene scene, List<String> command) throws IOException {
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log(scene).toFile()))
                .start();
    }

    private static List<String> command(GatewayScene scene) {
        return command(scene, System.getProperty("java.class.path"));
    }

    private static List<String> command(GatewayScene scene, String classPath, String... options) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx256m"));
        command.add("--enable-native-access=ALL-UNNAMED");
        command.addAll(List.of(options));
        command.addAll(List.of("-cp", classPath, GatewayProcess.class.getName()));
        command.add(scene.file().toString());
        return List.copyOf(command);
    }
}
