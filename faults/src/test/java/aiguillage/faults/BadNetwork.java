package aiguillage.faults;

import java.time.Duration;

/// The line stalls, resets connections, and ends them in the middle of a record.
final class BadNetwork implements Fault {

    private static final Duration WRITE_EVERY = Duration.ofMillis(20);

    @Override
    public String name() {
        return "network";
    }

    @Override
    public String promised() {
        return "gateways come back by themselves; a lost answer loses nothing";
    }

    @Override
    public void run(Site site, Scale scale, Row row) throws Exception {
        site.startAll();
        site.awaitRecovery(name());
        int before = site.relay.connections.get();
        site.traffic.begin(name(), WRITE_EVERY);
        site.relay.isBad(true);
        Site.pause(scale.busy().multipliedBy(2));
        site.relay.isBad(false);
        site.traffic.pause();
        row.recovered(site.awaitRecovery(name()));
        site.awaitDelivered(name());
        row.injected = site.relay.stalls + " stalls of up to 3 s, " + site.relay.resets + " resets, " + site.relay.cuts
                + " cuts in the middle, in " + scale.busy().multipliedBy(2).toSeconds() + " s";
        row.seen = (site.relay.connections.get() - before) + " connections were made";
    }
}
