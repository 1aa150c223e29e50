package aiguillage.hub.dataset;

import aiguillage.dataset.publish.Report;
import aiguillage.protocol.DatasetName;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/// Why publications were held or refused, with their offending lines: for those who may publish, for 30 days. Safe
/// from any thread.
final class Reports {

    static final Duration KEPT_FOR = Duration.ofDays(30);

    private static final int ID_BYTES = 16;
    private static final Pattern ID = Pattern.compile("[0-9a-f]{32}");

    private final Path folder;
    private final RandomGenerator random;

    Reports(Path folder, RandomGenerator random) throws IOException {
        this.folder = Files.createDirectories(folder);
        this.random = random;
    }

    /// Keeps a report and its offending lines.
    ///
    /// @return the report's id
    String keep(DatasetName dataset, Report report) throws IOException {
        var bytes = new byte[ID_BYTES];
        random.nextBytes(bytes);
        String id = HexFormat.of().formatHex(bytes);
        if (Files.exists(report.offending())) {
            Files.move(report.offending(), file(dataset, id, ".tsv"), StandardCopyOption.ATOMIC_MOVE);
        }
        Files.writeString(file(dataset, id, ".txt"), text(report));
        return id;
    }

    /// For people; without the name of a file that only this machine has.
    static String text(Report report) {
        String text = report.text();
        int files = text.lastIndexOf("\nAll of it, with the lines:");
        return files < 0 ? text : text.substring(0, files);
    }

    private Path file(DatasetName dataset, String id, String kind) {
        return folder.resolve(dataset.brand() + "." + dataset.name() + "." + id + kind);
    }

    /// A report's text.
    Optional<byte[]> text(DatasetName dataset, String id) throws IOException {
        Optional<Path> file = found(dataset, id, ".txt");
        return file.isPresent() ? Optional.of(Files.readAllBytes(file.get())) : Optional.empty();
    }

    /// The file of its offending lines, which may not be there.
    Optional<Path> lines(DatasetName dataset, String id) {
        return found(dataset, id, ".tsv");
    }

    private Optional<Path> found(DatasetName dataset, String id, String kind) {
        return Optional.of(id)
                .filter(text -> ID.matcher(text).matches())
                .map(text -> file(dataset, text, kind))
                .filter(Files::exists);
    }

    /// Removes what was kept long enough.
    void sweep(Instant now) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                if (Files.getLastModifiedTime(file).toInstant().plus(KEPT_FOR).isBefore(now)) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }
}
