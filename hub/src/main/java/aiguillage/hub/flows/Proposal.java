package aiguillage.hub.flows;

import aiguillage.config.ConfigProblem;
import aiguillage.hub.routing.Table;
import aiguillage.hub.routing.TableDiff;
import java.util.List;

/// What a flows file would come to, if it came into force now.
///
/// @see Proposals#look
public sealed interface Proposal {

    /// It can come into force.
    ///
    /// @param now the table in force, with which it was compared
    record Usable(Table next, InForce now, TableDiff diff) implements Proposal {}

    /// It is no flows file, or proves wrong.
    ///
    /// @param problems in the order of the file
    record Wrong(List<ConfigProblem> problems) implements Proposal {

        public Wrong {
            problems = List.copyOf(problems);
        }
    }

    /// It is right by itself, and something around it does not go with it: a schema, a format, versions of a
    /// dataset.
    ///
    /// @param why sentences that say what to do
    record Unfit(Table next, InForce now, TableDiff diff, String why) implements Proposal {}
}
