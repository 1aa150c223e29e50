package aiguillage.console.flows;

import aiguillage.hub.Inside;
import aiguillage.hub.document.Recorded;
import aiguillage.hub.entry.Entry;
import aiguillage.protocol.Digest;
import aiguillage.protocol.Position;
import java.nio.charset.StandardCharsets;

/// The tables that were applied, as pages show them.
final class Tables {

    /// What the entry of an operator who applies a table says that he does.
    static final String APPLY = "apply-flows";

    /// The act stands right before its table, unless others act in the same moment.
    private static final int ACTS_LOOKED_AT = 5;

    private final Inside hub;

    Tables(Inside hub) {
        this.hub = hub;
    }

    long inForce() {
        return hub.parts().flows().inForce().position();
    }

    TableLine line(Recorded<Entry.TableApplied> table) {
        Entry.TableApplied entry = table.entry();
        long position = table.position().value();
        String digest = digest(entry.text());
        return new TableLine(
                position,
                entry.time(),
                entry.by(),
                reason(position, entry.by(), digest),
                digest,
                (int) entry.text().lines().count(),
                hub.proposals().previous(table.position()).map(Position::value).orElse(0L),
                position == inForce());
    }

    static String digest(String text) {
        return Digest.of(text.getBytes(StandardCharsets.UTF_8)).toString();
    }

    private String reason(long position, String by, String digest) {
        return hub.acts().newest(position, ACTS_LOOKED_AT).stream()
                .map(Recorded::entry)
                .filter(act -> act.action().equals(APPLY)
                        && by.equals("operator:" + act.operator())
                        && act.subject().equals(digest))
                .map(Entry.OperatorActed::reason)
                .findFirst()
                .orElse("");
    }
}
