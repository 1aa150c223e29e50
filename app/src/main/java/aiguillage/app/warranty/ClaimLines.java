package aiguillage.app.warranty;

import aiguillage.format.Format;
import aiguillage.format.description.FormatRefused;
import aiguillage.format.reading.FlatReader;
import aiguillage.format.record.Unwritable;
import aiguillage.format.translation.Untranslatable;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// Claims as flat files, as a dealer's system of long ago writes them. Safe from any thread.
public final class ClaimLines {

    /// The format's name, and its folder.
    public static final String FORMAT = "claim-lines";

    /// Of the files.
    public static final String EXTENSION = ".flat";

    private static final List<String> FILES = List.of("format.yaml", "format.dfdl.xsd", "to.xsl", "from.xsl");

    private final Format format;

    /// @param formats with the format's folder in it
    public ClaimLines(Path formats) throws IOException {
        try {
            this.format = Format.read(formats, FORMAT);
        } catch (FormatRefused e) {
            throw new IOException("The format " + FORMAT + " in " + formats + " cannot be used: " + e.getMessage(), e);
        }
    }

    /// Writes the format's files into a folder of formats.
    public static void write(Path formats) throws IOException {
        Path folder = Files.createDirectories(formats.resolve(FORMAT));
        for (String name : FILES) {
            try (InputStream in = ClaimLines.class.getResourceAsStream("flat/" + name)) {
                if (in == null) {
                    throw new FileNotFoundException(
                            "the resource flat/" + name + " is missing beside " + ClaimLines.class);
                }
                Files.copy(in, folder.resolve(name));
            }
        }
    }

    /// A claim's XML as lines.
    public byte[] of(byte[] xml) throws IOException {
        try {
            var lines = new ByteArrayOutputStream();
            var writer = format.writer(lines);
            writer.write(format.translation().fields(new ByteArrayInputStream(xml)));
            writer.end();
            return lines.toByteArray();
        } catch (Untranslatable | Unwritable e) {
            throw new IOException("A claim could not be written as lines: " + e.getMessage(), e);
        }
    }

    /// The XML that a hub makes of lines.
    public byte[] document(byte[] lines) throws IOException {
        try {
            FlatReader.Document read =
                    format.reader(new ByteArrayInputStream(lines), _ -> {}).next();
            if (read == null) {
                throw new IOException("The lines are no claim.");
            }
            return format.translation().document(read.root());
        } catch (Untranslatable e) {
            throw new IOException("No claim could be made of lines: " + e.getMessage(), e);
        }
    }
}
