package aiguillage.dataset.mark;

import aiguillage.dataset.row.Key;
import java.util.List;

/// What a tracer makes of an excerpt.
///
/// @param lines that the excerpt has, without empty ones
/// @param recognised lines of which the row or the mark is known
/// @param marks that were read
/// @param falseAccusationsMax the probability of accusing any innocent recipient is at most this
/// @param suspects the accused, and some who come next; most suspicious first
public record Report(
        long lines, long recognised, List<Read> marks, double falseAccusationsMax, List<Suspect> suspects) {

    public Report {
        marks = List.copyOf(marks);
        suspects = List.copyOf(suspects);
    }

    /// A mark that was read.
    public sealed interface Read {
        Key key();
    }

    /// A marked row: so many lines have it as published, so many respelled.
    public record Spelling(Key key, int asPublished, int respelled) implements Read {}

    /// A decoy, in so many lines.
    public record Decoy(Key key, int lines) implements Read {}

    public List<Suspect> accused() {
        return suspects.stream().filter(Suspect::accused).toList();
    }
}
