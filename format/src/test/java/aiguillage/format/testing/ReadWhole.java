package aiguillage.format.testing;

import aiguillage.format.Format;
import aiguillage.format.reading.FlatReader;
import aiguillage.format.translation.Untranslatable;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Enumeration;
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
        FlatReader reader = format.reader(order(lines), _ -> {});
        int documents = 0;
        for (var next = reader.next(); next != null; next = reader.next()) {
            try {
                documents += format.translation().document(next.root()).length > 0 ? 1 : 0;
            } catch (Untranslatable e) {
                return "untranslatable: " + e.getMessage();
            }
        }
        return documents + " documents"
                + reader.faults().kept().stream()
                        .findFirst()
                        .map(fault -> ", " + fault)
                        .orElse("");
    }

    /// Made as it is read.
    @SuppressWarnings("JdkObsolete") // what SequenceInputStream takes
    private static InputStream order(int lines) {
        return new SequenceInputStream(new Enumeration<>() {
            private int at = -1;

            @Override
            public boolean hasMoreElements() {
                return at <= lines;
            }

            @Override
            public InputStream nextElement() {
                int line = at++;
                String text = switch (line) {
                    case -1 ->
                        "00D04711  OEMORION2026032008150000000954GARAGE" + " ".repeat(34) + "\r\n"
                                + "10PO1            S20260323D0471102" + " ".repeat(46);
                    default ->
                        line < lines
                                ? "20%05d7701208174     00000010000000100FILTRE%sEUR        "
                                        .formatted(line % 100_000, " ".repeat(24))
                                : "90%06d%010d00".formatted(lines, lines) + " ".repeat(60);
                };
                return new ByteArrayInputStream((text + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
            }
        });
    }
}
