package aiguillage.faults;

import aiguillage.hub.testing.SmallDisk;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// A hub on a file system of its own, which is filled to the last byte.
final class FullDisk implements Fault {

    private static final Duration WRITE_EVERY = Duration.ofMillis(20);
    private static final Duration FULL_FOR = Duration.ofSeconds(3);

    @Override
    public String name() {
        return "full-disk";
    }

    @Override
    public String promised() {
        return "refused or stopped, never half stored; goes on when there is room";
    }

    @Override
    public boolean isCountedInSite() {
        return false;
    }

    @Override
    public void run(Site main, Scale scale, Row row) throws Exception {
        Path folder = Files.createDirectory(main.folder.resolveSibling("full-disk"));
        Path data = Files.createDirectories(folder.resolve("data"));
        Optional<SmallDisk> mounted = SmallDisk.mount(data, "300m");
        if (mounted.isEmpty()) {
            row.injected = "left out: this user may not mount a tmpfs (unshare -rm)";
            return;
        }
        try (SmallDisk disk = mounted.get();
                Site site = new Site(folder, Optional.empty(), false)) {
            site.hubIsWithin(disk.within());
            int rounds = scale.isFull() ? 5 : 1;
            int stopped = 0;
            Duration longest = Duration.ZERO;
            for (int round = 0; round < rounds; round++) {
                site.startAll();
                site.awaitRecovery(name());
                site.traffic.begin(name(), WRITE_EVERY);
                disk.fill(0);
                stopped += site.hub().endsWithin(FULL_FOR.toMillis(), TimeUnit.MILLISECONDS) ? 1 : 0;
                disk.empty();
                site.traffic.pause();
                long from = System.nanoTime();
                site.startAll();
                site.awaitRecovery(name());
                longest = Duration.ofNanos(Math.max(longest.toNanos(), System.nanoTime() - from));
            }
            site.awaitDelivered(name());
            site.end();
            new Counts(disk.outside("")).fill(row, site.traffic);
            row.injected = rounds + " times filled to the last byte for up to " + FULL_FOR.toSeconds() + " s";
            row.seen = "the hub stopped itself " + stopped + " times, else refused what came";
            row.recovery = "at most " + longest.toMillis() + " ms, with a start where it stopped";
        }
    }
}
