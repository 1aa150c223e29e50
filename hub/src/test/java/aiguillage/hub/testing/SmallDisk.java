package aiguillage.hub.testing;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;

/// A file system of its own, so small that a test can fill it: a tmpfs in a user and mount namespace, which needs no
/// root. Only processes started behind [#within] see it in its place; this process reaches it by [#outside].
public final class SmallDisk implements AutoCloseable {

    private static final int CHUNK_BYTES = 1 << 20;

    private final Process holder;
    private final Path folder;

    private SmallDisk(Process holder, Path folder) {
        this.holder = holder;
        this.folder = folder;
    }

    /// Mounts one over an empty folder.
    ///
    /// @param size as `300m`
    /// @return empty where the system does not let this user do so
    public static Optional<SmallDisk> mount(Path folder, String size) throws IOException, InterruptedException {
        String script = "mount -t tmpfs -o size=\"$1\" tmpfs \"$2\" && echo mounted && exec cat";
        Process holder;
        try {
            holder = new ProcessBuilder("unshare", "-rm", "sh", "-c", script, "sh", size, folder.toString())
                    .redirectErrorStream(true)
                    .start();
        } catch (IOException e) {
            return Optional.empty(); // there is no unshare
        }
        String said = holder.inputReader(StandardCharsets.UTF_8).readLine();
        if ("mounted".equals(said)) {
            return Optional.of(new SmallDisk(holder, folder));
        }
        holder.destroyForcibly().waitFor();
        return Optional.empty();
    }

    /// What stands in front of a command that is to see the disk.
    public List<String> within() {
        return List.of("nsenter", "-t", Long.toString(holder.pid()), "-U", "-m", "--preserve-credentials", "--");
    }

    /// The path by which this process reaches a file on the disk.
    public Path outside(String name) {
        return Path.of("/proc/" + holder.pid() + "/root" + folder.toAbsolutePath())
                .resolve(name);
    }

    /// Takes all room but this.
    public void fill(long leftBytes) throws IOException {
        try (OutputStream ballast =
                Files.newOutputStream(ballast(), StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            var chunk = new byte[CHUNK_BYTES];
            for (int size = CHUNK_BYTES; size > 0; ) {
                try {
                    ballast.write(chunk, 0, size);
                } catch (IOException full) {
                    size /= 2;
                }
            }
        }
        try (FileChannel open = FileChannel.open(ballast(), StandardOpenOption.WRITE)) {
            open.truncate(Math.max(0, open.size() - leftBytes));
        }
    }

    /// Gives the room back.
    public void empty() throws IOException {
        Files.delete(ballast());
    }

    private Path ballast() {
        return outside("ballast");
    }

    @Override
    public void close() {
        holder.destroyForcibly();
    }
}
