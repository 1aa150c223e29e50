package aiguillage.hub.star;

import aiguillage.hub.star.StarMessage.Content;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;

/// A content on its own.
public final class Slice {

    private Slice() {}

    /// How many bytes it has.
    public static long bytes(Content content) {
        return content.end() - content.begin() + leading(content).length + declarations(content).length;
    }

    /// What it needs before it to stand alone: in another encoding than XML's usual one, that it is.
    public static byte[] leading(Content content) {
        return content.charset().equals(StandardCharsets.UTF_8)
                ? new byte[0]
                : ("<?xml version=\"1.0\" encoding=\"" + content.charset().name() + "\"?>")
                        .getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] declarations(Content content) {
        return SoapHandler.declarations(content.missing(), content.charset());
    }

    /// Where namespaces are written into it: behind the first tag's name.
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

    /// Its bytes: as they lie in the message, with the namespaces that are missing in its begin tag, and before
    /// them its encoding where that is not XML's usual one.
    ///
    /// @param lying the message's bytes from the content's first to its last; closed with what is returned
    public static InputStream of(Content content, InputStream lying) throws IOException {
        var tag = new ByteArrayOutputStream();
        tag.writeBytes(leading(content));
        if (content.missing().isEmpty()) {
            return tag.size() == 0
                    ? lying
                    : new SequenceInputStream(new ByteArrayInputStream(tag.toByteArray()), lying);
        }
        for (int c = lying.read(); ; c = lying.read()) {
            if (c < 0) {
                throw new IOException("the message ends within a content");
            }
            if (endsName(c)) {
                tag.writeBytes(declarations(content));
                tag.write(c);
                return new SequenceInputStream(new ByteArrayInputStream(tag.toByteArray()), lying);
            }
            tag.write(c);
        }
    }
}
