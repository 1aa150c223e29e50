package aiguillage.simulation.disk;

import aiguillage.protocol.Digest;
import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Feature;
import com.google.common.jimfs.Jimfs;
import com.google.common.jimfs.PathType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystem;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;

/// The file system of one gateway's computer, over all its lives: what programs see, what is durable, and what was
/// done since. Bytes are durable when they were forced; a name when its folder was. Renames are whole, as journaling
/// file systems make them. Folders themselves are durable at once.
///
/// What a replica writes past [aiguillage.gateway.disk.Disk] is durable at once too: it forces each layer and its name
/// itself.
public final class GatewayFiles {

    private final FileSystem fileSystem;
    private final InstantSource trueTime;
    private final Map<String, Content> durable = new TreeMap<>();
    private final List<Done> undurable = new ArrayList<>();

    private static final class Content {

        private final byte[] bytes;
        private final long modifiedMillis;
        private @Nullable String digest;

        Content(byte[] bytes, long modifiedMillis) {
            this.bytes = bytes;
            this.modifiedMillis = modifiedMillis;
        }

        String digest() {
            if (digest == null) {
                digest = Digest.of(bytes).toString();
            }
            return digest;
        }
    }

    /// A file came (`from` is null), went (`to` is null), or was renamed.
    private record Done(
            @Nullable String from,
            @Nullable String to,
            @Nullable Content content) {

        boolean isIn(String folder) {
            return isIn(from, folder) || isIn(to, folder);
        }

        private static boolean isIn(@Nullable String name, String folder) {
            return name != null && name.substring(0, name.lastIndexOf('/')).equals(folder);
        }
    }

    public GatewayFiles(InstantSource trueTime) {
        this.trueTime = trueTime;
        this.fileSystem = Jimfs.newFileSystem(Configuration.builder(PathType.unix())
                .setRoots("/")
                .setWorkingDirectory("/")
                .setAttributeViews("basic")
                .setSupportedFeatures(Feature.SECURE_DIRECTORY_STREAM, Feature.FILE_CHANNEL)
                .build());
    }

    public Path path(String name) {
        return fileSystem.getPath(name);
    }

    /// A file has these bytes now, forced or, while they are being written, not.
    public void written(Path file, byte[] bytes) throws IOException {
        Files.write(file, bytes);
        long now = trueTime.millis();
        Files.setLastModifiedTime(file, FileTime.fromMillis(now));
        String name = file.toString();
        if (!undurable.isEmpty()) {
            Done last = undurable.getLast();
            if (last.from == null && name.equals(last.to)) {
                undurable.removeLast(); // the same write, further on
            }
        }
        undurable.add(new Done(null, name, new Content(bytes, now)));
    }

    public void moved(Path from, Path to) throws IOException {
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        undurable.add(new Done(from.toString(), to.toString(), null));
    }

    public void deleted(Path file) throws IOException {
        if (Files.deleteIfExists(file)) {
            undurable.add(new Done(file.toString(), null, null));
        }
    }

    /// Makes the names of a folder durable, and whatever was done before: a journal has one order.
    public void forced(Path folder) {
        int upTo = undurable.size();
        while (upTo > 0 && !undurable.get(upTo - 1).isIn(folder.toString())) {
            upTo--;
        }
        List<Done> forced = undurable.subList(0, upTo);
        forced.forEach(this::makeDurable);
        forced.clear();
    }

    private void makeDurable(Done done) {
        if (done.content != null && done.to != null) {
            durable.put(done.to, done.content);
            return;
        }
        Content content = done.from == null ? null : durable.remove(done.from);
        if (done.to != null && content != null) {
            durable.put(done.to, content);
        }
    }

    /// Whether a file with these bytes would be there after a loss of power.
    public boolean isDurable(String digest) {
        return durable.values().stream().anyMatch(file -> file.digest().equals(digest));
    }

    /// Power is lost. What was not forced is there up to some moment: file systems with a journal keep the order of
    /// names.
    ///
    /// @param upTo drawn between 0 and its argument, both within
    public void powerLost(IntUnaryOperator upTo) {
        undurable.subList(0, upTo.applyAsInt(undurable.size())).forEach(this::makeDurable);
        undurable.clear();
        try {
            showDurable();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isReplicas(Path file) {
        String folder = String.valueOf(file.getParent());
        return folder.startsWith("/data/datasets/") && (folder.endsWith("/stack") || folder.endsWith("/rows"));
    }

    private void showDurable() throws IOException {
        Files.walkFileTree(path("/"), new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                if (!isReplicas(file)) {
                    Files.delete(file);
                }
                return FileVisitResult.CONTINUE;
            }
        });
        for (Map.Entry<String, Content> file : durable.entrySet()) {
            Path path = path(file.getKey());
            Files.createDirectories(path.getParent());
            Files.write(path, file.getValue().bytes);
            Files.setLastModifiedTime(path, FileTime.fromMillis(file.getValue().modifiedMillis));
        }
    }
}
