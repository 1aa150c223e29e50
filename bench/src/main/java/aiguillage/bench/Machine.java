package aiguillage.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/// Facts of the machine that a figure means nothing without.
///
/// @param load how many processes wanted to run in the last minute: more than a little, and others spoil the
///     figures
record Machine(int processors, String chip, String fileSystem, String system, String java, String load) {

    /// @param folder where the servers keep their data
    static Machine of(Path folder) throws IOException {
        return new Machine(
                Runtime.getRuntime().availableProcessors(),
                cpu(),
                Files.getFileStore(folder).type(),
                System.getProperty("os.name") + " " + System.getProperty("os.version"),
                System.getProperty("java.vendor.version") + " " + System.getProperty("java.version"),
                firstWord(Path.of("/proc/loadavg")));
    }

    private static String cpu() throws IOException {
        Path info = Path.of("/proc/cpuinfo");
        if (!Files.exists(info)) {
            return System.getProperty("os.arch");
        }
        return Files.readAllLines(info).stream()
                .filter(line -> line.startsWith("model name"))
                .map(line -> line.substring(line.indexOf(':') + 2))
                .findFirst()
                .orElse(System.getProperty("os.arch"));
    }

    private static String firstWord(Path file) throws IOException {
        return Files.exists(file) ? Files.readString(file).split(" ", 2)[0] : "unknown";
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%d × %s, %s, %s, Java %s, load before %s",
                processors,
                chip,
                fileSystem,
                system,
                java,
                load);
    }
}
