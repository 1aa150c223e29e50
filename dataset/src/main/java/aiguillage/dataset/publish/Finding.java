package aiguillage.dataset.publish;

import org.jspecify.annotations.Nullable;

/// Something that is wrong with a publication.
///
/// @param line the number of the line it is in; 0: in the file as a whole
/// @param column its name, or null when it is no single column
/// @param message one sentence without the text of any cell
public record Finding(
        Then then, Kind kind, long line, @Nullable String column, String message) {

    /// More than this is cut off: a list of codes can be long.
    private static final int CHARS_MAX = 300;

    public Finding {
        message = message.length() > CHARS_MAX ? message.substring(0, CHARS_MAX) + "…" : message;
    }

    static Finding refusing(Kind kind, long line, String message) {
        return new Finding(Then.REFUSE, kind, line, null, message);
    }
}
