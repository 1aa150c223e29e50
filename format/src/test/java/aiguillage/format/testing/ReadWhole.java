package aiguillage.format.testing;

import aiguillage.format.Format;
import aiguillage.format.reading.FlatReader;
import aiguillage.format.translation.Untranslatable;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// Reads files that are one document each, two at a time as a hub does, in whatever heap this process has. Says of
/// each how many documents there were, and the first fault.
public final class ReadWhole {

    private ReadWhole() {}

    /// @param arguments the folder of formats, then how many lines each file has
    public static void main(String[] arguments) throws Exception {
        Format format = Format.read(Path.of(arguments[0]), "parts-order-fixed");
        List<Callable<String>> files = List.of(arguments).subList(1, arguments.length).stream()
                .<Callable<String>>map(lines -> () -> read(format, Integer.parseInt(lines)))
                .toList();
        try (var both = Executors.newFixedThreadPool(2)) {
            for (Future<String> one : both.invokeAll(files)) {
                System.out.println(one.get());
            }
        }
    }

    private static String read(Format format, int lines) throws IOException {
        Path file = order(lines);
        try (InputStream in = Files.newInputStream(file)) {
            FlatReader reader = format.reader(in, _ -> {});
            int documents = 0;
            for (var next = reader.next(); next != null; next = reader.next()) {
                documents += format.translation().document(next.root()).length > 0 ? 1 : 0;
            }
            String first = reader.faults().kept().stream()
                    .findFirst()
                    .map(fault -> ", " + fault)
                    .orElse("");
            return documents + " documents" + first;
        } catch (Untranslatable e) {
            return "untranslatable: " + e.getMessage();
        } finally {
            Files.delete(file);
        }
    }

    private static Path order(int lines) throws IOException {
        Path file = Files.createTempFile("order", ".txt");
        try (BufferedWriter out = Files.newBufferedWriter(file, StandardCharsets.ISO_8859_1)) {
            out.write("00D04711  OEMORION2026032008150000000954GARAGE" + " ".repeat(34) + "\r\n");
            out.write("10PO1            S20260323D0471102" + " ".repeat(46) + "\r\n");
            for (int line = 0; line < lines; line++) {
                out.write("20%05d7701208174     00000010000000100FILTRE".formatted(line % 100_000));
                out.write(" ".repeat(24) + "EUR        \r\n");
            }
            out.write("90%06d%010d00".formatted(lines, lines) + " ".repeat(60) + "\r\n");
        }
        return file;
    }
}
