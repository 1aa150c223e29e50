package aiguillage.gateway.replica;

import aiguillage.gateway.pace.Pause;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// What a keeper is told and has not looked at. At most [#NEWS_MAX] news; when more come, all are thrown away,
/// and the keeper asks the hub instead, which brings the same. Safe from any thread.
final class Mail {

    static final int NEWS_MAX = 64;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition came = lock.newCondition();
    private final Deque<DatasetNews> news = new ArrayDeque<>();
    private final HubClock clock;
    private volatile @Nullable Instant confirmed;
    private volatile Instant asked = HubClock.NEVER;
    private @Nullable Stands stands;
    private boolean asks;
    private boolean suspects;
    private boolean dropped;

    Mail(HubClock clock) {
        this.clock = clock;
    }

    /// By the steady clock, when the hub confirmed last that nothing newer exists than what is here: before it
    /// told of what is not taken in. Null: with whatever came from it last.
    @Nullable
    Instant confirmed() {
        return confirmed;
    }

    /// By the steady clock, when the hub was asked the question that it answered last; or [HubClock#NEVER].
    Instant asked() {
        return asked;
    }

    /// The hub answered what it was asked then.
    void answered(Instant asked) {
        this.asked = asked;
    }

    /// What was told since the last time.
    ///
    /// @param stands where the dataset stands, or null when that was not told
    /// @param asks whether the hub must be asked, since news were lost
    /// @param suspects whether the rows must be looked through
    record Told(List<DatasetNews> news, @Nullable Stands stands, boolean asks, boolean suspects) {}

    /// Where the dataset stands, at an instant of the hub's time.
    record Stands(Instant now, Subscription subscription) {}

    void add(DatasetNews one) {
        changed(() -> {
            news.add(one);
            behind();
            if (news.size() > NEWS_MAX) {
                news.clear();
                asks = true;
            }
        });
    }

    /// @param now by the hub's time
    void stands(Instant now, Subscription subscription) {
        changed(() -> {
            stands = new Stands(now, subscription);
            behind();
        });
    }

    void ask() {
        changed(() -> {
            asks = true;
            behind();
        });
    }

    void suspect() {
        changed(() -> suspects = true);
    }

    void drop() {
        changed(() -> dropped = true);
    }

    /// There may be something newer than what is here.
    void behind() {
        changed(() -> confirmed = confirmed == null ? clock.lastHeard() : confirmed);
    }

    /// What was here is gone, and comes again: until then an answer would be from something older.
    void lost() {
        changed(() -> confirmed = HubClock.NEVER);
    }

    /// All that was taken is taken in. What was told since then is not.
    void caughtUp() {
        changed(() -> confirmed = news.isEmpty() && stands == null && !asks ? null : confirmed);
    }

    private void changed(Runnable change) {
        lock.lock();
        try {
            change.run();
            came.signalAll();
        } finally {
            lock.unlock();
        }
    }

    Told take() {
        lock.lock();
        try {
            var told = new Told(new ArrayList<>(news), stands, asks, suspects);
            news.clear();
            stands = null;
            asks = false;
            suspects = false;
            return told;
        } finally {
            lock.unlock();
        }
    }

    /// Waits until something is told, for so long, or, now and then, for less: a round too many does no harm.
    ///
    /// @throws InterruptedException also when there is nothing to wait for: who fails at once, since it is
    ///     to stop, would go on failing
    void await(Pause pause, Duration most) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            if (most.isPositive() && news.isEmpty() && stands == null && !asks && !suspects && !dropped) {
                pause.pause(lock, came, most);
            }
        } finally {
            lock.unlock();
        }
    }

    boolean isDropped() {
        lock.lock();
        try {
            return dropped;
        } finally {
            lock.unlock();
        }
    }
}
