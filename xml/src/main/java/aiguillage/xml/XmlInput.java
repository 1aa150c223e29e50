package aiguillage.xml;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PushbackInputStream;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.xml.sax.InputSource;

/// The payload as the reader sees it: counted, and never closed (it belongs to the caller).
///
/// What Xerces must hold as a whole (a tag, a comment, …) has no limit of its own there, so it is set here: too
/// many bytes without a word from the reader end the reading.
public final class XmlInput extends FilterInputStream {

    /// What the reader may take in ahead of the word it last gave.
    private static final int AHEAD_BYTES_MAX = 64 * 1024;

    private long bytes;
    private long bytesAtLastEvent;

    /// @param payload not closed by this
    public XmlInput(InputStream payload) {
        super(payload);
    }

    /// Xerces recognises encodings well, but lets Java replace what is malformed in UTF-16; here it is a fault.
    public InputSource source() throws IOException {
        var ahead = new PushbackInputStream(this, 4);
        byte[] first = ahead.readNBytes(4);
        ahead.unread(first);
        return utf16(first)
                .map(charset -> new InputSource(new InputStreamReader(
                        ahead,
                        charset.newDecoder()
                                .onMalformedInput(CodingErrorAction.REPORT)
                                .onUnmappableCharacter(CodingErrorAction.REPORT))))
                .orElseGet(() -> new InputSource(ahead));
    }

    private static Optional<Charset> utf16(byte[] first) {
        if (first.length < 4) {
            return Optional.empty();
        }
        int mark = ((first[0] & 0xff) << 8) | (first[1] & 0xff);
        int second = ((first[2] & 0xff) << 8) | (first[3] & 0xff);
        return switch (mark) {
            case 0xfeff -> Optional.of(StandardCharsets.UTF_16); // reads the mark and its byte order
            case 0xfffe -> second == 0 ? Optional.empty() : Optional.of(StandardCharsets.UTF_16);
            case 0x003c -> Optional.of(StandardCharsets.UTF_16BE);
            case 0x3c00 -> second == 0 ? Optional.empty() : Optional.of(StandardCharsets.UTF_16LE);
            default -> Optional.empty();
        };
    }

    /// The reader gave a word: what it holds starts anew.
    public void event() {
        bytesAtLastEvent = bytes;
    }

    /// How many bytes were read.
    public long bytes() {
        return bytes;
    }

    @Override
    public int read() throws IOException {
        int read = super.read();
        count(read < 0 ? 0 : 1);
        return read;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        int read = super.read(into, offset, length);
        count(Math.max(read, 0));
        return read;
    }

    @Override
    public void close() {
        // The caller closes what it opened.
    }

    private void count(int more) throws MarkupTooLong {
        bytes += more;
        if (bytes - bytesAtLastEvent > XmlLimits.MARKUP_BYTES_MAX + AHEAD_BYTES_MAX) {
            throw new MarkupTooLong();
        }
    }

    /// One tag, comment, processing instruction or CDATA section exceeds [XmlLimits#MARKUP_BYTES_MAX].
    public static final class MarkupTooLong extends IOException {
        private static final long serialVersionUID = 1;
    }
}
