package aiguillage.console.trouble;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What waits for whom.
///
/// @param at when it was looked
/// @param parties with something in their mailboxes, those that are wanted and those that are shown
/// @param stuck how many of those that are wanted are stuck
/// @param next the address of the next page; null: this is the last
public record MailboxesView(
        Filter filter,
        Instant at,
        int parties,
        long stuck,
        List<Line> lines,
        @Nullable String next) {

    public MailboxesView {
        lines = List.copyOf(lines);
    }

    /// What is wanted.
    ///
    /// @param party a part of its name; empty: all
    public record Filter(String party, boolean isStuckOnly) {}

    /// @param since since when its oldest is pending; null: nothing is
    /// @param heard whether its reader is there
    public record Line(
            String party,
            long pending,
            long quarantined,
            @Nullable Instant since,
            @Nullable Duration age,
            boolean isStuck,
            Heard heard) {}
}
