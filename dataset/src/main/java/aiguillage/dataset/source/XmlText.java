package aiguillage.dataset.source;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Decodes an XML document as it says itself (XML 1.0, 4.3.3). The platform's parser could do so, but writes to
/// the standard error when bytes are not what they should be.
final class XmlText {

    private static final int DECLARATION_BYTES_MAX = 256;
    private static final String BYTE_ORDER_MARK = "\u00ef\u00bb\u00bf"; // UTF-8's, read as ISO-8859-1
    private static final Pattern ENCODING =
            Pattern.compile("^<\\?xml\\s[^>]*?encoding\\s*=\\s*[\"']([A-Za-z0-9._-]+)[\"']");

    private XmlText() {}

    /// @throws BadLine when the document is in an encoding that nobody knows here
    static Reader of(InputStream in) throws IOException {
        var buffered = new BufferedInputStream(in);
        buffered.mark(DECLARATION_BYTES_MAX);
        String begin = new String(buffered.readNBytes(DECLARATION_BYTES_MAX), StandardCharsets.ISO_8859_1);
        buffered.reset();
        boolean marked = begin.startsWith(BYTE_ORDER_MARK);
        if (marked) {
            buffered.skipNBytes(BYTE_ORDER_MARK.length());
        }
        Matcher declared = ENCODING.matcher(marked ? begin.substring(BYTE_ORDER_MARK.length()) : begin);
        String name = declared.find() ? declared.group(1) : "UTF-8";
        Charset charset;
        try {
            charset = Charset.forName(name);
        } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
            throw new BadLine(1, "the document is in the encoding " + name + ": send it in UTF-8");
        }
        if (!"<?".equals(new String("<?".getBytes(StandardCharsets.US_ASCII), charset))
                || (marked && !charset.equals(StandardCharsets.UTF_8))) {
            throw new BadLine(1, "the document begins in another encoding than " + name + ", which it says it is in");
        }
        return new InputStreamReader(buffered, charset.newDecoder()); // which reports what is not in the encoding
    }
}
