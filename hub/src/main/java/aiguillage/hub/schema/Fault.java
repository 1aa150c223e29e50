package aiguillage.hub.schema;

/// One thing wrong in a payload, for the person who has to mend it.
///
/// The sentence may quote the payload: show it to the sender, never write it to a log.
///
/// @param line where it was noticed, counted from 1; 0 when not known
/// @param column counted from 1; 0 when not known
/// @param path the element (`/ProcessWarrantyClaim/ApplicationArea`) or the JSON pointer; empty at the document
///     itself
/// @param code stable, for programs: `cvc-…` as in W3C XML Schema, `xml-…`, `json-…`
/// @param sentence what is wrong and what was expected
public record Fault(long line, long column, String path, String code, String sentence) {

    /// Reading stops at this many faults.
    public static final int SHOWN_MAX = 20;

    static final int SENTENCE_CHARS_MAX = 500;
    static final int QUOTE_CHARS_MAX = 80;

    public Fault {
        line = Math.max(line, 0);
        column = Math.max(column, 0);
        path = shown(path, SENTENCE_CHARS_MAX);
        sentence = shown(sentence, SENTENCE_CHARS_MAX);
    }

    /// In one line: `line 18, column 25 (/a/b): … [code]`.
    @Override
    public String toString() {
        String where = line == 0 ? "" : "line " + line + ", column " + column;
        String at = path.isEmpty() ? where : (where + " (" + path + ")").strip();
        return (at.isEmpty() ? "" : at + ": ") + sentence + " [" + code + "]";
    }

    /// A part of the payload as a sentence may quote it: short and without control characters.
    static String quoted(String text) {
        return "\"" + shown(text, QUOTE_CHARS_MAX) + "\"";
    }

    private static String shown(String text, int charsMax) {
        var shown = new StringBuilder(Math.min(text.length(), charsMax));
        for (int i = 0; i < text.length() && i < charsMax; i++) {
            char c = text.charAt(i);
            shown.append(Character.isISOControl(c) ? ' ' : c);
        }
        return text.length() > charsMax ? shown.append('…').toString() : shown.toString();
    }
}
