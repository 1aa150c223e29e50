package aiguillage.bench.stored;

import aiguillage.bench.server.Child;
import aiguillage.bench.server.HubProcess;
import aiguillage.bench.server.Site;
import java.io.IOException;
import java.util.List;

/// Fills the store of a site's hub, which does not run meanwhile.
public final class Seeding {

    /// So many wait for the journal at any time while it is only being filled: commits are as large as they get.
    static final int WAITING = 2_000;

    private Seeding() {}

    /// Runs the hub once, so that its keys and its table are there, and stops it.
    public static void prepare(Site site) throws IOException {
        try (Child hub = Child.start(HubProcess.class, List.of(), site.folder())) {
            hub.answer();
        }
    }

    /// Adds documents that wait in the centre's mailbox.
    public static void fill(Site site, long count, int payloadBytes) throws IOException {
        try (Child seed = begin(site, count, payloadBytes)) {
            seed.answer();
        }
    }

    /// The same, and then the process is killed: the next to open the store has its log to read.
    static void fillAndKill(Site site, long count, int payloadBytes) throws IOException {
        try (Child seed = begin(site, count, payloadBytes)) {
            seed.answer();
            seed.order("kill");
        }
    }

    private static Child begin(Site site, long count, int payloadBytes) throws IOException {
        Child seed = Child.start(SeedProcess.class, List.of(), site.folder());
        seed.order("hub");
        seed.order("add " + count + " " + payloadBytes + " " + WAITING);
        return seed;
    }
}
