package aiguillage.protocol;

/// Shows untrusted text inside a message: control characters and length can do no harm there.
final class Text {

    private static final int SHOWN_CHARS_MAX = 80;

    private Text() {}

    static String shown(String text) {
        var shown = new StringBuilder();
        for (int i = 0; i < text.length() && i < SHOWN_CHARS_MAX; i++) {
            char c = text.charAt(i);
            shown.append(c >= ' ' && c < 0x7f ? c : '?');
        }
        return text.length() > SHOWN_CHARS_MAX ? shown.append("…").toString() : shown.toString();
    }
}
