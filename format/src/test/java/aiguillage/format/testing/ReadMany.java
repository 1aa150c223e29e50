package aiguillage.format.testing;

import aiguillage.format.Format;
import aiguillage.format.reading.FlatReader;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/// Reads 100,000 lines, each as a document, in whatever heap this process has. Says how many there were.
public final class ReadMany {

    private static final int LINES = 100_000;
    private static final String LINE = ";\"FILTRE; LONG\";PCE;1;1 012,30;31,5;8,43;A2;01/04/2026;\r\n";

    private ReadMany() {}

    /// @param arguments the folder of formats
    public static void main(String[] arguments) throws Exception {
        Format format = Format.read(Path.of(arguments[0]), "prices-csv");
        FlatReader reader = format.reader(new Lines(format.head().firstLine() + "\r\n"), _ -> {});
        int documents = 0;
        for (var next = reader.next(); next != null; next = reader.next()) {
            documents += format.translation().document(next.root()).length > 0 ? 1 : 0;
        }
        System.out.println(documents + " documents, " + reader.faults().count() + " faults");
    }

    /// Made as they are read.
    private static final class Lines extends InputStream {

        private byte[] line;
        private int at;
        private int made;

        Lines(String first) {
            line = first.getBytes(StandardCharsets.UTF_8);
        }

        private boolean hasMore() {
            if (at == line.length && made < LINES) {
                line = ("R" + made++ + LINE).getBytes(StandardCharsets.UTF_8);
                at = 0;
            }
            return at < line.length;
        }

        @Override
        public int read() {
            return hasMore() ? line[at++] & 0xFF : -1;
        }

        @Override
        public int read(byte[] into, int from, int most) {
            if (!hasMore()) {
                return -1;
            }
            int some = Math.min(most, line.length - at);
            System.arraycopy(line, at, into, from, some);
            at += some;
            return some;
        }
    }
}
