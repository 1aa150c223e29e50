package aiguillage.format.testing;

import aiguillage.format.Format;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Formats for tests: the first description of the formats that come along, with other records.
public final class Schema {

    private static final String HEAD;

    static {
        try {
            String whole = Files.readString(Path.of("..", "formats", "prices-csv", "format.dfdl.xsd"));
            HEAD = whole.substring(0, whole.indexOf("</xs:annotation>") + "</xs:annotation>".length());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private Schema() {}

    /// A schema whose root `file` has many records `record`, of these fields.
    public static String lines(String separator, String fields) {
        return HEAD + """

                <xs:element name="file"><xs:complexType><xs:sequence>
                  <xs:element ref="record" minOccurs="0" maxOccurs="unbounded"/>
                </xs:sequence></xs:complexType></xs:element>
                <xs:element name="record" dfdl:terminator="%%NL;"><xs:complexType>
                  <xs:sequence dfdl:separator="%s">%s</xs:sequence>
                </xs:complexType></xs:element>
                </xs:schema>
                """.formatted(separator, fields);
    }

    /// Writes a format and reads it.
    ///
    /// @param head behind what every head has
    public static Format format(Path folder, String schema, String head) throws Exception {
        Path into = Files.createDirectories(folder.resolve("f"));
        Files.writeString(into.resolve("format.dfdl.xsd"), schema);
        Files.writeString(
                into.resolve("format.yaml"), "text: Test\nfiles: \"*\"\nroot: file\ndocument: record\n" + head);
        return Format.read(folder, "f");
    }
}
