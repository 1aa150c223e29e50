package aiguillage.conformance;

/// Words of somebody else's, as they may be shown at a terminal and stand in a report: without what moves a
/// cursor or breaks a line, and cut at [#CHARS_MAX].
public record Foreign(String text) {

    public static final int CHARS_MAX = 500;

    public Foreign {
        String cut = text.length() <= CHARS_MAX ? text : text.substring(0, CHARS_MAX) + "…";
        text = cut.codePoints()
                .map(c -> isPlain(c) ? c : 0xfffd)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private static boolean isPlain(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }
}
