package aiguillage.hub.sftp;

import aiguillage.hub.testing.Programs;
import aiguillage.hub.testing.RunningHub;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// OpenSSH's own programs, as a party runs them.
final class OpenSsh {

    private final Path folder;
    private final Programs programs;

    /// @param folder for keys, and where the program runs
    OpenSsh(Path folder) throws IOException {
        this.folder = folder;
        this.programs = new Programs(folder);
    }

    static void requireInstalled() {
        Programs.require("sftp", "ssh", "ssh-keygen");
    }

    /// Makes a key.
    ///
    /// @return its public half
    String key(String name, String type) throws Exception {
        Programs.Ran made = run(List.of("ssh-keygen", "-q", "-t", type, "-N", "", "-C", "of " + name, "-f", name));
        if (made.status() != 0) {
            throw new AssertionError(made.said());
        }
        return Files.readString(folder.resolve(name + ".pub")).strip();
    }

    /// Lets the door be known by its host key.
    void trust(RunningHub hub) throws Exception {
        Programs.Ran printed =
                run(List.of("ssh-keygen", "-y", "-f", hub.data().sftpKey().toString()));
        Files.writeString(
                folder.resolve("known"),
                "[127.0.0.1]:" + hub.sftpPort() + " " + printed.said().strip() + "\n");
    }

    /// Runs commands in `sftp`.
    Programs.Ran sftp(RunningHub hub, String party, String key, String... commands) throws Exception {
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

    Programs.Ran run(List<String> line) throws Exception {
        return programs.run(line);
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
