package aiguillage.console.overview;

import aiguillage.hub.figures.Happening;
import java.util.List;

/// What happened last, newest first, of that which is asked for.
///
/// @param isMore whether there is more that is not shown
public record TailView(TailFilter filter, List<Happening> lines, boolean isMore) {

    public TailView {
        lines = List.copyOf(lines);
    }
}
