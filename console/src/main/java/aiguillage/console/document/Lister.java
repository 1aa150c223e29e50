package aiguillage.console.document;

import aiguillage.hub.document.Documents;
import aiguillage.hub.document.Recorded;
import aiguillage.hub.entry.Entry;
import aiguillage.hub.operators.Operator;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Finds documents by walking back from the newest, in bounded steps: there is no index by flow or party, and
/// none is needed while the next step is one click. Safe from any thread.
public final class Lister {

    /// Documents on one page.
    public static final int SHOWN_MAX = 50;

    /// Entries looked at for one page; 5 µs each on our machine.
    public static final int LOOKED_AT_MAX = 4_000;

    private static final int STEP = 250;

    /// Entries wait for the disk by party, so their times rise only about.
    private static final Duration DISORDER = Duration.ofMinutes(2);

    private final Documents documents;

    public Lister(Documents documents) {
        this.documents = documents;
    }

    /// A page of a list.
    ///
    /// @param lines newest first
    /// @param lookedTo the position before which nothing was looked at; 1 when there is nothing before
    /// @param lookedAt when the entry there was made; null when nothing was looked at
    public record Found(
            List<Line> lines, long lookedTo, @Nullable Instant lookedAt) {

        public boolean isEnd() {
            return lookedTo <= 1;
        }
    }

    /// The newest documents that are wanted and seen.
    ///
    /// @param size of the journal
    public Found list(Wanted wanted, Operator operator, long size) {
        long to = Math.min(wanted.before() == null ? Long.MAX_VALUE : Math.max(1, wanted.before()), size + 1);
        Instant end = wanted.end();
        if (end != null) {
            to = Math.min(to, documents.firstAt(end.plus(DISORDER), size));
        }
        Instant begin = wanted.begin();
        Instant stop = begin == null ? Instant.MIN : begin.minus(DISORDER);
        var lines = new ArrayList<Line>();
        Instant time = null;
        long looked = 0;
        long at = to;
        while (at > 1 && looked < LOOKED_AT_MAX) {
            List<Recorded<Entry>> step = documents.entries(Math.max(1, at - STEP), at);
            for (Recorded<Entry> one : step.reversed()) {
                looked++;
                at = one.position().value();
                time = one.entry().time();
                if (time.isBefore(stop)) {
                    return new Found(lines, 1, time);
                }
                if (add(one, wanted, operator, lines) && lines.size() == SHOWN_MAX) {
                    return new Found(lines, at, time);
                }
            }
        }
        return new Found(lines, at, time);
    }

    private boolean add(Recorded<Entry> one, Wanted wanted, Operator operator, List<Line> lines) {
        if (!(one.entry() instanceof Entry.DocumentAccepted document)
                || !operator.sees(document.envelope().flow().brand())
                || !wanted.includes(document)) {
            return false;
        }
        Line line = Line.of(documents, new Recorded<>(one.position(), document));
        if (!wanted.standing().isEmpty() && !line.standing().key().equals(wanted.standing())) {
            return false;
        }
        return lines.add(line);
    }
}
