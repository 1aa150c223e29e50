package aiguillage.hub.ftps;

import aiguillage.hub.problem.Refused;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The control connection as lines. Reads byte by byte, so that nothing is taken of what comes behind a line:
/// behind `AUTH TLS` that is TLS. One thread may read while another writes.
final class Control {

    /// Of a command, with a path of the longest names.
    static final int LINE_BYTES_MAX = 4_096;

    private static final int TELNET_COMMANDS = 0xf0;

    private final InputStream in;
    private final OutputStream out;

    Control(InputStream in, OutputStream out) {
        this.in = in;
        this.out = out;
    }

    /// A command; its verb in upper case.
    record Command(String verb, String argument) {}

    /// Reads one; null at the end.
    ///
    /// @throws IOException when it is too long, or the line broke
    @Nullable
    Command read() throws IOException {
        var line = new ByteArrayOutputStream();
        for (int b = in.read(); b >= 0; b = in.read()) {
            if (b == '\n') {
                return command(line.toByteArray());
            }
            if (line.size() >= LINE_BYTES_MAX) {
                throw new IOException("a command has more than " + LINE_BYTES_MAX + " bytes");
            }
            line.write(b);
        }
        return null;
    }

    private static Command command(byte[] bytes) {
        int from = 0;
        while (from < bytes.length && (bytes[from] & 0xff) >= TELNET_COMMANDS) {
            from++; // telnet's interrupt, which stands before `ABOR`
        }
        int to = bytes.length > from && bytes[bytes.length - 1] == '\r' ? bytes.length - 1 : bytes.length;
        String text;
        try {
            text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes, from, to - from))
                    .toString();
        } catch (CharacterCodingException e) {
            return new Command("", "");
        }
        int space = text.indexOf(' ');
        return space < 0
                ? new Command(text.toUpperCase(Locale.ROOT), "")
                : new Command(text.substring(0, space).toUpperCase(Locale.ROOT), text.substring(space + 1));
    }

    /// A refusal in one line.
    static String sentences(Refused refused) {
        return refused.problem().what() + " " + refused.detail() + " "
                + refused.problem().remedy();
    }

    void reply(int code, String text) throws IOException {
        write(code + " " + text.replaceAll("\\p{Cntrl}+", " ") + "\r\n");
    }

    /// A reply of several lines: the first, those between, the last.
    void reply(int code, String first, List<String> lines, String last) throws IOException {
        var text = new StringBuilder(code + "-" + first + "\r\n");
        lines.forEach(line -> text.append(' ').append(line).append("\r\n"));
        write(text + String.valueOf(code) + " " + last + "\r\n");
    }

    private void write(String text) throws IOException {
        synchronized (out) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
            out.flush();
        }
    }
}
