package aiguillage.hub.figures;

import java.time.Instant;

/// Counts by the minute, of the last so many minutes. Safe from any thread.
final class Minutes {

    private static final long MINUTE_MILLIS = 60_000;

    private final int[] counts;
    private long newest;

    /// @param minutes that are remembered
    Minutes(int minutes) {
        counts = new int[minutes];
    }

    synchronized void add(Instant at, long count) {
        long minute = minute(at);
        moveTo(minute);
        if (minute > newest - counts.length) {
            int place = place(minute);
            counts[place] = (int) Math.min(Integer.MAX_VALUE, counts[place] + count);
        }
    }

    /// How many there were in the last minutes, with the one that is under way.
    synchronized long sum(Instant now, int minutes) {
        long sum = 0;
        for (int count : last(now, minutes)) {
            sum += count;
        }
        return sum;
    }

    /// The last minutes' counts, oldest first, with the one that is under way.
    ///
    /// @param minutes at most as many as are remembered
    synchronized int[] last(Instant now, int minutes) {
        long until = minute(now);
        moveTo(until);
        int[] last = new int[minutes];
        for (int i = 0; i < minutes; i++) {
            long minute = until - minutes + 1 + i;
            last[i] = minute > newest - counts.length && minute <= newest ? counts[place(minute)] : 0;
        }
        return last;
    }

    /// Minutes in which nothing came have counts of long before in their places.
    private void moveTo(long minute) {
        for (long next = Math.max(newest + 1, minute - counts.length + 1); next <= minute; next++) {
            counts[place(next)] = 0;
        }
        newest = Math.max(newest, minute);
    }

    private int place(long minute) {
        return (int) Math.floorMod(minute, (long) counts.length);
    }

    private static long minute(Instant at) {
        return Math.floorDiv(at.toEpochMilli(), MINUTE_MILLIS);
    }
}
