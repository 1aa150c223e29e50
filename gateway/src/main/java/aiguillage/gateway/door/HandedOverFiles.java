package aiguillage.gateway.door;

import aiguillage.gateway.dms.FileNames;
import aiguillage.gateway.dms.Folders;
import aiguillage.protocol.Brand;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/// `/v1/inbox`: the deliveries that lie in a brand's `in` folders.
final class HandedOverFiles {

    /// One list holds at most so many; `after=` the last name gives the next.
    static final int LIST_MAX = 1_000;

    private final Folders folders;

    HandedOverFiles(Folders folders) {
        this.folders = folders;
    }

    void list(Brand brand, Exchange exchange) throws IOException {
        String after = Objects.requireNonNullElse(exchange.query("after"), "");
        TreeMap<String, Listed> first = new TreeMap<>();
        for (Path kind : kinds(brand)) {
            try (var files = Files.newDirectoryStream(kind, HandedOverFiles::isDelivery)) {
                for (Path file : files) {
                    String name = file.getFileName().toString();
                    if (name.compareTo(after) > 0) {
                        put(first, file, kind);
                    }
                    if (first.size() > LIST_MAX) {
                        first.pollLastEntry();
                    }
                }
            } catch (DirectoryIteratorException e) {
                throw e.getCause();
            }
        }
        exchange.answer(200, List.copyOf(first.values()));
    }

    private static void put(Map<String, Listed> list, Path file, Path kind) throws IOException {
        String name = file.getFileName().toString();
        try {
            list.put(name, new Listed(name, kind.getFileName().toString(), Files.size(file)));
        } catch (NoSuchFileException taken) {
            list.remove(name); // by the DMS, between the listing and now
        }
    }

    void read(Brand brand, String name, Exchange exchange) throws DoorProblem, IOException {
        exchange.answer(file(brand, name));
    }

    /// Removes a delivery and its envelope, the payload first: an envelope alone is never taken for a delivery.
    void taken(Brand brand, String name, Exchange exchange) throws DoorProblem, IOException {
        Path file = file(brand, name);
        Files.delete(file);
        Files.deleteIfExists(file.resolveSibling(name + FileNames.ENVELOPE));
        exchange.answerNothing();
    }

    private Path file(Brand brand, String name) throws DoorProblem, IOException {
        if (FileNames.safe(name).equals(name)) {
            for (Path kind : kinds(brand)) {
                Path file = kind.resolve(name);
                if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
                    return file;
                }
            }
        }
        throw DoorProblem.notFound("No delivery of this brand has this name.");
    }

    private List<Path> kinds(Brand brand) throws IOException {
        Path in = folders.in(brand);
        List<Path> kinds = new ArrayList<>();
        if (Files.isDirectory(in)) {
            try (var found = Files.newDirectoryStream(in, p -> Files.isDirectory(p, LinkOption.NOFOLLOW_LINKS))) {
                found.forEach(kinds::add);
            } catch (DirectoryIteratorException e) {
                throw e.getCause();
            }
        }
        return kinds;
    }

    private static boolean isDelivery(Path file) {
        return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
                && !file.getFileName().toString().endsWith(FileNames.ENVELOPE);
    }

    /// One delivery in the list.
    record Listed(String name, String kind, long bytes) {}
}
