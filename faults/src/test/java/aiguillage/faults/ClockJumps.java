package aiguillage.faults;

import java.time.Duration;
import java.util.List;

/// The wall clocks of the hub and the dealer jump, each by itself, by up to a day.
final class ClockJumps implements Fault {

    private static final List<Duration> JUMPS = List.of(
            Duration.ofHours(1),
            Duration.ofHours(-1),
            Duration.ofMinutes(-50),
            Duration.ofHours(20),
            Duration.ofMinutes(-1),
            Duration.ofSeconds(30),
            Duration.ZERO);
    private static final Duration WRITE_EVERY = Duration.ofMillis(50);

    @Override
    public String name() {
        return "clocks";
    }

    @Override
    public String promised() {
        return "no document depends on whose clock is right; order is the journal's";
    }

    @Override
    public boolean needsBadMachine() {
        return true;
    }

    @Override
    public void run(Site site, Scale scale, Row row) throws Exception {
        site.startAll();
        site.awaitRecovery(name());
        site.traffic.begin(name(), WRITE_EVERY);
        Duration longest = Duration.ZERO;
        int jumps = 0;
        for (Duration jump : JUMPS) {
            site.hubMachine.clockIsOff(jump);
            Duration took = site.awaitRecovery(name());
            site.dealerMachine.clockIsOff(jump.negated());
            Duration also = site.awaitRecovery(name());
            longest = List.of(longest, took, also).stream()
                    .max(Duration::compareTo)
                    .orElseThrow();
            Site.pause(scale.busy().dividedBy(10));
            jumps += 2;
        }
        site.traffic.pause();
        site.awaitDelivered(name());
        row.injected = jumps + " jumps between -20 h and +20 h, of the hub and of the dealer's gateway";
        row.recovery = "at most " + longest.toMillis() + " ms";
    }
}
