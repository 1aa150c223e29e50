package aiguillage.protocol.proof;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;

/// Receipts under one head, in a zip, for somebody who is to check them without the hub:
///
/// ```
/// README.txt              how to check it
/// ledger.vkey             the hub's public key, to be compared with the one from a source that is trusted
/// checkpoint.txt          the signed head
/// receipts/17.json        the receipt of entry 17 under that head; rising, at most RECEIPTS_MAX
/// ```
///
/// @param head under which all of them are proven
/// @param receipts how many there are
public record Bundle(Checkpoint head, int receipts) {

    /// The most receipts of one bundle.
    public static final int RECEIPTS_MAX = 10_000;

    private static final int TEXT_BYTES_MAX = 65_536;
    private static final String README = "README.txt";
    private static final String KEY = "ledger.vkey";
    private static final String HEAD = "checkpoint.txt";
    private static final String FOLDER = "receipts/";
    private static final String JSON = ".json";

    /// Whether a file begins as a zip does.
    public static boolean isOne(byte[] beginning) {
        return beginning.length >= 2 && beginning[0] == 'P' && beginning[1] == 'K';
    }

    /// Checks everything, in constant memory.
    ///
    /// @param zip read to its end; not closed
    /// @param key the hub's public key, from a source you trust
    /// @param told each statement, proven
    /// @throws IllegalArgumentException when anything does not fit, or is none of a bundle; the message says what
    /// @throws IOException when it cannot be read
    public static Bundle verify(InputStream zip, LedgerKey.Public key, Consumer<Statement> told) throws IOException {
        var check = new Check(key, told);
        try {
            var in = new ZipInputStream(zip, StandardCharsets.UTF_8);
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                check.file(entry.getName(), bytes(in, entry.getName()));
            }
        } catch (ZipException e) {
            throw new IllegalArgumentException("the zip is damaged: " + e.getMessage(), e);
        }
        return check.done();
    }

    private static byte[] bytes(InputStream in, String name) throws IOException {
        byte[] bytes = in.readNBytes(TEXT_BYTES_MAX + 1);
        if (bytes.length > TEXT_BYTES_MAX) {
            throw new IllegalArgumentException(
                    "a file of a bundle has at most " + TEXT_BYTES_MAX + " bytes, " + shown(name) + " has more");
        }
        return bytes;
    }

    private static String shown(String name) {
        return "\"" + name.substring(0, Math.min(name.length(), 100)).replaceAll("[^ -~]", "?") + "\"";
    }

    /// One bundle on its way through.
    private static final class Check {

        private final LedgerKey.Public key;
        private final Consumer<Statement> told;
        private @Nullable String note;
        private @Nullable Checkpoint head;
        private int receipts;
        private long last;

        Check(LedgerKey.Public key, Consumer<Statement> told) {
            this.key = key;
            this.told = told;
        }

        void file(String name, byte[] content) {
            String text = new String(content, StandardCharsets.UTF_8);
            switch (name) {
                case README -> {} // for people
                case KEY -> {
                    if (!text.strip().equals(key.toString())) {
                        throw new IllegalArgumentException("the bundle was made with another key than yours: " + KEY
                                + " in it is not the key you trust");
                    }
                }
                case HEAD -> {
                    if (head != null) {
                        throw new IllegalArgumentException("the bundle has two heads");
                    }
                    head = Checkpoint.verified(text, key);
                    note = text;
                }
                default -> receipt(name, content);
            }
        }

        private void receipt(String name, byte[] content) {
            if (!name.startsWith(FOLDER) || !name.endsWith(JSON)) {
                throw new IllegalArgumentException(shown(name) + " is no file of a bundle");
            }
            if (++receipts > RECEIPTS_MAX) {
                throw new IllegalArgumentException("a bundle has at most " + RECEIPTS_MAX + " receipts");
            }
            Statement statement;
            try {
                statement = Receipt.verify(content, key);
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(shown(name) + ": " + e.getMessage(), e);
            }
            if (!Receipt.ofJson(content).checkpoint().equals(note)) {
                throw new IllegalArgumentException(shown(name) + " is proven under another head than " + HEAD);
            }
            long position = statement.position().value();
            if (!name.equals(FOLDER + position + JSON) || position <= last) {
                throw new IllegalArgumentException(shown(name) + " is the receipt of entry " + position
                        + ", out of its place: a file was renamed or copied");
            }
            last = position;
            told.accept(statement);
        }

        Bundle done() {
            if (head == null || receipts == 0) {
                throw new IllegalArgumentException(
                        "the zip is no bundle: it has no " + (head == null ? HEAD : "receipts"));
            }
            return new Bundle(head, receipts);
        }
    }

    /// Writes one, file after file. Not for several threads.
    public static final class Writer {

        private final ZipOutputStream zip;

        /// @param out not closed
        public Writer(OutputStream out, String readme, LedgerKey.Public key, String checkpoint) throws IOException {
            zip = new ZipOutputStream(out, StandardCharsets.UTF_8);
            add(README, readme.getBytes(StandardCharsets.UTF_8));
            add(KEY, (key + "\n").getBytes(StandardCharsets.UTF_8));
            add(HEAD, checkpoint.getBytes(StandardCharsets.UTF_8));
        }

        /// Adds a receipt under the bundle's head; positions rise.
        public void add(Receipt receipt) throws IOException {
            add(FOLDER + receipt.leaf().statement().position() + JSON, receipt.toBytes());
        }

        private void add(String name, byte[] content) throws IOException {
            zip.putNextEntry(new ZipEntry(name));
            zip.write(content);
            zip.closeEntry();
        }

        /// Ends the zip.
        public void finish() throws IOException {
            zip.finish();
        }
    }
}
