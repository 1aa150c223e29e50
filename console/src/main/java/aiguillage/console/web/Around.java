package aiguillage.console.web;

import aiguillage.console.session.Session;
import aiguillage.hub.settings.HubSettings;
import aiguillage.hub.settings.Maintenance;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What stands around every page: a notice, and what its reader has kept. Safe from any thread.
final class Around {

    private final HubSettings settings;
    private final SavedViews views;
    private final InstantSource clock;

    Around(HubSettings settings, InstantSource clock) {
        this.settings = settings;
        this.views = new SavedViews(settings);
        this.clock = clock;
    }

    Optional<Maintenance> notice() {
        return Maintenance.announced(settings, clock.instant());
    }

    List<SavedViews.SavedView> views(@Nullable Session session) {
        return session == null ? List.of() : views.of(session.operator());
    }
}
