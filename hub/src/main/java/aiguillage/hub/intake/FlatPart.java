package aiguillage.hub.intake;

import aiguillage.hub.entry.Entry;
import aiguillage.hub.entry.Payload;
import aiguillage.protocol.Digest;
import aiguillage.protocol.DocumentId;
import aiguillage.protocol.Envelope;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The envelope of a document that was made of a flat file: it says of which, so that the same file is known
/// again by its own bytes, whatever is made of it today (I2).
final class FlatPart {

    /// The digest of the flat file.
    static final String DIGEST = "flatdigest";

    /// How many bytes the flat file has.
    static final String BYTES = "flatbytes";

    /// The lines it was made of, as `2-7`.
    static final String LINES = "flatlines";

    /// The format by which it was read.
    static final String FORMAT = "flatformat";

    private static final Pattern RANGE = Pattern.compile("([0-9]{1,9})-([0-9]{1,9})");

    private FlatPart() {}

    /// Whether a document says that it was made of a flat file.
    static boolean isOne(Envelope envelope) {
        return envelope.extension(DIGEST) != null;
    }

    /// The envelope of one document of a file.
    ///
    /// @param id its own; null: the file's
    static Envelope of(
            Envelope file,
            @Nullable DocumentId id,
            Payload content,
            String format,
            String mediaType,
            int first,
            int last) {
        SortedMap<String, String> extensions = new TreeMap<>(file.extensions());
        extensions.put(DIGEST, content.digest().toString());
        extensions.put(BYTES, Long.toString(content.bytes()));
        extensions.put(LINES, first + "-" + last);
        extensions.put(FORMAT, format);
        return with(file, id == null ? file.id() : id, mediaType, extensions);
    }

    private static Envelope with(
            Envelope file, DocumentId id, @Nullable String mediaType, SortedMap<String, String> extensions) {
        return new Envelope(
                id, file.sender(), file.flow(), file.subject(), file.time(), mediaType, file.dataSchema(), extensions);
    }

    /// The name of a document of a file.
    ///
    /// @param number see [aiguillage.format.reading.FlatReader.Document]
    static DocumentId id(DocumentId file, int number) {
        return new DocumentId(file.value() + "." + number);
    }

    /// Whether a document was made of this file.
    ///
    /// @param known the document's envelope
    /// @param file the envelope with which the file comes now
    static boolean isOf(Envelope known, Envelope file, Digest content) {
        SortedMap<String, String> extensions = new TreeMap<>(file.extensions());
        for (String name : new String[] {DIGEST, BYTES, LINES, FORMAT}) {
            String value = known.extension(name);
            if (value != null) {
                extensions.put(name, value);
            }
        }
        return content.toString().equals(known.extension(DIGEST))
                && with(file, known.id(), known.contentType(), extensions)
                        .contentDigest()
                        .equals(known.contentDigest());
    }

    /// How many bytes came when a document was taken, itself or the flat file it was made of.
    static long bytes(Entry.DocumentAccepted known) {
        String bytes = known.envelope().extension(BYTES);
        return isOne(known.envelope()) && bytes != null && bytes.matches("[0-9]{1,18}")
                ? Long.parseLong(bytes)
                : known.payload().bytes();
    }

    /// The number of a document among those of a file; empty when it is not named after the file.
    static OptionalInt number(DocumentId file, DocumentId document) {
        String name = document.value();
        String number = name.startsWith(file.value() + ".")
                ? name.substring(file.value().length() + 1)
                : "";
        return number.matches("[1-9][0-9]{0,6}") ? OptionalInt.of(Integer.parseInt(number)) : OptionalInt.empty();
    }

    /// The first and the last line of a document, or its number twice where the envelope does not say.
    static int[] lines(Envelope known, int number) {
        String lines = known.extension(LINES);
        Matcher range = RANGE.matcher(lines == null ? "" : lines);
        return range.matches()
                ? new int[] {Integer.parseInt(range.group(1)), Integer.parseInt(range.group(2))}
                : new int[] {number, number};
    }
}
