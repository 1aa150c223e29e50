package aiguillage.gateway.inbox;

import aiguillage.gateway.disk.Disk;
import aiguillage.gateway.disk.FileDigest;
import aiguillage.protocol.Digest;
import aiguillage.protocol.Position;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/// The folder where deliveries are made complete and checked before the DMS can see them: `<position>` and
/// `<position>.envelope`, and while a large payload is fetched `<position>.part`.
final class Staging {

    /// A download broken off longer ago than this is no longer continued.
    static final Duration PART_KEPT = Duration.ofDays(7);

    private static final String PART = ".part";
    private static final String ENVELOPE = ".envelope";

    private final Path folder;
    private final Disk disk;
    private final Fetcher fetcher;
    private final JsonMapper json;

    Staging(Path folder, Disk disk, Fetcher fetcher, JsonMapper json) {
        this.folder = folder;
        this.disk = disk;
        this.fetcher = fetcher;
        this.json = json;
    }

    Path folder() {
        return folder;
    }

    Path payload(Position position) {
        return folder.resolve(position.toString());
    }

    Path envelope(Position position) {
        return folder.resolve(position + ENVELOPE);
    }

    /// Writes payload and envelope and checks the payload's digest.
    ///
    /// @param withEnvelope whether the DMS gets the envelope, too
    /// @throws Damaged when the payload is not what its digest says
    void stage(Delivery delivery, boolean withEnvelope) throws IOException, InterruptedException {
        byte[] data = delivery.data();
        if (data != null) {
            check(delivery, Digest.of(data));
            disk.write(payload(delivery.position()), data);
        } else {
            fetch(delivery);
        }
        if (withEnvelope) {
            disk.write(envelope(delivery.position()), EnvelopeText.of(delivery, json));
        }
    }

    /// Removes what no record speaks of, but a download that can be continued, and files that are not ours.
    void tidy(Instant now, HandOvers records) throws IOException {
        try (var files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                Position position = position(file);
                if (position == null) {
                    continue;
                }
                boolean part = file.getFileName().toString().endsWith(PART);
                boolean old = Files.getLastModifiedTime(file)
                        .toInstant()
                        .plus(PART_KEPT)
                        .isBefore(now);
                if (part ? old : records.at(position) == null) {
                    disk.delete(file);
                }
            }
        }
    }

    /// The position that a file of ours is named after, or null: a system or its user may put others into any folder,
    /// such as `.DS_Store`, `desktop.ini` or `.nfs…`.
    static @Nullable Position position(Path file) {
        String name = file.getFileName().toString();
        for (String ending : List.of(PART, ENVELOPE)) {
            name = name.endsWith(ending) ? name.substring(0, name.length() - ending.length()) : name;
        }
        try {
            return Position.of(name);
        } catch (IllegalArgumentException notOurs) {
            return null;
        }
    }

    /// Goes on behind what an earlier, broken download left.
    private void fetch(Delivery delivery) throws IOException, InterruptedException {
        Path part = folder.resolve(delivery.position() + PART);
        long here = Files.exists(part) ? Files.size(part) : 0;
        if (here > delivery.bytes()) {
            disk.delete(part);
            here = 0;
        }
        if (here < delivery.bytes() || here == 0) {
            try (InputStream content = fetcher.payload(String.valueOf(delivery.dataRef()), here)) {
                disk.write(part, content, delivery.bytes() - here, here > 0);
            }
        }
        if (Files.size(part) < delivery.bytes()) {
            throw new IOException("the payload ended after " + Files.size(part) + " of " + delivery.bytes() + " bytes");
        }
        try {
            check(delivery, FileDigest.of(part));
        } catch (Damaged e) {
            disk.delete(part);
            throw e;
        }
        disk.move(part, payload(delivery.position()));
    }

    private static void check(Delivery delivery, Digest found) throws Damaged {
        if (!found.equals(delivery.digest())) {
            throw new Damaged("the payload's digest is " + found + ", the hub announced " + delivery.digest());
        }
    }

    /// A payload that is not what its digest says.
    static final class Damaged extends IOException {
        private static final long serialVersionUID = 1L;

        Damaged(String message) {
            super(message);
        }
    }
}
