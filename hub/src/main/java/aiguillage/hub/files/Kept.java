package aiguillage.hub.files;

import aiguillage.protocol.FlowName;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/// Files by the names that parties gave them, in folders of ours. A name from outside never becomes a name on
/// the disk: that is its base64url, which has neither dots nor slashes.
final class Kept {

    /// The most files of one folder that are looked at.
    private static final int LOOKED_AT_MAX = 10_000;

    private Kept() {}

    static Path folder(Path above, FlowName flow) {
        return above.resolve(flow.brand().value()).resolve(flow.kind());
    }

    static Path file(Path folder, String name) {
        return folder.resolve(
                Base64.getUrlEncoder().withoutPadding().encodeToString(name.getBytes(StandardCharsets.UTF_8)));
    }

    /// The name that a file was given.
    static String name(Path file) {
        return new String(Base64.getUrlDecoder().decode(String.valueOf(file.getFileName())), StandardCharsets.UTF_8);
    }

    /// Every file in a folder; none when there is no such folder.
    static List<Path> files(Path folder) throws IOException {
        var found = new ArrayList<Path>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(
                folder, file -> file.toString().indexOf('.', folder.toString().length()) < 0)) {
            for (Path file : files) {
                if (found.size() < LOOKED_AT_MAX) {
                    found.add(file);
                }
            }
        } catch (NoSuchFileException none) {
            return List.of();
        }
        return found;
    }

    /// Every file below a folder; one that goes meanwhile may be among them, or not.
    static List<Path> all(Path folder) throws IOException {
        var found = new ArrayList<Path>();
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                if (attributes.isRegularFile()) {
                    found.add(file);
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException why) throws IOException {
                if (why instanceof NoSuchFileException) {
                    return FileVisitResult.CONTINUE;
                }
                throw why;
            }
        });
        return found;
    }

    static List<Node> nodes(Path folder) throws IOException {
        var nodes = new ArrayList<Node>();
        for (Path file : files(folder)) {
            node(file).ifPresent(nodes::add);
        }
        return nodes;
    }

    /// As it is now; empty when it is not there, or not any more.
    static Optional<Node> node(Path file) throws IOException {
        try {
            return Optional.of(new Node(
                    name(file),
                    false,
                    Files.size(file),
                    Files.getLastModifiedTime(file).toInstant()));
        } catch (NoSuchFileException gone) {
            return Optional.empty();
        }
    }
}
