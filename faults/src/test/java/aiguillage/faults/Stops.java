package aiguillage.faults;

import java.time.Duration;

/// SIGSTOP, as a swapping machine or a paused virtual one: first the hub, then the centre's gateway.
final class Stops implements Fault {

    private static final Duration WRITE_EVERY = Duration.ofMillis(100);

    @Override
    public String name() {
        return "stops";
    }

    @Override
    public String promised() {
        return "who is stopped goes on where it was; nothing lost, nothing twice";
    }

    @Override
    public void run(Site site, Scale scale, Row row) throws Exception {
        site.startAll();
        site.awaitRecovery(name());
        site.traffic.begin(name(), WRITE_EVERY);
        Duration hub = stopped(site, site.hub().pid(), scale.stopped());
        Duration centre = stopped(site, site.centre().pid(), scale.stopped());
        site.traffic.pause();
        site.awaitDelivered(name());
        row.injected = "hub and centre's gateway stopped for " + scale.stopped().toSeconds() + " s each";
        row.recovery = hub.toMillis() + " ms (hub), " + centre.toMillis() + " ms (gateway)";
    }

    private Duration stopped(Site site, long pid, Duration time) throws Exception {
        Site.signal(pid, "STOP");
        Site.pause(time);
        Site.signal(pid, "CONT");
        return site.awaitRecovery(name());
    }
}
