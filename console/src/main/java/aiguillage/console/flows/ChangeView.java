package aiguillage.console.flows;

import org.jspecify.annotations.Nullable;

/// A flows file that is being written.
///
/// @param text of it
/// @param base the position of the table with which it was begun
/// @param inForce the one in force now
/// @param isDraft whether it was written here, and is not just the table in force
public record ChangeView(
        String text,
        long base,
        TableLine inForce,
        boolean isDraft,
        @Nullable TableLine restored) {

    /// Whether another table has come into force since it was begun.
    public boolean isOvertaken() {
        return base != inForce.position();
    }
}
