package aiguillage.dataset.publish;

import aiguillage.dataset.layer.Change;
import aiguillage.dataset.row.Key;
import aiguillage.dataset.row.Rows;
import java.io.IOException;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/// Compares what was published with the rows in force, key by key, and gives what differs to the new version.
/// Once the publication is refused, nothing more is written: it is read on only to find all that is wrong
/// with it.
final class Comparison {

    private final InForce inForce;
    private final NewVersion version;
    private final Jumps jumps;
    private final Findings findings;
    private final Helper helper;

    Comparison(InForce inForce, NewVersion version, Jumps jumps, Findings findings, Helper helper) {
        this.inForce = inForce;
        this.version = version;
        this.jumps = jumps;
        this.findings = findings;
        this.helper = helper;
    }

    /// Keys that a full list does not have are gone.
    ///
    /// @param seen gets the rows in force as they are read
    void full(Groups groups, Profiles seen) throws IOException {
        Iterator<Change> all = inForce.all();
        var ahead = new Ahead<>(() -> all.hasNext() ? all.next() : null, Comparison::bytes, helper);
        Change old = next(ahead, seen);
        for (Group group = groups.next(); group != null; group = groups.next()) {
            while (old != null && old.key().compareTo(group.key()) < 0) {
                change(old.key(), old.rows(), Rows.NONE);
                old = next(ahead, seen);
            }
            boolean same = old != null && old.key().equals(group.key());
            take(group, old != null && same ? old.rows() : Rows.NONE, false);
            old = same ? next(ahead, seen) : old;
        }
        while (old != null) {
            change(old.key(), old.rows(), Rows.NONE);
            old = next(ahead, seen);
        }
    }

    private static @Nullable Change next(Ahead<Change> all, Profiles seen) throws IOException {
        Change change = all.next();
        if (change != null) {
            seen.add(change);
        }
        return change;
    }

    private static int bytes(Change change) {
        return change.key().bytes().length + change.rows().bytes().length;
    }

    /// Keys that a delta does not have stay as they are.
    void delta(Groups groups) throws IOException {
        for (Group group = groups.next(); group != null; group = groups.next()) {
            take(group, inForce.find(group.key()), true);
        }
    }

    private void take(Group group, Rows before, boolean over) throws IOException {
        Rows after;
        try {
            after = over ? group.over(before) : group.alone();
        } catch (IllegalArgumentException e) {
            Checked last = group.lines().getLast();
            findings.add(Finding.refusing(Kind.DUPLICATE, last.line(), String.valueOf(e.getMessage())), last.text());
            return;
        }
        if (!after.equals(before)) {
            jumps.check(group, before, after);
            change(group.key(), before, after);
        } else if (after.isEmpty()) {
            version.countAbsent();
        }
    }

    private void change(Key key, Rows before, Rows after) throws IOException {
        version.count(key, before, after);
        if (!findings.isRefused()) {
            version.write(key, before, after);
        }
    }
}
