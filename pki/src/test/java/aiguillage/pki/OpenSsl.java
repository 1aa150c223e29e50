package aiguillage.pki;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// The openssl command as a judge who has not read our code. Tests that need it are skipped where it is not
/// installed.
public final class OpenSsl {

    private static final long SECONDS_MAX = 30;

    private final Path folder;

    /// @param folder where relative file names are resolved
    public OpenSsl(Path folder) throws IOException, InterruptedException {
        this.folder = folder;
        assumeTrue(isInstalled(), "openssl is not installed");
    }

    private static boolean isInstalled() throws InterruptedException {
        try {
            return new ProcessBuilder("openssl", "version").start().waitFor() == 0;
        } catch (IOException e) {
            return false;
        }
    }

    /// Runs a command that must succeed; its output and errors.
    public String run(String... arguments) throws IOException, InterruptedException {
        Result result = tried(arguments);
        assertThat(result.exitCode()).as(result.output()).isZero();
        return result.output();
    }

    /// Runs a command that may fail.
    public Result tried(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("openssl"));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(SECONDS_MAX, TimeUnit.SECONDS)).isTrue();
        return new Result(process.exitValue(), output);
    }

    public record Result(int exitCode, String output) {}
}
