package aiguillage.hub.dataset;

import aiguillage.dataset.replica.Buckets;
import aiguillage.dataset.row.Key;
import aiguillage.hub.problem.Problem;
import aiguillage.hub.problem.Refused;
import aiguillage.protocol.DatasetName;
import aiguillage.protocol.PartyId;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Who reads how much of which dataset: limits per day, and what is unusual. Counted since the hub's start, by
/// days of UTC. Safe from any thread; one small object per party and dataset.
public final class Reading {

    private static final Logger LOG = LoggerFactory.getLogger(Reading.class);

    /// So many keys in a row, each behind the one before, come by chance once in 10^18 times.
    static final int CRAWL_KEYS = 20;

    /// Ten times of what a party usually looks up in a day is unusual, from so many keys on.
    static final int UNUSUAL_TIMES = 10;

    static final int UNUSUAL_KEYS_MIN = 100;

    /// So often a download of all rows may go on after it broke off; then it counts as another one.
    static final int PARTS_MAX = 16;

    /// How much of a new day counts in what is usual.
    private static final double NEW_DAY = 0.2;

    private final Map<DatasetName, Map<PartyId, Tally>> tallies = new TreeMap<>();

    /// How one party read one dataset.
    ///
    /// @param lookups keys looked up today
    /// @param wholeLists how often all rows were taken today
    /// @param usual keys looked up in a day, on average of late; 0 when there was no day before
    /// @param longestRun of keys asked for in their order, today
    /// @param isCrawl whether that is longer than chance allows
    /// @param isUnusual whether today is ten times the usual
    public record Told(
            PartyId party,
            long lookups,
            long wholeLists,
            double usual,
            int longestRun,
            boolean isCrawl,
            boolean isUnusual) {}

    /// All rows of a version, as one scope sees them, or a part of them.
    ///
    /// @param goesOn whether it is a part that follows others
    record Taken(long version, String scope, boolean goesOn) {}

    private static final class Tally {
        private LocalDate day = LocalDate.EPOCH;
        private long lookups;
        private long wholeLists;
        private int buckets;

        /// For each whole list that was begun today: how often it may go on.
        private final Map<Taken, Integer> begun = new HashMap<>();

        private double usual;
        private boolean hasUsual;
        private int run;
        private int longestRun;
        private @Nullable Key last;
        private boolean wasTold;

        void at(LocalDate today) {
            if (day.equals(today)) {
                return;
            }
            if (!day.equals(LocalDate.EPOCH)) {
                usual = hasUsual ? (1 - NEW_DAY) * usual + NEW_DAY * lookups : lookups;
                hasUsual = true;
            }
            day = today;
            lookups = 0;
            wholeLists = 0;
            buckets = 0;
            begun.clear();
            longestRun = 0;
            wasTold = false;
        }

        void key(Key key) {
            run = last != null && last.compareTo(key) < 0 ? run + 1 : 1;
            longestRun = Math.max(longestRun, run);
            last = key;
        }

        boolean goesOn(Taken list) {
            return list.goesOn() && begun.getOrDefault(list, 0) > 0;
        }

        boolean isCrawl() {
            return longestRun >= CRAWL_KEYS;
        }

        boolean isUnusual() {
            return hasUsual && lookups >= UNUSUAL_KEYS_MIN && lookups > UNUSUAL_TIMES * usual;
        }
    }

    private Tally tally(DatasetName dataset, PartyId party, Instant now) {
        Tally tally = tallies.computeIfAbsent(dataset, _ -> new TreeMap<>()).computeIfAbsent(party, _ -> new Tally());
        tally.at(day(now));
        return tally;
    }

    private static LocalDate day(Instant now) {
        return LocalDate.ofInstant(now, ZoneOffset.UTC);
    }

    /// Counts keys that a party looks up.
    ///
    /// @throws Refused when it has had its share of this day
    synchronized void lookUp(DatasetName dataset, PartyId party, List<Key> keys, long eachDay, Instant now) {
        Tally tally = tally(dataset, party, now);
        if (tally.lookups + keys.size() > eachDay) {
            throw used("looked up " + tally.lookups + " of " + eachDay + " keys", now);
        }
        tally.lookups += keys.size();
        keys.forEach(tally::key);
        if (!tally.wasTold && (tally.isCrawl() || tally.isUnusual())) {
            tally.wasTold = true;
            LOG.atWarn()
                    .addKeyValue("dataset", dataset)
                    .addKeyValue("party", party.value())
                    .addKeyValue("lookups", tally.lookups)
                    .addKeyValue("longestRun", tally.longestRun)
                    .log("A party reads a list in an unusual way. Look at it with `aiguillage dataset reading`.");
        }
    }

    /// Whether a party may take all rows once more, or go on with them.
    ///
    /// @throws Refused when it has had its share of this day
    synchronized void requireAll(DatasetName dataset, PartyId party, Taken list, long eachDay, Instant now) {
        Tally tally = tally(dataset, party, now);
        if (!tally.goesOn(list)) {
            requireAnother(tally, eachDay, now);
        }
    }

    /// Counts that a party takes all rows. A part whose list was not begun today counts as a whole list, and so
    /// does one after very many.
    ///
    /// @throws Refused when it has had its share of this day
    synchronized void takeAll(DatasetName dataset, PartyId party, Taken list, long eachDay, Instant now) {
        Tally tally = tally(dataset, party, now);
        var parts = new Taken(list.version(), list.scope(), true);
        if (tally.goesOn(list)) {
            tally.begun.merge(parts, -1, Integer::sum);
            return;
        }
        requireAnother(tally, eachDay, now);
        tally.wholeLists++;
        tally.begun.put(parts, PARTS_MAX);
    }

    /// @throws Refused when a party has had its share of this day: as many buckets as there are count as a
    ///     whole list
    synchronized void requireBucket(DatasetName dataset, PartyId party, long eachDay, Instant now) {
        Tally tally = tally(dataset, party, now);
        if (tally.buckets + 1 >= Buckets.COUNT) {
            requireAnother(tally, eachDay, now);
        }
    }

    /// Counts one that was made for it.
    ///
    /// @throws Refused when it has had its share of this day meanwhile
    synchronized void takeBucket(DatasetName dataset, PartyId party, long eachDay, Instant now) {
        Tally tally = tally(dataset, party, now);
        if (tally.buckets + 1 < Buckets.COUNT) {
            tally.buckets++;
            return;
        }
        requireAnother(tally, eachDay, now);
        tally.wholeLists++;
        tally.buckets = 0;
    }

    private static void requireAnother(Tally tally, long eachDay, Instant now) {
        if (tally.wholeLists >= eachDay) {
            throw used("taken all rows " + eachDay + " times", now);
        }
    }

    private static Refused used(String what, Instant now) {
        Instant tomorrow = day(now).plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant();
        return new Refused(Problem.TOO_MANY_REQUESTS, "Today you have " + what + ".")
                .with("retryAfter", Duration.between(now, tomorrow).toSeconds() + 1);
    }

    /// How a dataset was read today, by party; the unusual first.
    synchronized List<Told> of(DatasetName dataset, Instant now) {
        List<Told> told = new ArrayList<>();
        tallies.getOrDefault(dataset, Map.of()).forEach((party, tally) -> {
            tally.at(day(now));
            told.add(new Told(
                    party,
                    tally.lookups,
                    tally.wholeLists,
                    tally.usual,
                    tally.longestRun,
                    tally.isCrawl(),
                    tally.isUnusual()));
        });
        told.sort((a, b) -> Boolean.compare(b.isCrawl() || b.isUnusual(), a.isCrawl() || a.isUnusual()));
        return told;
    }

    /// How many parties read in an unusual way today.
    synchronized long unusual(Instant now) {
        return List.copyOf(tallies.keySet()).stream()
                .flatMap(dataset -> of(dataset, now).stream())
                .filter(told -> told.isCrawl() || told.isUnusual())
                .count();
    }
}
