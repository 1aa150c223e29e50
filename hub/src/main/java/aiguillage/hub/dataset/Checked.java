package aiguillage.hub.dataset;

import aiguillage.dataset.publish.Summary;
import org.jspecify.annotations.Nullable;

/// What publishing a file would come to.
///
/// @param against the version it was compared with; 0: none
/// @param summary what it changes, or null when it is refused
/// @param report the id of the report of what was found, or null when nothing speaks against it
/// @param text the report, or empty
/// @param difference what would be others, or null when it is refused
public record Checked(
        Verdict verdict,
        long against,
        @Nullable Summary summary,
        @Nullable String report,
        String text,
        @Nullable Difference difference) {

    /// What would become of it.
    public enum Verdict {
        /// It would be the next version.
        READY,
        /// Every row is as it was: there would be no version.
        UNCHANGED,
        /// It would wait for a second person.
        HELD,
        /// It would be refused.
        REFUSED
    }
}
