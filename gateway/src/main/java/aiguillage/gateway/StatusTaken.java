package aiguillage.gateway;

import aiguillage.dataset.replica.Health;
import aiguillage.dataset.replica.Version;
import aiguillage.gateway.dms.FileNames;
import aiguillage.gateway.dms.Folders;
import aiguillage.gateway.link.Link;
import aiguillage.gateway.outbox.Outbox;
import aiguillage.gateway.replica.Freshness;
import aiguillage.gateway.replica.KeptReplica;
import aiguillage.gateway.status.GatewayStatus.BrandStatus;
import aiguillage.gateway.status.GatewayStatus.DatasetStatus;
import aiguillage.gateway.status.GatewayStatus.HubStatus;
import aiguillage.gateway.status.Trouble.Kind;
import aiguillage.gateway.status.Troubles;
import aiguillage.protocol.Brand;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Takes the figures of a status from the gateway's parts.
final class StatusTaken {

    private StatusTaken() {}

    static HubStatus of(Link link) {
        return new HubStatus(
                link.name(), link.address(), text(link.connectedSince().orElse(null)));
    }

    static DatasetStatus of(KeptReplica kept) {
        Freshness freshness = kept.freshness();
        Freshness.Stale stale = freshness.stale();
        Health health =
                kept.replica().map(replica -> replica.health(freshness.now())).orElse(new Health.Nothing());
        @Nullable
        Version version = switch (health) {
            case Health.Nothing() -> null;
            case Health.Exact(var holds, var _) -> holds;
            case Health.Differs(var holds) -> holds;
            case Health.Unreadable(var holds, var _) -> holds;
        };
        Duration age = freshness.age();
        return new DatasetStatus(
                kept.name().toString(),
                version == null ? 0 : version.number(),
                version == null ? null : version.effective().toString(),
                stale == null ? null : stale.reason().code(),
                word(health),
                text(age == null ? null : freshness.now().minus(age)));
    }

    private static String word(Health health) {
        return switch (health) {
            case Health.Nothing() -> "nothing";
            case Health.Exact(var _, var isProven) -> isProven ? "proven" : "exact";
            case Health.Differs(var _) -> "differs";
            case Health.Unreadable(var _, var _) -> "unreadable";
        };
    }

    static BrandStatus of(Brand brand, Outbox outbox, Folders folders, Troubles troubles) {
        Outbox.Backlog backlog = outbox.backlog(brand);
        Down down = waitingDown(brand, folders, troubles);
        return new BrandStatus(
                brand.value(), backlog.documents(), text(backlog.oldest()), down.count(), text(down.oldest()));
    }

    private static Down waitingDown(Brand brand, Folders folders, Troubles troubles) {
        Path in = folders.in(brand);
        Down down = new Down(0, null);
        try (var kinds = Files.newDirectoryStream(in, p -> Files.isDirectory(p))) {
            for (Path kind : kinds) {
                down = down.with(kind);
            }
            troubles.ended(Kind.FOLDER_UNUSABLE, in.toString());
        } catch (IOException | DirectoryIteratorException e) {
            troubles.report(Kind.FOLDER_UNUSABLE, in.toString(), e);
        }
        return down;
    }

    /// Deliveries that the DMS has not taken, and when the oldest was handed over.
    private record Down(long count, @Nullable Instant oldest) {

        /// With those in another folder. Their names sort in the order of delivery, so that only one file of
        /// each folder is asked for its time.
        Down with(Path folder) throws IOException {
            long all = count;
            Path first = null;
            try (var files = Files.newDirectoryStream(folder)) {
                for (Path file : files) {
                    if (all >= BrandStatus.WAITING_DOWN_MAX) {
                        break;
                    }
                    if (!file.getFileName().toString().endsWith(FileNames.ENVELOPE)) {
                        all++;
                        first = first == null || file.compareTo(first) < 0 ? file : first;
                    }
                }
            }
            return new Down(all, first == null ? oldest : earlier(since(first)));
        }

        private @Nullable Instant earlier(@Nullable Instant other) {
            return oldest == null || (other != null && other.isBefore(oldest)) ? other : oldest;
        }

        /// Null when the DMS took it meanwhile.
        private static @Nullable Instant since(Path file) throws IOException {
            try {
                return Files.getLastModifiedTime(file).toInstant();
            } catch (NoSuchFileException taken) {
                return null;
            }
        }
    }

    private static @Nullable String text(@Nullable Instant time) {
        return time == null ? null : time.toString();
    }
}
