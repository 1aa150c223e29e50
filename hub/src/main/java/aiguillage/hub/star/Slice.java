package aiguillage.hub.star;

import aiguillage.hub.star.StarMessage.Content;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.Collections;
import java.util.List;

/// A content on its own.
public final class Slice {

    private Slice() {}

    /// How many bytes it has.
    public static long bytes(Content content) {
        return content.end() - content.begin() + SoapHandler.declarations(content.missing()).length;
    }

    /// Its bytes: as they lie in the message, with the namespaces that are missing in its begin tag.
    ///
    /// @param message from the message's first byte on; closed with what is returned
    public static InputStream of(Content content, InputStream message) throws IOException {
        message.skipNBytes(content.begin());
        var tag = new java.io.ByteArrayOutputStream();
        for (int c = message.read(); ; c = message.read()) {
            if (c < 0) {
                throw new IOException("the message ends within a content");
            }
            if (tag.size() > 0 && (c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == '/' || c == '>')) {
                tag.writeBytes(SoapHandler.declarations(content.missing()));
                tag.write(c);
                break;
            }
            tag.write(c);
        }
        long taken = (long) tag.size() - SoapHandler.declarations(content.missing()).length;
        long left = content.end() - content.begin() - taken;
        return new SequenceInputStream(Collections.enumeration(
                List.of(new ByteArrayInputStream(tag.toByteArray()), new Limited(message, left))));
    }

    /// So many bytes of a stream.
    private static final class Limited extends InputStream {

        private final InputStream in;
        private long left;

        Limited(InputStream in, long left) {
            this.in = in;
            this.left = left;
        }

        @Override
        public int read() throws IOException {
            int c = left > 0 ? in.read() : -1;
            left -= c < 0 ? 0 : 1;
            return c;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            if (length > 0 && left == 0) {
                return -1;
            }
            int n = in.read(into, offset, (int) Math.min(length, left));
            left -= Math.max(n, 0);
            return n;
        }

        @Override
        public void close() throws IOException {
            in.close();
        }
    }
}
