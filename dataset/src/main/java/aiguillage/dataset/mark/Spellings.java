package aiguillage.dataset.mark;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Equivalent spellings of texts in one language. Each changes letters, not only case, blanks or signs, so that
/// it is still there when the text is typed again; none touches a number, or a word that has a digit in it.
///
/// **Rules:** words with a usual short form, either way where the short form has one meaning in any trade; `&`
/// and "and"; `W/` and "with"; two parts that a comma joins, the other way round.
///
/// Safe from any thread.
final class Spellings {

    /// A part of a word as short as this may be a code: `S&I`, `E&M`, `W/U`.
    private static final int CODE_CHARS_MAX = 2;

    /// A word as short as this may be a particle: `for`, `of`, `w`, `et`.
    private static final int PARTICLE_CHARS_MAX = 3;

    private static final int LEFT_WORDS_MAX = 3;
    private static final int RIGHT_WORDS_MAX = 2;

    private final Map<String, String> words = new HashMap<>();
    private final Map<String, String> chunks = new HashMap<>();
    private final String and;
    private final @Nullable String with;

    /// @param words one rule a line: `long > short`, or `one = other` for either way
    /// @param chunks likewise, for what stands between two blanks as a whole
    /// @param and the word for `&`
    /// @param with the word for a `w/` at the beginning of another word; null: the language has none
    Spellings(String words, String chunks, String and, @Nullable String with) {
        read(words, this.words);
        read(chunks, this.chunks);
        this.and = and;
        this.with = with;
    }

    private static void read(String rules, Map<String, String> into) {
        for (String rule : rules.lines().toList()) {
            boolean bothWays = rule.contains(" = ");
            int sign = rule.indexOf(bothWays ? " = " : " > ");
            String left = rule.substring(0, sign);
            String right = rule.substring(sign + 3);
            String before = into.put(left, right);
            before = bothWays && before == null ? into.put(right, left) : before;
            if (before != null || Retyped.text(left).equals(Retyped.text(right))) {
                throw new IllegalArgumentException("the rule \"" + rule + "\" says again, or nothing");
            }
        }
    }

    /// All rules, in an order that is always the same.
    String written() {
        return new TreeMap<>(words) + "\n" + new TreeMap<>(chunks) + "\n" + and + "\n" + with;
    }

    /// The languages there are rules for.
    static @Nullable Spellings of(String language) {
        return switch (language) {
            case "en" -> Catalogue.ENGLISH;
            case "fr" -> Catalogue.FRENCH;
            default -> null;
        };
    }

    /// The other spelling of a text.
    ///
    /// @param charsMax of the other spelling
    /// @param choice chooses among the rules that apply
    /// @return null when no rule applies
    @Nullable
    String other(String text, int charsMax, long choice) {
        List<Edit> edits = edits(text);
        edits.removeIf(edit -> text.length() + edit.with().length() - (edit.to() - edit.from()) > charsMax);
        if (edits.isEmpty()) {
            return null;
        }
        Edit edit = edits.get((int) Long.remainderUnsigned(choice, edits.size()));
        return text.substring(0, edit.from()) + edit.with() + text.substring(edit.to());
    }

    /// Writes `with` in place of what stands from here to there.
    private record Edit(int from, int to, String with) {}

    private List<Edit> edits(String text) {
        List<Edit> edits = new ArrayList<>(4);
        int at = 0;
        while (at < text.length()) {
            int end = at;
            boolean digits = false;
            while (end < text.length() && !Character.isWhitespace(text.charAt(end))) {
                digits |= Character.isDigit(text.charAt(end));
                end++;
            }
            if (!digits && end > at) {
                chunk(text, at, end, edits);
            }
            at = end + 1;
        }
        turned(text, edits);
        return edits;
    }

    /// The rules for what stands between two blanks and has no digit.
    private void chunk(String text, int from, int to, List<Edit> edits) {
        boolean inside = from > 0 && to < text.length();
        String whole = chunks.get(text.substring(from, to).toUpperCase(Locale.ROOT));
        if (whole != null && to < text.length() && (inside || !whole.equals("&"))) {
            edits.add(new Edit(from, to, cased(text, from, to, whole)));
            return;
        }
        int at = from;
        if (with != null && isWith(text, from, to)) {
            edits.add(new Edit(from, from + 2, cased(text, from, to, with) + " "));
            at = from + 2;
        }
        while (at < to) {
            int end = at;
            while (end < to && Character.isLetter(text.charAt(end))) {
                end++;
            }
            if (end > at) {
                word(text, at, end, edits);
            } else if (text.charAt(at) == '&') {
                ampersand(text, at, edits);
            }
            at = Math.max(end, at + 1);
        }
    }

    private static boolean isWith(String text, int from, int to) {
        return to - from > CODE_CHARS_MAX + 2
                && text.regionMatches(true, from, "w/", 0, 2)
                && letters(text, from + 2, 1) > CODE_CHARS_MAX
                && !text.regionMatches(true, from + 2, "out", 0, 3);
    }

    private void word(String text, int from, int to, List<Edit> edits) {
        boolean shortened = (from > 0 && isApostrophe(text.charAt(from - 1)))
                || (to < text.length() && isApostrophe(text.charAt(to)));
        String other = shortened ? null : words.get(plain(text.substring(from, to)));
        if (other != null) {
            boolean dotted = other.length() > to - from && to < text.length() && text.charAt(to) == '.';
            edits.add(new Edit(from, dotted ? to + 1 : to, cased(text, from, to, other)));
        }
    }

    private static boolean isApostrophe(char c) {
        return c == '\'' || c == '\u2019';
    }

    /// In capitals, without accents.
    private static String plain(String word) {
        return Retyped.text(word);
    }

    /// Between two words, with or without blanks; not in `S&I`.
    private void ampersand(String text, int at, List<Edit> edits) {
        int left = at - 1;
        while (left >= 0 && text.charAt(left) == ' ') {
            left--;
        }
        int right = at + 1;
        while (right < text.length() && text.charAt(right) == ' ') {
            right++;
        }
        if (letters(text, left, -1) > CODE_CHARS_MAX && letters(text, right, 1) > CODE_CHARS_MAX) {
            String word = cased(text, left - CODE_CHARS_MAX, left + 1, and);
            String before = left == at - 1 ? " " : "";
            String behind = right == at + 1 ? " " : "";
            edits.add(new Edit(at, at + 1, before + word + behind));
        }
    }

    /// How many letters follow each other from here on.
    private static int letters(String text, int from, int step) {
        int at = from;
        while (at >= 0 && at < text.length() && Character.isLetter(text.charAt(at))) {
            at += step;
        }
        return Math.abs(at - from);
    }

    /// `left, knee` for `knee, left`: one comma between a few words and one or two, letters alone.
    private void turned(String text, List<Edit> edits) {
        int comma = text.indexOf(',');
        if (comma < 0) {
            return;
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!Character.isLetter(c) && " -/&".indexOf(c) < 0 && i != comma) {
                return;
            }
        }
        String left = text.substring(0, comma).strip();
        String right = text.substring(comma + 1).strip();
        String turned = right + ", " + left;
        boolean can = isPart(left, LEFT_WORDS_MAX) && isPart(right, RIGHT_WORDS_MAX);
        if (can && !Retyped.text(turned).equals(Retyped.text(text))) {
            edits.add(new Edit(0, text.length(), turned));
        }
    }

    /// Whether it can stand on the other side of a comma as well: so many words at most, the first of them no
    /// particle.
    private static boolean isPart(String text, int wordsMax) {
        int first = letters(text, 0, 1);
        long blanks = text.chars().filter(c -> c == ' ').count();
        return first > PARTICLE_CHARS_MAX && blanks < wordsMax;
    }

    /// A word as the words are written that it takes the place of. Signs and short forms have no case that
    /// tells; they are as the text is.
    private static String cased(String text, int from, int to, String word) {
        boolean lower =
                hasLower(text, from, to) || (to - from <= PARTICLE_CHARS_MAX && hasLower(text, 0, text.length()));
        if (!lower) {
            return word;
        }
        String small = word.toLowerCase(Locale.ROOT);
        boolean capital = Character.isUpperCase(text.charAt(from));
        return capital ? word.charAt(0) + small.substring(1) : small;
    }

    private static boolean hasLower(String text, int from, int to) {
        for (int i = from; i < to; i++) {
            if (Character.isLowerCase(text.charAt(i))) {
                return true;
            }
        }
        return false;
    }
}
