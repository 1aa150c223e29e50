package aiguillage.conformance.ground;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/// The flat format of the kit's flows and of `dealer-f`: what a hub reads `*.flat` by (formats.md).
public record FlatFormat() {

    /// As the table names it, and its folder.
    public static final String NAME = "conformance-flat";

    private static final List<String> FILES = List.of("format.yaml", "format.dfdl.xsd", "to.xsl", "from.xsl");

    /// Writes it into a hub's folder of formats, replacing what was there.
    public void write(Path formats) throws IOException {
        Path folder = Files.createDirectories(formats.resolve(NAME));
        for (String file : FILES) {
            try (InputStream content = FlatFormat.class.getResourceAsStream("flat/" + file)) {
                if (content == null) {
                    throw new FileNotFoundException("the kit lacks its own file flat/" + file);
                }
                Files.copy(content, folder.resolve(file), StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }
}
