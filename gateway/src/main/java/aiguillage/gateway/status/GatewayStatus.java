package aiguillage.gateway.status;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// How a gateway is at one moment. Nothing in it is secret. Times are ISO 8601.
///
/// @param party who this gateway is
/// @param at when this was written: much older than a minute means that the gateway is not running
/// @param running false after an orderly stop
/// @param hubs one per hub, in the order of the configuration
/// @param brands one per brand
/// @param certificateUntil when the certificate ends, or null when there is none yet
/// @param certificateDaysLeft whole days until then; negative once it has ended
/// @param troubles what does not work at the moment
/// @param datasets one per dataset that this dealer reads
public record GatewayStatus(
        String party,
        String at,
        boolean running,
        List<HubStatus> hubs,
        List<BrandStatus> brands,
        @Nullable String certificateUntil,
        long certificateDaysLeft,
        List<TroubleStatus> troubles,
        List<DatasetStatus> datasets) {

    public GatewayStatus {
        // A file that an earlier version wrote has none.
        datasets = List.copyOf(Objects.requireNonNullElse(datasets, List.of()));
        hubs = List.copyOf(hubs);
        brands = List.copyOf(brands);
        troubles = List.copyOf(troubles);
    }

    /// The line to one hub.
    ///
    /// @param address the address in use
    /// @param connectedSince when the permanent stream began, or null while there is none
    public record HubStatus(
            String name, String address, @Nullable String connectedSince) {}

    /// What waits for one brand.
    ///
    /// @param waitingUp documents that the hub has not answered for
    /// @param oldestUp since when the oldest of them waits
    /// @param waitingDown deliveries in the `in` folder that the DMS has not taken; counting stops at
    ///     [#WAITING_DOWN_MAX]
    /// @param oldestDown since when the oldest of them lies there, or null
    public record BrandStatus(
            String name,
            long waitingUp,
            @Nullable String oldestUp,
            long waitingDown,
            @Nullable String oldestDown) {

        public static final long WAITING_DOWN_MAX = 10_000;
    }

    /// A dataset's replica.
    ///
    /// @param version that holds; 0: none does
    /// @param effective since when it holds, or null
    /// @param stale why answers are marked as stale, in one word as `not-heard`, or null when they are not
    /// @param health how the rows compare with what was signed: `proven` since they were last looked
    ///     through, `exact` as they were put together, `differs`, `unreadable`, or `nothing`; null in a status
    ///     of an earlier version
    /// @param confirmed when the hub last confirmed that nothing newer exists, or null while it has not
    public record DatasetStatus(
            String name,
            long version,
            @Nullable String effective,
            @Nullable String stale,
            @Nullable String health,
            @Nullable String confirmed) {}

    /// A [Trouble] as text.
    public record TroubleStatus(Trouble.Kind kind, String where, String detail, String since, String last) {

        static TroubleStatus of(Trouble trouble) {
            return new TroubleStatus(
                    trouble.kind(),
                    trouble.where(),
                    trouble.detail(),
                    trouble.since().toString(),
                    trouble.last().toString());
        }
    }

    /// Troubles as they go into a status.
    public static List<TroubleStatus> told(List<Trouble> troubles) {
        return troubles.stream().map(TroubleStatus::of).toList();
    }
}
