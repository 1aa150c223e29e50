package aiguillage.dataset.replica;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A replica in a process of its own, to be killed: it adopts, folds and forgets versions without end.
final class ReplicaProcess {

    static final int KEYS = 300;

    private static final int AHEAD = 2;
    private static final int KEPT = 12;
    private static final int BATCH_BYTES = 2_500;

    private ReplicaProcess() {}

    public static void main(String[] arguments) throws Exception {
        Path folder = Path.of(arguments[0]);
        var prices = new Prices(KEYS);
        try (Replica replica = open(folder)) {
            System.out.println("open");
            while (true) {
                List<Version> versions = replica.versions();
                long next = versions.isEmpty() ? 1 : versions.getLast().number() + 1;
                Path file = folder.resolve("received");
                Version version = prices.made(next, file);
                replica.adopt(version, file);
                System.out.println(next);
                if (replica.fold(Prices.effective(next - AHEAD)) != null) {
                    throw new AssertionError("version " + replica.base() + " is not exact");
                }
                replica.forget(Prices.effective(next - KEPT));
            }
        }
    }

    static Replica open(Path folder) throws IOException {
        return new Replica(
                RocksRowStore.open(folder.resolve("rows")), new LayerFiles(folder.resolve("layers")), BATCH_BYTES);
    }

    static Process start(Path folder) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx128m"));
        command.add("--enable-native-access=ALL-UNNAMED");
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), ReplicaProcess.class.getName()));
        command.add(folder.toString());
        Files.createDirectories(folder);
        return new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.appendTo(
                        folder.resolve("process.log").toFile()))
                .start();
    }
}
