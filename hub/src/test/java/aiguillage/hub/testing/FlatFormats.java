package aiguillage.hub.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// The formats that come along, in a hub's folder, and files in them.
public final class FlatFormats {

    public static final String FIRST_LINE =
            "Référence;Désignation;Unité;Conditionnement;Prix public HT;Remise %;Prix net HT;Code famille;Date effet;Remplace\r\n";

    private FlatFormats() {}

    /// Copies a format into the folder of a hub that is about to start.
    public static Path copy(Path hub, String name) throws IOException {
        Path into = Files.createDirectories(hub.resolve("formats").resolve(name));
        try (Stream<Path> files = Files.list(Path.of("..", "formats", name))) {
            for (Path file : files.toList()) {
                Files.copy(file, into.resolve(file.getFileName()));
            }
        }
        return into;
    }

    /// A price, as a line.
    public static String price(String reference) {
        return reference + ";\"FILTRE; LONG\";PCE;1;1 012,30;31,5;8,43;A2;01/04/2026;\r\n";
    }

    /// A price list.
    public static String prices(List<String> lines) {
        return FIRST_LINE + String.join("", lines);
    }
}
