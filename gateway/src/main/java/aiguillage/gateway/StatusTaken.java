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
import java.nio.file.Path;
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
        Health health = kept.replica()
                .map(replica -> replica.health(freshness.now()))
                .orElse(new Health.Nothing());
        @Nullable Version version =
                switch (health) {
                    case Health.Nothing() -> null;
                    case Health.Exact(var holds, var _) -> holds;
                    case Health.Differs(var holds) -> holds;
                    case Health.Unreadable(var holds, var _) -> holds;
                };
        return new DatasetStatus(
                kept.name().toString(),
                version == null ? 0 : version.number(),
                version == null ? null : version.effective().toString(),
                stale == null ? null : stale.reason().code());
    }

    static BrandStatus of(Brand brand, Outbox outbox, Folders folders, Troubles troubles) {
        Outbox.Backlog backlog = outbox.backlog(brand);
        return new BrandStatus(
                brand.value(), backlog.documents(), text(backlog.oldest()), waitingDown(brand, folders, troubles));
    }

    private static long waitingDown(Brand brand, Folders folders, Troubles troubles) {
        Path in = folders.in(brand);
        long count = 0;
        try (var kinds = Files.newDirectoryStream(in, p -> Files.isDirectory(p))) {
            for (Path kind : kinds) {
                try (var files = Files.newDirectoryStream(kind)) {
                    for (Path file : files) {
                        count += file.getFileName().toString().endsWith(FileNames.ENVELOPE) ? 0 : 1;
                        if (count >= BrandStatus.WAITING_DOWN_MAX) {
                            troubles.ended(Kind.FOLDER_UNUSABLE, in.toString());
                            return count;
                        }
                    }
                }
            }
            troubles.ended(Kind.FOLDER_UNUSABLE, in.toString());
        } catch (IOException | DirectoryIteratorException e) {
            troubles.report(Kind.FOLDER_UNUSABLE, in.toString(), e);
        }
        return count;
    }

    private static @Nullable String text(@Nullable Instant time) {
        return time == null ? null : time.toString();
    }
}
