package aiguillage.faults;

import java.time.Duration;

/// Each fsync takes a quarter of a second.
final class SlowDisk implements Fault {

    private static final Duration MORE = Duration.ofMillis(250);
    private static final Duration WRITE_EVERY = Duration.ofMillis(50);

    @Override
    public String name() {
        return "slow-disk";
    }

    @Override
    public String promised() {
        return "slower, and nothing else";
    }

    @Override
    public boolean needsBadMachine() {
        return true;
    }

    @Override
    public void run(Site site, Scale scale, Row row) throws Exception {
        site.startAll();
        site.awaitRecovery(name());
        try (var probe = new Probe(site, name())) {
            Probe.Took before = probe.during(scale.busy().dividedBy(3));
            site.traffic.begin(name(), WRITE_EVERY);
            long syncs = site.hubMachine.syncs();
            site.hubMachine.syncsTake(MORE);
            site.dealerMachine.syncsTake(MORE);
            Probe.Took meanwhile = probe.during(scale.busy());
            site.hubMachine.syncsTake(Duration.ZERO);
            site.dealerMachine.syncsTake(Duration.ZERO);
            row.injected = "each of " + (site.hubMachine.syncs() - syncs) + " fsyncs of the hub " + MORE.toMillis()
                    + " ms slower for " + scale.busy().toSeconds() + " s; the dealer's gateway's too";
            row.seen = "submissions took " + meanwhile + "; before " + before;
            row.recovered(site.awaitRecovery(name()));
            row.probed.addAll(probe.receipted());
        }
        site.traffic.pause();
        site.awaitDelivered(name());
    }
}
