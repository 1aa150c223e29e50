package aiguillage.conformance;

import aiguillage.conformance.driver.Door;
import aiguillage.conformance.situation.Situation;
import aiguillage.conformance.situation.Stage;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// Situations through doors, one after the other; each is told as soon as it is known. For one thread.
///
/// @param doors in the order of the table's columns
/// @param isProven whether each situation is played again by a client with the fault that it must find
public record Campaign(Kit kit, Stage stage, List<Door> doors, List<Situation> situations, boolean isProven) {

    public Campaign {
        doors = List.copyOf(doors);
        situations = List.copyOf(situations);
    }

    /// A situation at all doors.
    public record Row(Situation situation, List<Cell> cells) {}

    /// A situation at a door.
    ///
    /// @param isBlind whether a client with the planted fault passed too
    public record Cell(Result result, boolean isBlind) {

        /// Whether nobody has anything to mend.
        public boolean isGood() {
            return result.verdict() != Verdict.FAILED && !isBlind;
        }
    }

    /// Plays all.
    public List<Row> play(Consumer<Row> told) {
        List<Row> rows = new ArrayList<>();
        for (Situation situation : situations) {
            Row row = new Row(
                    situation, doors.stream().map(door -> cell(situation, door)).toList());
            rows.add(row);
            told.accept(row);
        }
        return rows;
    }

    private Cell cell(Situation situation, Door door) {
        Result result = kit.play(situation, door);
        if (!isProven || result.verdict() != Verdict.PASSED || stage.hub() == null) {
            return new Cell(result, false);
        }
        Door faulty = situation.fault().in(door, stage.hub().identity(door.player()));
        return new Cell(result, kit.play(situation, faulty).verdict() == Verdict.PASSED);
    }
}
