package aiguillage.hub.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/// Programs that are not ours, run in a folder as a party runs them.
public final class Programs {

    private static final int SECONDS_MAX = 60;

    private final Path folder;

    public Programs(Path folder) throws IOException {
        this.folder = Files.createDirectories(folder);
    }

    /// Skips a test, and says why, where one of these is not installed.
    public static void require(String... tools) {
        for (String tool : tools) {
            boolean isThere = List.of(System.getenv("PATH").split(":")).stream()
                    .anyMatch(path -> Files.isExecutable(Path.of(path, tool)));
            if (!isThere) {
                System.err.println("SKIPPED: " + tool + " is not installed (Debian: apt-get install openssh-client lftp"
                        + " curl python3), so nothing is known about it.");
            }
            Assumptions.assumeTrue(isThere, tool + " is not installed: nothing is known about it");
        }
    }

    /// What a program said, and how it ended.
    public record Ran(int status, String said) {}

    public Ran run(List<String> line) throws Exception {
        Path said = Files.createTempFile(folder, "said", ".txt");
        Process process = new ProcessBuilder(line)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
        process.getOutputStream().close();
        if (!process.waitFor(SECONDS_MAX, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError(line + " does not end; so far it said: " + Files.readString(said));
        }
        return new Ran(process.exitValue(), Files.readString(said));
    }

    public Path write(String name, String content) throws IOException {
        return Files.writeString(folder.resolve(name), content);
    }

    public Path write(String name, byte[] content) throws IOException {
        return Files.write(folder.resolve(name), content);
    }

    public String read(String name) throws IOException {
        return Files.readString(folder.resolve(name));
    }

    public Path file(String name) {
        return folder.resolve(name);
    }
}
