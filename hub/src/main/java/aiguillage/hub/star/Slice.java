package aiguillage.hub.star;

import aiguillage.hub.star.StarMessage.Content;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;

/// A content on its own.
public final class Slice {

    private Slice() {}

    /// How many bytes it has.
    public static long bytes(Content content) {
        return content.end() - content.begin() + SoapHandler.declarations(content.missing()).length;
    }

    /// Where in it bytes stand that are not in the message, so many as are told by [#bytes]: behind the first tag's
    /// name.
    ///
    /// @param lying the message's bytes from the content's first on
    public static int insertedAt(InputStream lying) throws IOException {
        int at = 0;
        for (int c = lying.read(); c >= 0 && !endsName(c); c = lying.read()) {
            at++;
        }
        return at;
    }

    private static boolean endsName(int c) {
        return c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == '/' || c == '>';
    }

    /// Its bytes: as they lie in the message, with the namespaces that are missing in its begin tag.
    ///
    /// @param lying the message's bytes from the content's first to its last; closed with what is returned
    public static InputStream of(Content content, InputStream lying) throws IOException {
        if (content.missing().isEmpty()) {
            return lying;
        }
        var tag = new ByteArrayOutputStream();
        for (int c = lying.read(); ; c = lying.read()) {
            if (c < 0) {
                throw new IOException("the message ends within a content");
            }
            if (endsName(c)) {
                tag.writeBytes(SoapHandler.declarations(content.missing()));
                tag.write(c);
                return new SequenceInputStream(new ByteArrayInputStream(tag.toByteArray()), lying);
            }
            tag.write(c);
        }
    }
}
