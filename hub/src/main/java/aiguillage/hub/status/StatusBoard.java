package aiguillage.hub.status;

import aiguillage.hub.settings.Maintenance;
import aiguillage.hub.status.PublicStatus.Notice;
import aiguillage.hub.status.PublicStatus.Planned;
import aiguillage.hub.status.PublicStatus.State;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// How this hub is, looked at every few seconds and told at no cost. Safe from any thread.
public final class StatusBoard {

    /// The version of gateways that an operator asks for.
    public static final String GATEWAY_VERSION = "status.gateway-version";

    private final String hub;
    private final Function<String, Optional<String>> settings;
    private final BooleanSupplier isDegraded;
    private final InstantSource clock;
    private final History history;
    private @Nullable PublicStatus last;
    private volatile StatusPage page;

    /// Looks for the first time.
    ///
    /// @param settings what operators have set, by name
    /// @param isDegraded whether new documents are refused, or lists are not served
    /// @param file that keeps the history
    public StatusBoard(
            String hub,
            Function<String, Optional<String>> settings,
            BooleanSupplier isDegraded,
            Path file,
            InstantSource clock)
            throws IOException {
        this.hub = hub;
        this.settings = settings;
        this.isDegraded = isDegraded;
        this.clock = clock;
        this.history = new History(file);
        this.page = StatusPage.of(seen(clock.instant().truncatedTo(ChronoUnit.SECONDS)));
    }

    private synchronized PublicStatus seen(Instant now) throws IOException {
        Maintenance work =
                Maintenance.announced(settings.apply(Maintenance.SETTING), now).orElse(null);
        Instant from = work == null ? null : work.from();
        Notice said = work == null ? null : new Notice(work.text("en"), work.text("fr"));
        List<Planned> planned = work != null && said != null && from != null && from.isAfter(now)
                ? List.of(new Planned(from, work.until(), said))
                : List.of();
        Notice notice = planned.isEmpty() ? said : null;
        State state = notice != null ? State.MAINTENANCE : isDegraded.getAsBoolean() ? State.DEGRADED : State.WORKING;
        history.saw(state, now);
        return new PublicStatus(
                hub,
                state,
                history.since(),
                notice,
                planned,
                settings.apply(GATEWAY_VERSION).orElse(""),
                history.changes());
    }

    /// Looks again; to be called every few seconds.
    public synchronized void look() throws IOException {
        PublicStatus now = seen(clock.instant().truncatedTo(ChronoUnit.SECONDS));
        if (!now.equals(last)) {
            last = now;
            page = StatusPage.of(now);
        }
    }

    /// Page and feed of this moment.
    public StatusPage page() {
        return page;
    }
}
