package aiguillage.hub.star;

import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Finds where elements begin and end in XML that a hardened reader has proven well-formed and free of a
/// document type, in UTF-8: there, markup is what it looks like. For one document and one thread.
final class Markup {

    private static final int BUFFER_BYTES = 16 << 10;

    private final InputStream in;
    private final byte[] buffer = new byte[BUFFER_BYTES]; // a byte from a BufferedInputStream costs a lock
    private int next;
    private int filled;
    private long at;

    /// Where an element lies.
    ///
    /// @param end behind its last byte
    record Place(long begin, long end) {}

    private Markup(InputStream in) {
        this.in = in;
    }

    /// Finds elements.
    ///
    /// @param wanted their numbers in the order in which elements begin, from 0; none inside of another
    /// @return the place of each, by number
    static Map<Long, Place> find(InputStream document, SortedSet<Long> wanted) throws IOException {
        return new Markup(document).find(wanted);
    }

    private Map<Long, Place> find(SortedSet<Long> wanted) throws IOException {
        var found = new TreeMap<Long, Place>();
        long elements = 0;
        long depth = 0;
        Opened open = null;
        for (int c = read(); c >= 0; c = read()) {
            if (c != '<') {
                continue;
            }
            long begin = at - 1;
            switch (read()) {
                case '!' -> passDeclaration();
                case '?' -> passTo("?>");
                case '/' -> {
                    passTo(">");
                    depth--;
                    open = closed(open, depth, found);
                }
                default -> {
                    boolean isEmpty = passTag();
                    if (wanted.contains(elements)) {
                        open = new Opened(elements, begin, depth);
                    }
                    elements++;
                    depth++;
                    if (isEmpty) {
                        depth--;
                        open = closed(open, depth, found);
                    }
                }
            }
        }
        return found;
    }

    /// An element that was begun at a depth.
    private record Opened(long number, long begin, long depth) {}

    private @Nullable Opened closed(@Nullable Opened open, long depth, Map<Long, Place> found) {
        if (open == null || open.depth() != depth) {
            return open;
        }
        found.put(open.number(), new Place(open.begin(), at));
        return null;
    }

    private int read() throws IOException {
        if (next == filled) {
            next = 0;
            filled = Math.max(in.read(buffer), 0);
            if (filled == 0) {
                return -1;
            }
        }
        at++;
        return buffer[next++] & 0xff;
    }

    /// @return whether the tag is of an empty element
    private boolean passTag() throws IOException {
        int before = 0;
        int quote = 0;
        for (int c = read(); c >= 0; c = read()) {
            if (quote != 0) {
                quote = c == quote ? 0 : quote;
            } else if (c == '"' || c == '\'') {
                quote = c;
            } else if (c == '>') {
                return before == '/';
            }
            before = c;
        }
        throw new IOException("a tag has no end");
    }

    /// A comment or a section of characters; there is no other without a document type.
    private void passDeclaration() throws IOException {
        if (read() == '-') {
            read(); // the second of its beginning: it is none of its end
            passTo("-->");
        } else {
            passTo("]]>");
        }
    }

    private void passTo(String end) throws IOException {
        int same = 0;
        for (int c = read(); c >= 0; c = read()) {
            if (c == end.charAt(same)) {
                same++;
                if (same == end.length()) {
                    return;
                }
            } else if (same == 2 && end.length() == 3 && c == end.charAt(1)) {
                same = 2; // `--->` and `]]]>`: the last two still count
            } else {
                same = c == end.charAt(0) ? 1 : 0;
            }
        }
        throw new IOException("markup has no end");
    }
}
