package aiguillage.console.flows;

import java.util.List;

/// A table's text, some lines at a time.
///
/// @param first the number of the first line shown
/// @param before where the lines before these begin; 0: there are none
/// @param next where the lines behind these begin; 0: there are none
public record TextView(TableLine table, int first, List<String> lines, int before, int next) {

    public TextView {
        lines = List.copyOf(lines);
    }
}
