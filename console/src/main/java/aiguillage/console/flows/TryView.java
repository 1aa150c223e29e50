package aiguillage.console.flows;

import aiguillage.hub.problem.Problem;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A document that is tried.
///
/// @param asked the form's fields, as they were filled in
/// @param flows those to choose from
/// @param senders some of those to choose from
/// @param fault what is wrong with the fields; empty: nothing
/// @param result null before it is asked
public record TryView(
        Map<String, String> asked,
        List<String> flows,
        List<String> senders,
        String fault,
        @Nullable Result result) {

    /// What would become of it.
    ///
    /// @param refused what its sender would be answered; null: it would be taken
    /// @param detail the sentence particular to this case
    /// @param commands that ask the same
    public record Result(
            List<Step> steps,
            @Nullable Problem refused,
            String detail,
            List<Reader> readers,
            int readersInAll,
            List<String> commands) {

        public Result {
            steps = List.copyOf(steps);
            readers = List.copyOf(readers);
            commands = List.copyOf(commands);
        }
    }

    /// @param subject its words' key
    /// @param english what the hub says beside it in its own words; empty: nothing
    public record Step(String subject, boolean passes, String text, String english) {}

    /// @param why it reads
    public record Reader(String party, boolean isCopy, String why) {}

    public TryView {
        asked = Map.copyOf(asked);
        flows = List.copyOf(flows);
        senders = List.copyOf(senders);
    }

    public String field(String name) {
        return asked.getOrDefault(name, "");
    }
}
