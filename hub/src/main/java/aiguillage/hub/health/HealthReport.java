package aiguillage.hub.health;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Why the hub takes no new documents, in words for its operator.
public final class HealthReport {

    private HealthReport() {}

    /// @return empty when it takes them
    public static List<String> reasons(Space space, Stopping stopping, @Nullable Throwable journalFailure) {
        var reasons = new ArrayList<String>();
        if (space.isShort()) {
            reasons.add("The disk is nearly full: " + space.freeBytes() + " bytes are free.");
        }
        if (stopping.begun()) {
            reasons.add("The hub is stopping.");
        }
        if (journalFailure != null) {
            reasons.add("The journal stopped: " + journalFailure.getMessage());
        }
        return reasons;
    }
}
