package aiguillage.bench.flat;

import aiguillage.bench.server.Child;
import aiguillage.format.Format;
import aiguillage.format.reading.FlatReader;
import aiguillage.format.translation.Untranslatable;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/// Reads one file again and again. Answers each line `copy|read|make|map <milliseconds>` with the lines per
/// second.
public final class FlatProcess {

    private static final int LINES = 100_000;

    /// Some other names, some attributes, in another order: what is asked of a line as a rule.
    private static final String STYLESHEET = """
            <xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">
              <xsl:template match="record">
                <Price family="{family}" since="{since}">
                  <Item unit="{unit}"><xsl:value-of select="reference"/></Item>
                  <Name><xsl:value-of select="text"/></Name>
                  <Amount><xsl:value-of select="price"/></Amount>
                  <Net discount="{discount}"><xsl:value-of select="net"/></Net>
                </Price>
              </xsl:template>
            </xsl:stylesheet>
            """;

    private final Path file;
    private final Path copy;
    private final Format format;
    private final Format mapped;

    private FlatProcess(Path folder) throws Exception {
        this.file = folder.resolve("prices.csv");
        this.copy = folder.resolve("copy.csv");
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            out.write(Prices.FIRST_LINE);
            for (int i = 0; i < LINES; i++) {
                out.write(Prices.line("R", i));
            }
        }
        Prices.describe(folder);
        this.format = Format.read(folder, Prices.FORMAT);
        Path into = folder.resolve(Prices.FORMAT);
        Path head = into.resolve("format.yaml");
        Files.writeString(head, Files.readString(head) + "\nto: to.xsl\n");
        Files.writeString(into.resolve("to.xsl"), STYLESHEET);
        this.mapped = Format.read(folder, Prices.FORMAT);
    }

    /// @param arguments an empty folder
    public static void main(String[] arguments) throws Exception {
        var process = new FlatProcess(Files.createDirectories(Path.of(arguments[0])));
        var orders = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        Child.say("ready");
        for (String line = orders.readLine(); line != null; line = orders.readLine()) {
            String[] order = line.split(" ", 2);
            Child.say(process.perSecond(order[0], Long.parseLong(order[1])));
        }
    }

    private double perSecond(String what, long millis) throws IOException, Untranslatable {
        long began = System.nanoTime();
        long lines = 0;
        long nanos;
        do {
            lines += switch (what) {
                case "copy" -> copied();
                case "read" -> read(format, false);
                case "make" -> read(format, true);
                case "map" -> read(mapped, true);
                default -> throw new IOException("no such order: " + what);
            };
            nanos = System.nanoTime() - began;
        } while (nanos < millis * 1_000_000);
        return lines * 1e9 / nanos;
    }

    private int copied() throws IOException {
        int lines = 0;
        try (BufferedReader in = Files.newBufferedReader(file);
                BufferedWriter out = Files.newBufferedWriter(copy)) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                out.write(line);
                out.write("\r\n");
                lines++;
            }
        }
        return lines;
    }

    private int read(Format format, boolean isMade) throws IOException, Untranslatable {
        try (InputStream in = Files.newInputStream(file)) {
            FlatReader reader = format.reader(in, _ -> {});
            for (var next = reader.next(); next != null; next = reader.next()) {
                if (isMade) {
                    format.translation().document(next.root());
                }
            }
            if (reader.faults().count() > 0 || reader.records() != LINES) {
                throw new IOException("of " + LINES + " lines " + reader.records() + " were read; "
                        + reader.faults().kept());
            }
        }
        return LINES;
    }
}
