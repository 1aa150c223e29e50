package aiguillage.format;

import aiguillage.format.description.Description;
import aiguillage.format.description.FormatFile;
import aiguillage.format.description.FormatFiles;
import aiguillage.format.description.FormatRefused;
import aiguillage.format.description.Shape.Entry;
import aiguillage.format.description.Shape.Layout;
import aiguillage.format.reading.FlatReader;
import aiguillage.format.record.DaffodilCodec;
import aiguillage.format.record.EitherCodec;
import aiguillage.format.record.PlainCodec;
import aiguillage.format.record.RecordCodec;
import aiguillage.format.translation.Translation;
import aiguillage.format.writing.FlatWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A format, ready for use. Immutable, safe from any thread.
///
/// @param name of its folder
/// @param description what its files say
/// @param codec reads and writes its records
/// @param translation makes documents of fields, and fields of documents
public record Format(String name, Description description, RecordCodec codec, Translation translation) {

    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,63}");

    /// Whether formats can be called so.
    public static boolean isName(String name) {
        return NAME.matcher(name).matches();
    }

    /// Reads the format of a name from the folder of formats.
    ///
    /// @throws FormatRefused when there is none, or it cannot be used
    public static Format read(Path formats, String name) throws FormatRefused {
        if (!isName(name)) {
            throw new FormatRefused("\"" + name
                    + "\" is not the name of a format: use 1 to 64 lower-case letters, digits" + " and '-'.");
        }
        return of(name, FormatFiles.read(formats.resolve(name)));
    }

    /// Makes a format of its files ready.
    ///
    /// @throws FormatRefused when it cannot be used
    public static Format of(String name, FormatFiles files) throws FormatRefused {
        Description description = Description.of(files);
        var translation = new Translation(description.head(), files);
        return new Format(name, description, codec(description), translation);
    }

    private static RecordCodec codec(Description description) throws FormatRefused {
        List<Entry> others = description.entries().stream()
                .filter(entry -> entry.layout() instanceof Layout.Other)
                .toList();
        var plain = new PlainCodec();
        return others.isEmpty() ? plain : new EitherCodec(plain, daffodil(description, others));
    }

    /// The records of a format as Apache Daffodil reads them.
    public static DaffodilCodec daffodil(Description description, List<Entry> entries) throws FormatRefused {
        return DaffodilCodec.of(
                description.files().folder().resolve(description.head().schema()), entries);
    }

    /// Whether a document is a file of this format.
    ///
    /// @param contentType as its sender says, or null
    /// @param fileName or null
    public boolean fits(@Nullable String contentType, @Nullable String fileName) {
        String bare =
                contentType == null ? "" : contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        return head().contentType().stream().anyMatch(bare::equalsIgnoreCase)
                || (fileName != null && head().files().stream().anyMatch(pattern -> isLike(pattern, fileName)));
    }

    /// Without backtracking that a name could prolong.
    private static boolean isLike(String pattern, String name) {
        int p = 0;
        int n = 0;
        int star = -1;
        int from = 0;
        while (n < name.length()) {
            char c = p < pattern.length() ? pattern.charAt(p) : 0;
            if (c == '*') {
                star = p++;
                from = n;
            } else if (p < pattern.length() && (c == '?' || same(c, name.charAt(n)))) {
                p++;
                n++;
            } else if (star >= 0) {
                p = star + 1;
                n = ++from;
            } else {
                return false;
            }
        }
        while (p < pattern.length() && pattern.charAt(p) == '*') {
            p++;
        }
        return p == pattern.length();
    }

    private static boolean same(char a, char b) {
        return Character.toLowerCase(a) == Character.toLowerCase(b);
    }

    /// The head of its description.
    public FormatFile head() {
        return description.head();
    }

    /// What its documents are.
    public String mediaType() {
        return head().produces() == FormatFile.Produces.JSON ? "application/json" : "application/xml";
    }

    /// Reads a file.
    public FlatReader reader(InputStream file, Consumer<FlatReader.Seen> watcher) throws IOException {
        return new FlatReader(description, codec, file, watcher);
    }

    /// Writes a file.
    public FlatWriter writer(OutputStream file) {
        return new FlatWriter(description, codec, file);
    }
}
