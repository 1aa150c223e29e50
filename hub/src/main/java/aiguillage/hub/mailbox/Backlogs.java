package aiguillage.hub.mailbox;

import aiguillage.hub.mailbox.Mailboxes.Backlog;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Where something waits, of all mailboxes: looked at when somebody asks, and not again for a few seconds,
/// however many ask. Safe from any thread.
public final class Backlogs {

    /// How long one look counts.
    public static final Duration KEPT = Duration.ofSeconds(5);

    private final Mailboxes mailboxes;
    private final InstantSource clock;
    private final ReentrantLock looking = new ReentrantLock();
    private volatile @Nullable Seen last;

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

    /// What was seen at most [#KEPT] ago.
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
            var now = new Seen(clock.instant(), mailboxes.backlogs());
            last = now;
            return now;
        } finally {
            looking.unlock();
        }
    }

    private @Nullable Seen fresh() {
        Seen known = last;
        return known != null && known.at.plus(KEPT).isAfter(clock.instant()) ? known : null;
    }
}
