package aiguillage.console.flows;

import aiguillage.config.ConfigProblem;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a draft would do.
///
/// @param digest of the draft
/// @param base the position of the table with which it was begun
/// @param inForce the one with which it is compared
/// @param problems why it cannot be used, in the order of the file
/// @param unfit what around it does not go with it; empty: nothing
/// @param meaning null when it cannot be read
public record ProposalView(
        String digest,
        long base,
        TableLine inForce,
        List<ConfigProblem> problems,
        String unfit,
        @Nullable Meaning meaning,
        LineDiff lines) {

    public ProposalView {
        problems = List.copyOf(problems);
    }

    public boolean isOvertaken() {
        return base != inForce.position();
    }

    public boolean canBeApplied() {
        return problems.isEmpty() && unfit.isEmpty() && !lines.isEmpty();
    }
}
