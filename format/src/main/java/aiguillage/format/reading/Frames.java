package aiguillage.format.reading;

import aiguillage.format.description.FormatFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.SequenceInputStream;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Cuts a file into records, without knowing what is in them. Holds one record at a time.
///
/// A byte that the encoding does not have comes out as U+FFFD, which nothing else is in a flat file.
final class Frames {

    /// Characters of a record.
    static final int RECORD_CHARS_MAX = 65_536;

    private static final int WINDOW_CHARS = 2 * RECORD_CHARS_MAX;
    private static final int HEAD_BYTES = 256;
    private static final char MARK = '\uFEFF';

    private final FormatFile head;
    private final Reader reader;
    private final char[] window = new char[WINDOW_CHARS];
    private int start;
    private int filled;
    private boolean isEnded;
    private int line = 1;
    private int column = 1;
    private ServiceString service = ServiceString.DEFAULT;

    /// Where the frame read last goes on behind its first line, if it has several; else -1.
    private int secondLine = -1;

    /// A record's text.
    ///
    /// @param line of its first character
    /// @param column of its first character
    /// @param kind whether it can be a record at all
    record Frame(String text, int line, int column, Kind kind) {}

    /// What was found.
    enum Kind {
        RECORD,
        TOO_LONG,
        UNFINISHED
    }

    Frames(FormatFile head, InputStream bytes) throws IOException {
        this.head = head;
        InputStream from = bytes;
        Charset charset = head.charset();
        if (head.records() == FormatFile.Framing.SEGMENTS) {
            byte[] first = bytes.readNBytes(HEAD_BYTES);
            charset = Interchange.encoding(new String(first, StandardCharsets.ISO_8859_1))
                    .orElse(charset);
            from = new SequenceInputStream(new java.io.ByteArrayInputStream(first), bytes);
        }
        this.reader = new InputStreamReader(
                from,
                charset.newDecoder()
                        .onMalformedInput(CodingErrorAction.REPLACE)
                        .onUnmappableCharacter(CodingErrorAction.REPLACE));
        fill();
        if (filled > 0 && window[0] == MARK) {
            start = 1;
        }
        if (head.records() == FormatFile.Framing.SEGMENTS) {
            readServiceString();
        }
    }

    private void readServiceString() throws IOException {
        skipLineEnds();
        String una = new String(window, start, Math.min(9, filled - start));
        if (una.startsWith("UNA") && una.length() == 9) {
            service = ServiceString.of(una);
            start += una.length();
            column += una.length();
            skipLineEnds();
        }
    }

    private void skipLineEnds() throws IOException {
        while (has(start) && (window[start] == '\r' || window[start] == '\n' || window[start] == ' ')) {
            passed(start, start + 1);
            start++;
        }
    }

    /// Moves what is not yet taken to the front, and reads more.
    ///
    /// @return whether there is more
    private boolean fill() throws IOException {
        if (isEnded) {
            return false;
        }
        if (start > 0) {
            System.arraycopy(window, start, window, 0, filled - start);
            filled -= start;
            start = 0;
        }
        if (filled == window.length) {
            return false;
        }
        int n = reader.read(window, filled, window.length - filled);
        if (n < 0) {
            isEnded = true;
            return false;
        }
        filled += n;
        return n > 0 || fill();
    }

    private boolean has(int at) throws IOException {
        while (at >= filled) {
            int before = start;
            if (!fill()) {
                return false;
            }
            if (before != start) {
                return has(at - before + start);
            }
        }
        return true;
    }

    private void passed(int from, int to) {
        for (int i = from; i < to; i++) {
            if (window[i] == '\n') {
                line++;
                column = 1;
            } else {
                column++;
            }
        }
    }

    /// The next record; empty at the end of the file.
    Optional<Frame> next() throws IOException {
        secondLine = -1;
        if (start >= filled && !fill()) {
            return Optional.empty();
        }
        return Optional.of(
                switch (head.records()) {
                    case LINES -> line(false);
                    case QUOTED_LINES -> line(true);
                    case FIXED -> fixed(Objects.requireNonNull(head.recordLength()));
                    case SEGMENTS -> segment();
                });
    }

    private Frame line(boolean isQuoted) throws IOException {
        int length = 0;
        int firstEnd = -1;
        boolean isWithin = false;
        while (true) {
            if (start + length >= filled && (filled - start > RECORD_CHARS_MAX || !fill())) {
                break;
            }
            length = plain(start + length, Math.min(filled, start + RECORD_CHARS_MAX + 1)) - start;
            if (length > RECORD_CHARS_MAX) {
                break;
            }
            if (start + length == filled) {
                continue;
            }
            if (window[start + length] == '\n') {
                if (!isWithin) {
                    return taken(length, 1, firstEnd, Kind.RECORD);
                }
                firstEnd = firstEnd < 0 ? length : firstEnd;
            } else if (isQuoted) {
                isWithin = !isWithin;
            }
            length++;
            if (length > RECORD_CHARS_MAX) {
                break;
            }
        }
        if (firstEnd >= 0) {
            return taken(firstEnd, 1, -1, Kind.RECORD); // a quote that is never closed swallows one line, not the file
        }
        return length > RECORD_CHARS_MAX ? tooLong() : taken(length, 0, -1, Kind.RECORD);
    }

    /// Where the next line end or quote stands, or else `to`.
    private int plain(int from, int to) {
        char[] characters = window;
        int at = from;
        while (at < to && characters[at] != '\n' && characters[at] != '"') {
            at++;
        }
        return at;
    }

    /// @param ending the characters behind it that are not of it: a line end, the only one there is
    private Frame taken(int length, int ending, int firstEnd, Kind kind) {
        int end = start + length;
        boolean hasReturn = ending > 0 && length > 0 && window[end - 1] == '\r';
        var frame = new Frame(new String(window, start, hasReturn ? length - 1 : length), line, column, kind);
        if (firstEnd >= 0) {
            secondLine = start + firstEnd + 1;
            return frame; // its lines are counted when it is known whether it was one record
        }
        if (ending > 0) {
            line++;
            column = 1;
            start = end + ending;
        } else {
            advance(end);
        }
        return frame;
    }

    private void advance(int to) {
        if (head.records() == FormatFile.Framing.LINES || head.records() == FormatFile.Framing.QUOTED_LINES) {
            passedLines(start, to);
        } else {
            passed(start, to);
        }
        start = to;
    }

    private void passedLines(int from, int to) {
        if (to > from && window[to - 1] == '\n') {
            int lines = 1;
            if (head.records() == FormatFile.Framing.QUOTED_LINES) {
                for (int i = from; i < to - 1; i++) {
                    lines += window[i] == '\n' ? 1 : 0;
                }
            }
            line += lines;
            column = 1;
        } else {
            passed(from, to);
        }
    }

    /// Takes the record of several lines that was read last as one.
    void keep(@Nullable Frame frame) {
        if (secondLine < 0 || frame == null) {
            return;
        }
        int end = start + frame.text().length();
        end += end < filled && window[end] == '\r' ? 1 : 0;
        end += end < filled && window[end] == '\n' ? 1 : 0;
        advance(end);
        secondLine = -1;
    }

    /// The record read last was none: goes on behind its first line.
    void backToItsSecondLine() {
        if (secondLine >= 0) {
            advance(secondLine);
            secondLine = -1;
        }
    }

    private Frame tooLong() throws IOException {
        var frame = new Frame(new String(window, start, 100), line, column, Kind.TOO_LONG);
        while (true) {
            for (int i = start; i < filled; i++) {
                if (window[i] == '\n') {
                    passed(start, i + 1);
                    start = i + 1;
                    return frame;
                }
            }
            passed(start, filled);
            start = filled;
            if (!fill()) {
                return frame;
            }
        }
    }

    private Frame fixed(int length) throws IOException {
        while (filled - start < length && fill()) {
            // reads on
        }
        int there = Math.min(length, filled - start);
        return taken(there, 0, -1, there == length ? Kind.RECORD : Kind.UNFINISHED);
    }

    private Frame segment() throws IOException {
        int length = 0;
        while (start + length < filled || (filled - start <= RECORD_CHARS_MAX && fill())) {
            if (start + length >= filled) {
                continue; // a release character was the last there was, and but one came
            }
            char c = window[start + length];
            if (c == service.release() && service.release() != ' ') {
                length += 2;
            } else if (c == service.terminator()) {
                String text = new String(window, start, length).strip();
                var frame = new Frame(service.translated(text, ServiceString.DEFAULT), line, column, Kind.RECORD);
                advance(start + length + 1);
                skipLineEnds();
                return frame;
            } else {
                length++;
            }
            if (length > RECORD_CHARS_MAX) {
                return tooLong();
            }
        }
        int there = Math.min(length, filled - start);
        return taken(there, 0, -1, there > RECORD_CHARS_MAX ? Kind.TOO_LONG : Kind.UNFINISHED);
    }
}
