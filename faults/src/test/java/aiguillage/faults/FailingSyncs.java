package aiguillage.faults;

import aiguillage.hub.testing.HubProcess;
import java.time.Duration;

/// The disk says no to fsync. Nobody can know then what it holds; the harshest reading is made true: all that was
/// not synced before is cut off the log before the hub starts again.
final class FailingSyncs implements Fault {

    private static final Duration WRITE_EVERY = Duration.ofMillis(20);
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int STOPPED_ITSELF = 70;

    @Override
    public String name() {
        return "fsync";
    }

    @Override
    public String promised() {
        return "no receipt after a failed sync; the hub stops; what has a receipt survives the loss of all unsynced bytes";
    }

    @Override
    public boolean needsBadMachine() {
        return true;
    }

    @Override
    public void run(Site site, Scale scale, Row row) throws Exception {
        long lostBytes = 0;
        long failed = 0;
        Duration longest = Duration.ZERO;
        for (int round = 0; round < scale.fsyncs(); round++) {
            site.startAll();
            site.traffic.begin(name(), WRITE_EVERY);
            site.awaitRecovery(name());
            Site.pause(Duration.ofMillis(37L * round));
            HubProcess hub = site.hub();
            long before = site.hubMachine.failedSyncs();
            site.hubMachine.syncsFail(-1);
            int exit = hub.awaitEnd(PATIENCE);
            if (exit != STOPPED_ITSELF) {
                throw new AssertionError("the hub ended with " + exit + ": " + hub.said());
            }
            failed += site.hubMachine.failedSyncs() - before;
            site.hubMachine.syncsFail(0);
            lostBytes += site.hubMachine.loseWhatWasNotSynced();
            site.traffic.pause();
            long from = System.nanoTime();
            site.startAll();
            site.awaitRecovery(name());
            longest = max(longest, Duration.ofNanos(System.nanoTime() - from));
        }
        site.awaitDelivered(name());
        row.injected = scale.fsyncs() + " times every fsync failed (" + failed + " calls), then " + lostBytes
                + " unsynced bytes were cut off the log";
        row.seen = "the hub stopped itself each time (exit code 70)";
        row.recovery = "at most " + longest.toMillis() + " ms, with the start";
    }

    private static Duration max(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }
}
