package aiguillage.protocol.signature;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/// The signed SOAP message that a document came in, without the document's own bytes. Put together again it is
/// the message byte for byte, which any tool for WS-Security checks.
///
/// A message of AS4 is a MIME package, and says so in its first line. Of a payload that was packed when it was
/// signed the packed bytes stand here, and all of the document is left out.
public final class EnvelopeEvidence {

    /// Of what stands around the document.
    public static final int AROUND_BYTES_MAX = 128 << 10;

    /// How a package begins: its media type, in a line that is of no meaning within it (RFC 2046, 5.1.1).
    public static final String PACKAGE_LINE = "Content-Type: ";

    private static final byte VERSION = 2;
    private static final int HEAD_BYTES_MAX = 1_024;
    private static final int NUMBERS_BYTES = 1 + 4 * Integer.BYTES;

    private final byte[] before;
    private final byte[] behind;
    private final int leading;
    private final int insertedAt;
    private final int inserted;

    /// @param before what stands before the document
    /// @param behind what stands behind it
    /// @param leading how many bytes of the document, from its beginning, the message has not
    /// @param insertedAt behind how many further ones more of them stand
    /// @param inserted how many
    /// @throws IllegalArgumentException when it is too much, or a number is below zero
    public EnvelopeEvidence(byte[] before, byte[] behind, int leading, int insertedAt, int inserted) {
        if ((long) before.length + behind.length > AROUND_BYTES_MAX || leading < 0 || insertedAt < 0 || inserted < 0) {
            throw new IllegalArgumentException("around a signed document stand at most " + AROUND_BYTES_MAX
                    + " bytes, not " + ((long) before.length + behind.length));
        }
        this.before = before.clone();
        this.behind = behind.clone();
        this.leading = leading;
        this.insertedAt = insertedAt;
        this.inserted = inserted;
    }

    /// Whether these bytes are meant to be what [#encoded] wrote.
    public static boolean isOne(byte[] encoded) {
        return encoded.length > 0 && encoded[0] == VERSION;
    }

    /// The compact form on the package's page.
    public byte[] encoded() {
        return ByteBuffer.allocate(NUMBERS_BYTES + before.length + behind.length)
                .put(VERSION)
                .putInt(leading)
                .putInt(insertedAt)
                .putInt(inserted)
                .putInt(before.length)
                .put(before)
                .put(behind)
                .array();
    }

    /// Reads what [#encoded] wrote.
    ///
    /// @throws IllegalArgumentException when it is anything else
    public static EnvelopeEvidence decoded(byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        if (bytes.length < NUMBERS_BYTES || in.get() != VERSION) {
            throw new IllegalArgumentException("not a message's evidence of version " + VERSION);
        }
        int leading = in.getInt();
        int insertedAt = in.getInt();
        int inserted = in.getInt();
        int length = in.getInt();
        if (length < 0 || length > in.remaining()) {
            throw new IllegalArgumentException("the evidence is cut short");
        }
        var before = new byte[length];
        in.get(before);
        var behind = new byte[in.remaining()];
        in.get(behind);
        return new EnvelopeEvidence(before, behind, leading, insertedAt, inserted);
    }

    /// The message's media type.
    public String contentType() {
        String head = new String(before, 0, Math.min(before.length, HEAD_BYTES_MAX), StandardCharsets.ISO_8859_1);
        int end = head.indexOf('\r');
        return head.startsWith(PACKAGE_LINE) && end > 0 ? head.substring(PACKAGE_LINE.length(), end) : "text/xml";
    }

    /// How many bytes the message has.
    ///
    /// @param documentBytes how many the document has
    public long messageBytes(long documentBytes) {
        return before.length + documentBytes - leading - inserted + behind.length;
    }

    /// The message as it came.
    ///
    /// @param document closed with what is returned
    public InputStream message(InputStream document) throws IOException {
        document.skipNBytes(leading);
        byte[] head = document.readNBytes(insertedAt);
        document.skipNBytes(inserted);
        return new SequenceInputStream(Collections.enumeration(List.of(
                new ByteArrayInputStream(before),
                new ByteArrayInputStream(head),
                document,
                new ByteArrayInputStream(behind))));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof EnvelopeEvidence evidence && Arrays.equals(encoded(), evidence.encoded());
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(encoded());
    }
}
