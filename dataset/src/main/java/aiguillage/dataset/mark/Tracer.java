package aiguillage.dataset.mark;

import aiguillage.dataset.layer.Change;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Traces an excerpt of a list to those whose copies it was made from. Safe from any thread; a trace reads the
/// excerpt once, in the memory that the list needs.
public final class Tracer {

    /// The probability of accusing anybody innocent that is taken when none is asked for.
    public static final double FALSE_ACCUSATIONS = 1e-6;

    /// The rest of a longer line is passed over.
    private static final int LINE_CHARS_MAX = 1 << 14;

    private static final int SUSPECTS_SHOWN = 10;

    /// No bound is said to be below this: that drawn bits cannot be told from chance is believed of HMAC and
    /// SipHash, and not proven.
    private static final double INNOCENT_MIN = 1e-30;

    private final Marks marks;
    private final Published published;

    /// @param marks with the pool of decoys of the version that leaked
    /// @param list that version as it was published, in the order of keys; read twice. Memory: about 25 bytes
    ///     for each cell of a key, and 600 for each mark: some 40 MB for 455,000 rows
    public Tracer(Marks marks, Iterable<Change> list) {
        this.marks = marks;
        this.published = new Published(marks, list);
    }

    /// @param excerpt lines of cells, in whatever form; the caller closes it
    /// @param recipients the names of all who ever got a copy
    /// @param falseAccusationsMax accuses only beyond this probability that anybody innocent is accused
    /// @throws IllegalArgumentException when that is no probability
    public Report trace(Reader excerpt, Collection<String> recipients, double falseAccusationsMax) throws IOException {
        if (!(falseAccusationsMax > 0 && falseAccusationsMax < 1)) {
            throw new IllegalArgumentException(
                    "a probability of false accusations is between 0 and 1, not " + falseAccusationsMax);
        }
        var readings = new Readings(published);
        var lines = new BufferedReader(excerpt);
        String line = line(lines);
        while (line != null) {
            if (!line.isBlank()) {
                readings.line(line);
            }
            line = line(lines);
        }
        List<Suspect> suspects = suspects(readings.evidence(), recipients, falseAccusationsMax);
        return new Report(readings.lines(), readings.recognised(), readings.marks(), falseAccusationsMax, suspects);
    }

    private List<Suspect> suspects(Evidence evidence, Collection<String> recipients, double falseAccusationsMax) {
        List<Suspect> all = new ArrayList<>();
        for (String recipient : recipients) {
            Evidence.Score score = evidence.score(marks.code().codeword(recipient));
            double innocentMax = Math.clamp(recipients.size() * Math.exp(-score.score()), INNOCENT_MIN, 1);
            all.add(new Suspect(
                    recipient, score.score(), score.share(), innocentMax, innocentMax <= falseAccusationsMax));
        }
        all.sort(Comparator.comparingDouble(Suspect::score).reversed());
        long accused = all.stream().filter(Suspect::accused).count();
        return all.subList(0, (int) Math.min(all.size(), accused + SUSPECTS_SHOWN));
    }

    /// Unlike [BufferedReader#readLine()] it does not take in a line without end.
    private static @Nullable String line(BufferedReader in) throws IOException {
        int next = in.read();
        if (next < 0) {
            return null;
        }
        var line = new StringBuilder();
        while (next >= 0 && next != '\n' && next != '\r') {
            if (line.length() < LINE_CHARS_MAX) {
                line.append((char) next);
            }
            next = in.read();
        }
        return line.toString();
    }
}
