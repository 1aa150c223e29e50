package aiguillage.hub.mailbox;

import aiguillage.hub.mailbox.Mailboxes.Backlog;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Where something waits, of all mailboxes: looked at when somebody asks, and not again for a few seconds, however
/// many ask; so seldom that it takes a fiftieth of a processor at most. Safe from any thread.
public final class Backlogs {

    /// How long one look counts at least.
    public static final Duration KEPT = Duration.ofSeconds(5);

    private static final int PAUSE_TIMES = 50;

    private final Mailboxes mailboxes;
    private final InstantSource clock;
    private final ReentrantLock looking = new ReentrantLock();
    private volatile @Nullable Seen last;
    private volatile Duration kept = KEPT;

    /// @param at when it was looked
    /// @param all as [Mailboxes#backlogs] gives them
    public record Seen(Instant at, List<Backlog> all) {

        public Seen {
            all = List.copyOf(all);
        }
    }

    public Backlogs(Mailboxes mailboxes, InstantSource clock) {
        this.mailboxes = mailboxes;
        this.clock = clock;
    }

    /// What was seen at most [#KEPT] ago, or fifty times as long as it took to look.
    public Seen seen() {
        Seen known = fresh();
        if (known != null) {
            return known;
        }
        looking.lock();
        try {
            Seen meanwhile = fresh();
            if (meanwhile != null) {
                return meanwhile;
            }
            long began = System.nanoTime();
            var now = new Seen(clock.instant(), mailboxes.backlogs());
            Duration pause = Duration.ofNanos(PAUSE_TIMES * (System.nanoTime() - began));
            kept = pause.compareTo(KEPT) > 0 ? pause : KEPT;
            last = now;
            return now;
        } finally {
            looking.unlock();
        }
    }

    private @Nullable Seen fresh() {
        Seen known = last;
        return known != null && known.at.plus(kept).isAfter(clock.instant()) ? known : null;
    }
}
