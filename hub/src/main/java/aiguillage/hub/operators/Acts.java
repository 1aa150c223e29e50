package aiguillage.hub.operators;

import aiguillage.hub.document.Documents;
import aiguillage.hub.document.Recorded;
import aiguillage.hub.entry.Entry;
import aiguillage.hub.journal.Journal;
import aiguillage.hub.problem.Problem;
import aiguillage.hub.problem.Refused;
import aiguillage.hub.store.Key;
import aiguillage.hub.store.Store;
import aiguillage.hub.store.Table;
import aiguillage.protocol.Position;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/// What operators did and looked at, as entries. Safe from any thread; writing waits for the disk.
public final class Acts {

    /// Whoever has the operator's token: by a command or the API. Nobody can have this name.
    public static final String COMMAND = "operator";

    private final Store store;
    private final Documents documents;
    private final Journal journal;
    private final InstantSource clock;

    public Acts(Store store, Documents documents, Journal journal, InstantSource clock) {
        this.store = store;
        this.documents = documents;
        this.journal = journal;
        this.clock = clock;
    }

    /// Records what somebody is about to do; to be called before it is done.
    ///
    /// @param action one word, as in `release`
    /// @param reason why; empty where none is asked for
    /// @throws Refused when the reason or the subject is too long, or the journal takes nothing now
    public void record(Operator operator, String action, String subject, String reason) {
        record(operator.name(), action, subject, reason);
    }

    /// Records what whoever has the operator's token is about to do, as [#record] does.
    public void recordCommand(String action, String subject, String reason) {
        record(COMMAND, action, subject, reason);
    }

    private void record(String who, String action, String subject, String reason) {
        requireShort("A reason", reason, Entry.OperatorActed.REASON_CHARS_MAX);
        requireShort("What is acted on", subject, Entry.OperatorActed.SUBJECT_CHARS_MAX);
        var now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        Journal.await(journal.append(new Entry.OperatorActed(now, who, action, subject, reason)));
    }

    private static void requireShort(String what, String text, int max) {
        if (text.length() > max) {
            throw new Refused(Problem.BAD_REQUEST, what + " has at most " + max + " characters.");
        }
    }

    /// The newest before a position, newest first.
    ///
    /// @param before `Long.MAX_VALUE`: from the newest on
    public List<Recorded<Entry.OperatorActed>> newest(long before, int max) {
        var found = new ArrayList<Recorded<Entry.OperatorActed>>();
        byte[] behind = Key.of(before);
        while (found.size() < max) {
            Store.Row row = store.last(Table.ACTS, Key.of(1), behind);
            if (row == null) {
                break;
            }
            var position = new Position(Key.lastNumber(row.key()));
            if (documents.entry(position) instanceof Entry.OperatorActed act) {
                found.add(new Recorded<>(position, act));
            }
            behind = row.key();
        }
        return found;
    }
}
