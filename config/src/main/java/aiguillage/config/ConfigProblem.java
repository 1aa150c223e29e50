package aiguillage.config;

/// One thing wrong with a file: where, what, why it matters, what to do.
///
/// @param at where
/// @param path the keys that lead there, joined by dots; empty: the file itself
/// @param what a sentence
/// @param why a sentence, or empty
/// @param remedy a sentence, or empty
public record ConfigProblem(Location at, String path, String what, String why, String remedy) {

    private static final int SENTENCE_CHARS_MAX = 600;
    private static final int PATH_CHARS_MAX = 160;

    /// The lines after the first stand below its sentence, unless the place alone is longer than this.
    private static final int INDENT_MAX = 24;

    private static final int INDENT_OTHERWISE = 4;

    public ConfigProblem {
        path = Quoted.harmless(path, PATH_CHARS_MAX);
        what = Quoted.harmless(what, SENTENCE_CHARS_MAX);
        why = Quoted.harmless(why, SENTENCE_CHARS_MAX);
        remedy = Quoted.harmless(remedy, SENTENCE_CHARS_MAX);
    }

    /// One to three lines: `hub.yaml:42:9  flows.x.to: what.`, then why and what to do.
    @Override
    public String toString() {
        String place = at + "  ";
        String indent = "\n" + " ".repeat(place.length() <= INDENT_MAX ? place.length() : INDENT_OTHERWISE);
        return place
                + (path.isEmpty() ? "" : path + ": ")
                + what
                + (why.isEmpty() ? "" : indent + why)
                + (remedy.isEmpty() ? "" : indent + remedy);
    }
}
