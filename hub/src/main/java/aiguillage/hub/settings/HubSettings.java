package aiguillage.hub.settings;

import aiguillage.hub.entry.Entry;
import aiguillage.hub.journal.Journal;
import aiguillage.hub.operators.Operator;
import aiguillage.hub.problem.Problem;
import aiguillage.hub.problem.Refused;
import aiguillage.hub.store.Key;
import aiguillage.hub.store.Store;
import aiguillage.hub.store.Table;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/// What operators set while the hub runs, and which holds until it is set again: alert rules, a maintenance
/// notice, a person's saved views. Safe from any thread; setting waits for the disk.
public final class HubSettings {

    /// That one person may set for himself; beyond them the journal takes no more of his within the hour.
    public static final int OWN_PER_HOUR_MAX = 60;

    private static final Duration HOUR = Duration.ofHours(1);

    private final Store store;
    private final Journal journal;
    private final InstantSource clock;
    private final Map<String, Hour> hours = new ConcurrentHashMap<>(); // by operator

    /// @param began of the first that was set
    private record Hour(Instant began, int count) {}

    public HubSettings(Store store, Journal journal, InstantSource clock) {
        this.store = store;
        this.journal = journal;
        this.clock = clock;
    }

    public Optional<String> get(String name) {
        byte[] value = store.get(Table.SETTINGS, Key.text(name).done());
        return value == null ? Optional.empty() : Optional.of(new String(value, StandardCharsets.UTF_8));
    }

    /// All whose names begin so, by name.
    public SortedMap<String, String> beginning(String prefix) {
        var found = new TreeMap<String, String>();
        byte[] from = prefix.getBytes(StandardCharsets.UTF_8);
        try (Store.Scan scan = store.scan(Table.SETTINGS, from, Key.behind(from))) {
            while (scan.next()) {
                found.put(Key.textAt(scan.key(), 0), new String(scan.value(), StandardCharsets.UTF_8));
            }
        }
        return found;
    }

    /// Sets what is a person's own and needs no rank; counted, since every setting is an entry for ever.
    ///
    /// @throws Refused when he has set too many within the hour, and as [#set] does
    public void setOwn(String name, String value, Operator by) {
        Instant now = clock.instant();
        Hour hour = hours.compute(
                by.name(),
                (_, before) -> before == null || !before.began.plus(HOUR).isAfter(now)
                        ? new Hour(now, 1)
                        : new Hour(before.began, Math.min(before.count, OWN_PER_HOUR_MAX) + 1));
        if (hour.count > OWN_PER_HOUR_MAX) {
            throw new Refused(
                    Problem.TOO_MANY_REQUESTS,
                    "You have kept " + OWN_PER_HOUR_MAX + " things within an hour. Try again after "
                            + hour.began.plus(HOUR).truncatedTo(ChronoUnit.SECONDS) + ".");
        }
        set(name, value, by);
    }

    /// Sets one; empty: it is not set any more.
    ///
    /// @throws Refused when the value is too long, or the journal takes nothing now
    public void set(String name, String value, Operator by) {
        if (value.length() > Entry.SettingChanged.VALUE_CHARS_MAX) {
            throw new Refused(
                    Problem.BAD_REQUEST,
                    "A setting has at most " + Entry.SettingChanged.VALUE_CHARS_MAX + " characters.");
        }
        var now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        Journal.await(journal.append(new Entry.SettingChanged(now, name, value, by.by())));
    }
}
