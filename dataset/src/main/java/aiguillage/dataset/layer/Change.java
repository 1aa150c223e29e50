package aiguillage.dataset.layer;

import aiguillage.dataset.row.Key;
import aiguillage.dataset.row.Rows;

/// What holds for a key from a version on.
///
/// @param rows all of them; none: the key is gone
public record Change(Key key, Rows rows) {}
