package aiguillage.dataset.source;

import aiguillage.dataset.row.Key;
import aiguillage.dataset.row.Rows;

/// A line of which a [Glance] was enough.
///
/// @param rows one row
public record Plain(long number, Key key, Rows rows) implements Item {

    /// Empty: it was not decoded, and nothing is wrong with it.
    @Override
    public String text() {
        return "";
    }
}
