package aiguillage.app.dataset;

import aiguillage.app.terminal.Exit;
import aiguillage.app.terminal.Failure;
import aiguillage.hub.routing.Dataset;
import java.nio.file.Path;
import java.util.Locale;

/// How a published file is written.
public enum FileFormat {
    CSV(Dataset.CSV),
    TSV(Dataset.TSV),
    JSON(Dataset.JSON_LINES),
    STAR(Dataset.XML);

    private final String mediaType;

    FileFormat(String mediaType) {
        this.mediaType = mediaType;
    }

    public String mediaType() {
        return mediaType;
    }

    /// By a file's ending.
    public static FileFormat of(Path file) {
        String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
        return switch (name.substring(name.lastIndexOf('.') + 1)) {
            case "csv" -> CSV;
            case "tsv", "tab" -> TSV;
            case "json", "jsonl", "ndjson" -> JSON;
            case "xml" -> STAR;
            default ->
                throw new Failure(
                        Exit.USAGE, "The ending of " + file + " does not say how it is written: give --format.");
        };
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
