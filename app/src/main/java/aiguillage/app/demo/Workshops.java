package aiguillage.app.demo;

import aiguillage.app.start.StartingFolder;
import aiguillage.app.warranty.ClaimGenerator;
import aiguillage.gateway.dms.Folders;
import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;

/// The dealers' management systems: claims at a steady pace, whether or not the switchyard keeps up. (A pace that
/// waited for answers would hide the time in which the hub is dead.)
final class Workshops implements Runnable {

    private static final long SEED = 20_260_301;

    private final StartingFolder folder;
    private final int claims;
    private final int perSecond;
    private final Set<String> written = new HashSet<>();

    Workshops(StartingFolder folder, int claims, int perSecond) {
        this.folder = folder;
        this.claims = claims;
        this.perSecond = perSecond;
    }

    /// Writes all claims; ends when they are written, or when interrupted.
    @Override
    public void run() {
        var generator = new ClaimGenerator(SEED);
        long begun = System.nanoTime();
        for (int i = 0; i < claims && !Thread.interrupted(); i++) {
            long due = begun + Duration.ofSeconds(i).toNanos() / perSecond;
            LockSupport.parkNanos(due - System.nanoTime());
            Cast.Workshop workshop = Cast.WORKSHOPS.get(i % Cast.WORKSHOPS.size());
            write(workshop, generator.claim(workshop.dealer(), workshop.brand(), 1 + i / Cast.WORKSHOPS.size()));
        }
    }

    private void write(Cast.Workshop workshop, ClaimGenerator.Generated claim) {
        var dms = new Folders(folder.party(workshop.dealer().party()).resolve("dms"));
        try {
            DmsFiles.write(
                    dms.out(workshop.claims()),
                    claim.number() + ".xml",
                    Map.of("id", claim.number(), "subject", claim.vin(), "contenttype", "application/xml"),
                    claim.xml());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException("The claim " + claim.number() + " cannot be written", e);
        }
        synchronized (written) {
            written.add(claim.number());
        }
    }

    /// The numbers of the claims in the gateways' hands so far.
    Set<String> written() {
        synchronized (written) {
            return Set.copyOf(written);
        }
    }
}
