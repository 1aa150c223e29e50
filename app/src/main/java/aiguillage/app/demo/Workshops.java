package aiguillage.app.demo;

import aiguillage.app.start.StartingFolder;
import aiguillage.app.warranty.ClaimGenerator;
import aiguillage.app.warranty.ClaimLines;
import aiguillage.conformance.driver.StarDoor;
import aiguillage.gateway.dms.Folders;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// The dealers' management systems: claims at a steady pace, whether or not the switchyard keeps up. (A pace
/// that waited for answers would hide the time in which the hub is dead.)
final class Workshops implements Runnable {

    private static final long SEED = 20_260_301;

    private final StartingFolder folder;
    private final @Nullable ClaimLines lines;
    private final List<Cast.Workshop> workshops;
    private final int claims;
    private final int perSecond;
    private final Set<String> written = new HashSet<>();

    /// @param lines as which claims are written where a workshop's are flat; null: none is
    Workshops(
            StartingFolder folder,
            @Nullable ClaimLines lines,
            List<Cast.Workshop> workshops,
            int claims,
            int perSecond) {
        this.folder = folder;
        this.lines = lines;
        this.workshops = workshops;
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
            Cast.Workshop workshop = workshops.get(i % workshops.size());
            write(workshop, generator.claim(workshop.dealer(), workshop.brand(), 1 + i / workshops.size()));
        }
    }

    private void write(Cast.Workshop workshop, ClaimGenerator.Generated claim) {
        var dms = new Folders(folder.party(workshop.dealer().party()).resolve("dms"));
        try {
            DmsFiles.write(
                    dms.out(workshop.claims()),
                    claim.number() + workshop.extension(),
                    Map.of("id", claim.number(), "subject", claim.vin(), "contenttype", "application/xml"),
                    written(workshop, claim.xml()));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException("The claim " + claim.number() + " cannot be written", e);
        }
        synchronized (written) {
            written.add(claim.number());
        }
    }

    /// A BOD within a message has no XML declaration, so a system that speaks STAR writes none. A system of
    /// long ago writes lines.
    private byte[] written(Cast.Workshop workshop, byte[] xml) throws IOException {
        if (workshop.isFlat() && lines != null) {
            return lines.of(xml);
        }
        String text = new String(xml, StandardCharsets.UTF_8);
        return workshop.door() instanceof StarDoor
                ? text.substring(text.indexOf("?>") + 2).stripLeading().getBytes(StandardCharsets.UTF_8)
                : xml;
    }

    /// The numbers of the claims in the gateways' hands so far.
    Set<String> written() {
        synchronized (written) {
            return Set.copyOf(written);
        }
    }
}
