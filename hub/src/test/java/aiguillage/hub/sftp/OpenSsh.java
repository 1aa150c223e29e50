package aiguillage.hub.sftp;

import aiguillage.hub.testing.RunningHub;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/// OpenSSH's own programs, as a party runs them.
final class OpenSsh {

    private static final int SECONDS_MAX = 60;

    private final Path folder;

    /// @param folder for keys, and where the program runs
    OpenSsh(Path folder) throws IOException {
        this.folder = Files.createDirectories(folder);
    }

    static void requireInstalled() {
        for (String tool : List.of("sftp", "ssh", "ssh-keygen")) {
            Assumptions.assumeTrue(
                    List.of(System.getenv("PATH").split(":")).stream()
                            .anyMatch(path -> Files.isExecutable(Path.of(path, tool))),
                    tool + " is not installed: nothing is known about OpenSSH");
        }
    }

    /// What a program said, and how it ended.
    record Ran(int status, String said) {}

    /// Makes a key.
    ///
    /// @return its public half
    String key(String name, String type) throws Exception {
        Ran made = run(List.of("ssh-keygen", "-q", "-t", type, "-N", "", "-C", "of " + name, "-f", name));
        if (made.status != 0) {
            throw new AssertionError(made.said);
        }
        return Files.readString(folder.resolve(name + ".pub")).strip();
    }

    /// Lets the door be known by its host key.
    void trust(RunningHub hub) throws Exception {
        Ran printed = run(List.of("ssh-keygen", "-y", "-f", hub.data().sftpKey().toString()));
        Files.writeString(folder.resolve("known"), "[127.0.0.1]:" + hub.sftpPort() + " " + printed.said.strip() + "\n");
    }

    /// Runs commands in `sftp`.
    Ran sftp(RunningHub hub, String party, String key, String... commands) throws Exception {
        Path batch = Files.write(folder.resolve("batch"), List.of(commands));
        var line = new ArrayList<>(List.of("sftp", "-b", batch.toString()));
        line.addAll(options(key));
        line.addAll(List.of("-P", String.valueOf(hub.sftpPort()), party + "@127.0.0.1"));
        return run(line);
    }

    /// The options that keep whatever else this machine has out of it.
    List<String> options(String key) {
        return List.of(
                "-F", "none",
                "-i", folder.resolve(key).toString(),
                "-o", "IdentitiesOnly=yes",
                "-o", "IdentityAgent=none",
                "-o", "BatchMode=yes",
                "-o", "StrictHostKeyChecking=yes",
                "-o", "GlobalKnownHostsFile=none",
                "-o", "UserKnownHostsFile=" + folder.resolve("known"));
    }

    Ran run(List<String> line) throws Exception {
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

    Path write(String name, String content) throws IOException {
        return Files.writeString(folder.resolve(name), content);
    }

    Path write(String name, byte[] content) throws IOException {
        return Files.write(folder.resolve(name), content);
    }

    String read(String name) throws IOException {
        return Files.readString(folder.resolve(name));
    }

    Path file(String name) {
        return folder.resolve(name);
    }
}
