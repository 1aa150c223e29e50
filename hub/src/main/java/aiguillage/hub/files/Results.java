package aiguillage.hub.files;

import aiguillage.protocol.FlowName;
import aiguillage.protocol.PartyId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// What became of files that were put, for their senders to fetch: `done` and `refused`. Safe from any thread.
final class Results {

    /// The newest of a folder that are kept.
    static final int FILES_MAX = 1_000;

    static final Duration KEPT_FOR = Duration.ofDays(14);

    private final Path folder;

    Results(Path folder) {
        this.folder = folder;
    }

    private Path folder(PartyId party, String branch, FlowName flow) {
        return Kept.folder(folder.resolve(party.value()).resolve(branch), flow);
    }

    private Path file(PartyId party, String branch, FlowName flow, String name) {
        return Kept.file(folder(party, branch, flow), name);
    }

    List<Node> list(PartyId party, String branch, FlowName flow) throws IOException {
        return Kept.nodes(folder(party, branch, flow));
    }

    Optional<Node> find(PartyId party, String branch, FlowName flow, String name) throws IOException {
        return Kept.node(file(party, branch, flow, name));
    }

    /// The whole content; it was made by the hub, and is short.
    byte[] read(PartyId party, String branch, FlowName flow, String name) throws IOException {
        try {
            return Files.readAllBytes(file(party, branch, flow, name));
        } catch (NoSuchFileException e) {
            throw FileRefused.notThere(name);
        }
    }

    /// Puts one there in the place of an earlier one of its name.
    synchronized void write(PartyId party, String branch, FlowName flow, String name, byte[] content)
            throws IOException {
        Path into = Files.createDirectories(folder(party, branch, flow));
        List<Path> there = new ArrayList<>(Kept.files(into));
        if (there.size() >= FILES_MAX) {
            there.sort(Comparator.comparing(Results::modified));
            for (Path oldest : there.subList(0, there.size() - FILES_MAX + 1)) {
                Files.deleteIfExists(oldest);
            }
        }
        Path unfinished = Files.write(into.resolve("unfinished.new"), content);
        Files.move(unfinished, Kept.file(into, name), StandardCopyOption.ATOMIC_MOVE);
    }

    private static Instant modified(Path file) {
        try {
            return Files.getLastModifiedTime(file).toInstant();
        } catch (IOException gone) {
            return Instant.EPOCH; // its party removed it meanwhile
        }
    }

    boolean remove(PartyId party, String branch, FlowName flow, String name) throws IOException {
        return Files.deleteIfExists(file(party, branch, flow, name));
    }

    /// Removes what has been there long enough; to be called once in a while.
    void sweep(Instant now) throws IOException {
        Instant before = now.minus(KEPT_FOR);
        for (Path file : all(folder)) {
            if (modified(file).isBefore(before)) {
                Files.deleteIfExists(file);
            }
        }
    }

    /// Every file below a folder.
    static List<Path> all(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return List.of();
        }
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile).toList();
        }
    }
}
