package aiguillage.app.demo;

import aiguillage.app.warranty.ClaimUnreadable;
import aiguillage.app.warranty.Decision;
import aiguillage.gateway.dms.FileNames;
import aiguillage.gateway.dms.Folders;
import aiguillage.protocol.Brand;
import aiguillage.protocol.FlowName;
import aiguillage.protocol.PartyId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The centre's own system: takes each claim from its DMS folder, decides, writes the answer into `out`, and only
/// then moves the claim to `taken`. A crash between the two decides the same claim again: to the same answer under
/// the same id, which the gateway and the hub take once (I2).
public final class Deciding {

    /// Where claims lie once they are answered, beside `in`.
    static final String TAKEN = "taken";

    private static final long LOOK_MILLIS = 250;

    private final Folders dms;
    private final List<Brand> brands;

    public Deciding(Path dms, List<Brand> brands) {
        this.dms = new Folders(dms);
        this.brands = List.copyOf(brands);
    }

    /// Decides until interrupted.
    public void run() throws IOException {
        try (WatchService watch = dms.root().getFileSystem().newWatchService()) {
            for (Brand brand : brands) {
                Files.createDirectories(claims(brand)).register(watch, StandardWatchEventKinds.ENTRY_CREATE);
            }
            while (true) {
                for (Brand brand : brands) {
                    decideAll(brand);
                }
                WatchKey changed = watch.poll(LOOK_MILLIS, TimeUnit.MILLISECONDS);
                if (changed != null) {
                    changed.pollEvents();
                    changed.reset();
                }
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private Path claims(Brand brand) {
        return dms.in(new FlowName(brand, Cast.CLAIM));
    }

    private void decideAll(Brand brand) throws IOException {
        List<Path> waiting;
        try (Stream<Path> files = Files.list(claims(brand))) {
            waiting = files.filter(file -> file.toString().endsWith(".xml"))
                    .sorted()
                    .toList();
        }
        for (Path claim : waiting) {
            decide(brand, claim);
        }
    }

    private void decide(Brand brand, Path file) throws IOException {
        Path envelopeFile = file.resolveSibling(file.getFileName() + FileNames.ENVELOPE);
        JsonNode envelope = JsonMapper.shared().readTree(Files.readAllBytes(envelopeFile));
        String id = envelope.path("id").asString();
        String dealer = envelope.path("source").asString().substring(PartyId.URN_PREFIX.length());
        try {
            Decision decision = Decision.of(Files.readAllBytes(file));
            DmsFiles.write(
                    dms.out(new FlowName(brand, Cast.DECISION)),
                    "D-" + id + ".xml",
                    Map.of(
                            "id",
                            "D-" + id,
                            "recipient",
                            dealer,
                            "inreplyto",
                            id,
                            "subject",
                            decision.claimNumber(),
                            "contenttype",
                            "application/xml"),
                    decision.advisory(Files.getLastModifiedTime(file).toInstant()));
        } catch (ClaimUnreadable e) {
            throw new IOException(file + " passed the hub's schema, but cannot be decided: " + e.getMessage(), e);
        }
        Path taken = Files.createDirectories(
                dms.root().resolve(brand.value()).resolve(TAKEN).resolve(Cast.CLAIM));
        Files.move(envelopeFile, taken.resolve(envelopeFile.getFileName()), StandardCopyOption.REPLACE_EXISTING);
        Files.move(file, taken.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
    }
}
