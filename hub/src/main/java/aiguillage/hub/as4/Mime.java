package aiguillage.hub.as4;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serial;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A body as it comes: SOAP alone, or a MIME package (multipart/related, RFC 2387) with SOAP first. Read once,
/// part after part, in constant memory. For one thread.
public final class Mime {

    /// The SOAP part.
    public static final int ROOT_BYTES_MAX = 256_000;

    /// Parts behind the SOAP part: payloads, each a document.
    public static final int PARTS_MAX = 16;

    static final int HEADER_BYTES_MAX = 16_384;
    static final int HEADERS_MAX = 64;

    /// Of a part in base64, beyond as many bytes as are base64.
    static final int FOREIGN_BYTES_MAX = 1_000;

    private static final int BUFFER_BYTES = 64 << 10;
    private static final int BOUNDARY_CHARS_MAX = 200;
    private static final Pattern BOUNDARY =
            Pattern.compile("[;\\s]boundary\\s*=\\s*(?:\"([^\"]+)\"|([^;\\s]+))", Pattern.CASE_INSENSITIVE);
    private static final Pattern SOAP = Pattern.compile("\\s*application/soap\\+xml\\s*(?:;.*)?", Pattern.DOTALL);

    private final InputStream in;
    private final byte @Nullable [] delimiter;
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private int next;
    private int end;
    private boolean isOver;
    private boolean isAtDelimiter;
    private int parts;
    private int clear;
    private boolean isDelimiterClear;

    /// @param contentType of the body
    /// @throws As4Fault when it is neither SOAP 1.2 nor a package of it
    public Mime(InputStream in, String contentType) throws As4Fault {
        this.in = in;
        String type = contentType.toLowerCase(Locale.ROOT).strip();
        if (type.startsWith("multipart/related")) {
            Matcher boundary = BOUNDARY.matcher(contentType);
            if (!boundary.find()) {
                throw new As4Fault(EbmsError.MIME_INCONSISTENCY, "Content-Type names no boundary.");
            }
            String text = boundary.group(1) == null ? boundary.group(2) : boundary.group(1);
            if (text.length() > BOUNDARY_CHARS_MAX) {
                throw new As4Fault(
                        EbmsError.MIME_INCONSISTENCY,
                        "The boundary is longer than " + BOUNDARY_CHARS_MAX + " characters.");
            }
            delimiter = ("\r\n--" + text).getBytes(StandardCharsets.ISO_8859_1);
            buffer[0] = '\r'; // the first delimiter may stand at the very beginning
            buffer[1] = '\n';
            end = 2;
        } else if (SOAP.matcher(type).matches()) {
            delimiter = null;
        } else {
            throw new As4Fault(
                    EbmsError.MIME_INCONSISTENCY,
                    "The body is neither application/soap+xml (SOAP 1.2) nor a multipart/related of it.");
        }
    }

    /// The message ends before it is over, or its connection does.
    public static final class BrokenOff extends IOException {

        @Serial
        private static final long serialVersionUID = 1;

        private BrokenOff(@Nullable IOException cause) {
            super("the message breaks off before its end", cause);
        }
    }

    /// A part behind the SOAP part.
    ///
    /// @param contentId without its angle brackets
    /// @param contentType as it says itself
    /// @param body ends where the part ends; to be read before the next is asked for
    public record Part(String contentId, String contentType, InputStream body) {}

    /// The SOAP message. To be asked first, once.
    ///
    /// @throws As4Fault when it is not there, or larger than [#ROOT_BYTES_MAX]
    /// @throws IOException when the body breaks off
    public byte[] root() throws IOException, As4Fault {
        InputStream root;
        if (delimiter == null) {
            root = in;
        } else {
            InputStream before = new PartStream();
            if (before.readNBytes(HEADER_BYTES_MAX + 1).length > HEADER_BYTES_MAX) {
                throw new As4Fault(EbmsError.MIME_INCONSISTENCY, "Too much stands before the package's first part.");
            }
            Part part = part();
            if (part == null
                    || !SOAP.matcher(part.contentType().toLowerCase(Locale.ROOT))
                            .matches()) {
                throw new As4Fault(
                        EbmsError.MIME_INCONSISTENCY, "The package's first part is not application/soap+xml.");
            }
            root = part.body();
        }
        byte[] bytes;
        try {
            bytes = root.readNBytes(ROOT_BYTES_MAX + 1);
        } catch (BrokenOff e) {
            throw e;
        } catch (IOException e) {
            throw new BrokenOff(e);
        }
        if (bytes.length > ROOT_BYTES_MAX) {
            throw new As4Fault(
                    EbmsError.POLICY_NONCOMPLIANCE,
                    "The SOAP part has more than " + ROOT_BYTES_MAX
                            + " bytes: payloads belong in a part of their own.");
        }
        return bytes;
    }

    /// The next part, or null when there is none. What was left of the one before is passed over: base64 may end
    /// before its part.
    ///
    /// @throws As4Fault when there are more than [#PARTS_MAX], or too much is left of the one before
    public @Nullable Part next() throws IOException, As4Fault {
        if (delimiter == null) {
            return null;
        }
        if (!isAtDelimiter && new PartStream().readNBytes(HEADER_BYTES_MAX + 1).length > HEADER_BYTES_MAX) {
            throw new As4Fault(EbmsError.MIME_INCONSISTENCY, "A part goes on behind the end of its base64.");
        }
        Part part = part();
        if (part != null && ++parts > PARTS_MAX) {
            throw new As4Fault(EbmsError.MIME_INCONSISTENCY, "The package has more than " + PARTS_MAX + " parts.");
        }
        return part;
    }

    /// Passes the delimiter that was reached, and the headers behind it.
    private @Nullable Part part() throws IOException, As4Fault {
        if (isOver) {
            return null;
        }
        isAtDelimiter = false;
        clear = 0;
        isDelimiterClear = false;
        String rest = line();
        if (rest.startsWith("--")) {
            isOver = true;
            return null;
        }
        if (!rest.isBlank()) {
            throw new As4Fault(EbmsError.MIME_INCONSISTENCY, "Something stands behind a boundary.");
        }
        Map<String, String> headers = headers();
        String id = headers.getOrDefault("content-id", "").strip();
        InputStream body = new PartStream();
        String encoding = headers.getOrDefault("content-transfer-encoding", "binary")
                .strip()
                .toLowerCase(Locale.ROOT);
        return new Part(
                id.startsWith("<") && id.endsWith(">") ? id.substring(1, id.length() - 1) : id,
                headers.getOrDefault("content-type", "application/octet-stream").strip(),
                switch (encoding) {
                    case "binary", "8bit", "7bit" -> body;
                    case "base64" -> Base64.getMimeDecoder().wrap(new Base64Text(body));
                    default ->
                        throw new As4Fault(
                                EbmsError.MIME_INCONSISTENCY,
                                "A part's Content-Transfer-Encoding is none of binary, 8bit, 7bit, base64.");
                });
    }

    private Map<String, String> headers() throws IOException, As4Fault {
        Map<String, String> headers = new HashMap<>();
        String name = "";
        int bytes = 0;
        for (String line = line(); !line.isEmpty(); line = line()) {
            bytes += line.length();
            if (bytes > HEADER_BYTES_MAX || headers.size() >= HEADERS_MAX) {
                throw new As4Fault(EbmsError.MIME_INCONSISTENCY, "A part's headers are too large.");
            }
            int colon = line.indexOf(':');
            if (line.charAt(0) == ' ' || line.charAt(0) == '\t') {
                headers.merge(name, line, String::concat); // a line that goes on (RFC 5322, 2.2.3)
            } else if (colon > 0) {
                name = line.substring(0, colon).strip().toLowerCase(Locale.ROOT);
                headers.put(name, line.substring(colon + 1));
            } else {
                throw new As4Fault(EbmsError.MIME_INCONSISTENCY, "A part's header has no colon.");
            }
        }
        return headers;
    }

    /// A line without its end.
    private String line() throws IOException, As4Fault {
        var line = new StringBuilder();
        while (true) {
            if (next == end && !fill()) {
                if (line.indexOf("--") == 0) {
                    return line.toString(); // the last boundary needs no line end (RFC 2046, 5.1.1)
                }
                throw new As4Fault(EbmsError.MIME_INCONSISTENCY, "The package breaks off in a part's header.");
            }
            char c = (char) (buffer[next++] & 0xff);
            if (c == '\n') {
                int length = line.length();
                return length > 0 && line.charAt(length - 1) == '\r' ? line.substring(0, length - 1) : line.toString();
            }
            if (line.length() > HEADER_BYTES_MAX) {
                throw new As4Fault(EbmsError.MIME_INCONSISTENCY, "A part's headers are too large.");
            }
            line.append(c);
        }
    }

    /// Moves what is left to the front and reads more; false at the end.
    private boolean fill() throws IOException {
        System.arraycopy(buffer, next, buffer, 0, end - next);
        end -= next;
        next = 0;
        int n;
        try {
            n = in.read(buffer, end, buffer.length - end);
        } catch (IOException e) {
            throw new BrokenOff(e);
        }
        if (n < 0) {
            return false;
        }
        end += n;
        return true;
    }

    /// Finds out how far the buffer holds bytes of the part alone: to [#clear], where the delimiter stands or
    /// could begin.
    private void look(byte[] wanted) throws IOException {
        while (true) {
            int found = find(wanted);
            isDelimiterClear = found >= 0;
            clear = found >= 0 ? found : end - wanted.length + 1;
            if (isDelimiterClear || clear > next) {
                return;
            }
            if (!fill()) {
                throw new BrokenOff(null);
            }
        }
    }

    /// Where the delimiter begins in the buffer, or -1.
    private int find(byte[] wanted) {
        int last = end - wanted.length;
        for (int at = next; at <= last; at++) {
            if (buffer[at] == '\r' && matches(wanted, at)) {
                return at;
            }
        }
        return -1;
    }

    private boolean matches(byte[] wanted, int at) {
        for (int i = 0; i < wanted.length; i++) {
            if (buffer[at + i] != wanted[i]) {
                return false;
            }
        }
        return true;
    }

    /// What is no base64 a decoder passes over, however much it is: half of it may be.
    private static final class Base64Text extends FilterInputStream {

        private long foreignLeft = FOREIGN_BYTES_MAX;

        private Base64Text(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            var one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            int n = in.read(into, offset, length);
            for (int i = offset; i < offset + n; i++) {
                foreignLeft += isBase64(into[i]) ? 1 : -1;
            }
            if (foreignLeft < 0) {
                throw new IOException("most of it is something else");
            }
            return n;
        }

        private static boolean isBase64(byte c) {
            return (c >= 'A' && c <= 'Z')
                    || (c >= 'a' && c <= 'z')
                    || (c >= '0' && c <= '9')
                    || c == '+'
                    || c == '/'
                    || c == '=';
        }
    }

    /// Gives out bytes up to the next delimiter, and passes that.
    private final class PartStream extends InputStream {

        private boolean isDone;

        @Override
        public int read() throws IOException {
            var one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            if (isDone || delimiter == null) {
                return -1;
            }
            if (length == 0) {
                return 0;
            }
            if (next >= clear) {
                look(delimiter);
            }
            if (isDelimiterClear && clear == next) {
                next += delimiter.length;
                isDone = true;
                isAtDelimiter = true;
                return -1;
            }
            int n = Math.min(length, clear - next);
            System.arraycopy(buffer, next, into, offset, n);
            next += n;
            return n;
        }
    }
}
