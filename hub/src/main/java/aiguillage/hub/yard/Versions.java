package aiguillage.hub.yard;

import aiguillage.hub.entry.Entry;
import aiguillage.hub.store.Key;
import aiguillage.hub.store.Overlay;
import aiguillage.hub.store.Table;
import aiguillage.protocol.DatasetName;
import aiguillage.protocol.Position;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Applies entries about versions of datasets. Versions of a dataset are a line: each changes the one before, and
/// none holds before it; only its end that does not hold yet can be taken back.
final class Versions {

    private Versions() {}

    static Outcome publish(Position position, Entry.VersionPublished e, Overlay views) {
        NewestRow newest = newest(e.dataset(), views);
        if (e.from() != newest.standing()
                || e.number() != newest.last() + 1
                || (newest.standing() != 0 && e.effective().isBefore(newest.effective()))) {
            return new Outcome.VersionOvertaken(newest.standing());
        }
        Position held = e.held();
        if (held != null) {
            byte[] key = heldKey(e.dataset(), held);
            if (views.get(Table.HELD, key) == null) {
                return new Outcome.Ended();
            }
            views.delete(Table.HELD, key);
        }
        var row = new VersionRow(position, e.from(), e.effective(), null);
        views.put(Table.VERSIONS, VersionRow.key(e.dataset(), e.number()), row.encode());
        stand(e.dataset(), new NewestRow(e.number(), e.number(), e.effective()), views);
        return new Outcome.Recorded(position);
    }

    static Outcome hold(Position position, Entry.VersionHeld e, Overlay views) {
        NewestRow newest = newest(e.dataset(), views);
        if (e.from() != newest.standing()) {
            return new Outcome.VersionOvertaken(newest.standing());
        }
        views.put(Table.HELD, heldKey(e.dataset(), position), HistoryEvent.NOTHING);
        return new Outcome.Recorded(position);
    }

    static Outcome discard(Position position, Entry.HeldDiscarded e, Overlay views) {
        byte[] key = heldKey(e.dataset(), e.held());
        if (views.get(Table.HELD, key) == null) {
            return new Outcome.Ended();
        }
        views.delete(Table.HELD, key);
        return new Outcome.Recorded(position);
    }

    static Outcome withdraw(Position position, Entry.VersionWithdrawn e, Overlay views) {
        NewestRow newest = newest(e.dataset(), views);
        VersionRow first = row(e.dataset(), e.number(), views);
        if (first == null
                || first.withdrawn() != null
                || newest.standing() < e.number()
                || !first.effective().isAfter(e.time())) {
            return new Outcome.Ended();
        }
        long number = newest.standing();
        while (number >= e.number()) { // every version that stands leads back to the first one
            VersionRow row = row(e.dataset(), number, views);
            if (row == null) {
                throw new AssertionError("version " + number + " of " + e.dataset() + " stands, and has no row");
            }
            var withdrawn = new VersionRow(row.position(), row.from(), row.effective(), position);
            views.put(Table.VERSIONS, VersionRow.key(e.dataset(), number), withdrawn.encode());
            number = row.from();
        }
        VersionRow left = number == 0 ? null : row(e.dataset(), number, views);
        stand(
                e.dataset(),
                new NewestRow(newest.last(), number, left == null ? Instant.EPOCH : left.effective()),
                views);
        return new Outcome.Recorded(position);
    }

    private static byte[] heldKey(DatasetName dataset, Position held) {
        return Key.text(dataset.toString()).then(held.value()).done();
    }

    private static void stand(DatasetName dataset, NewestRow row, Overlay views) {
        views.put(Table.CURRENT, NewestRow.key(dataset), row.encode());
    }

    private static NewestRow newest(DatasetName dataset, Overlay views) {
        byte[] row = views.get(Table.CURRENT, NewestRow.key(dataset));
        return row == null ? NewestRow.NONE : NewestRow.decode(row);
    }

    private static @Nullable VersionRow row(DatasetName dataset, long number, Overlay views) {
        byte[] row = views.get(Table.VERSIONS, VersionRow.key(dataset, number));
        return row == null ? null : VersionRow.decode(row);
    }
}
