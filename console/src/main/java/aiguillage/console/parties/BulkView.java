package aiguillage.console.parties;

import aiguillage.console.web.Level;
import java.util.List;

/// Many parties at once: what was pasted, and what it comes to.
///
/// @param pasted as it was
/// @param isChecked whether it was looked at
/// @param fresh how many parties are new
/// @param same how many are in the table just so
/// @param changed how many are there with other values, and stay so
/// @param faulty how many lines nobody can use
/// @param lines those that need somebody first, then the first new ones; as far as there is room
/// @param left how many lines are not shown
public record BulkView(
        String pasted, boolean isChecked, int fresh, int same, int changed, int faulty, List<Line> lines, int left) {

    static final BulkView EMPTY = new BulkView("", false, 0, 0, 0, 0, List.of(), 0);

    /// @param kind the end of the key of the word for it
    /// @param line as it will stand in the flows file; empty when it will not
    public record Line(int number, String party, String kind, Level level, String why, String line) {}

    public boolean isReady() {
        return isChecked && faulty == 0 && fresh > 0;
    }
}
