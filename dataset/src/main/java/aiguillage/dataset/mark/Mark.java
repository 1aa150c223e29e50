package aiguillage.dataset.mark;

import aiguillage.dataset.row.Rows;

/// A marked row in both its spellings, whoever the recipient: what a caller may hash once for all of them.
///
/// @param position who has its bit gets the other spelling
/// @param published as the row was published
/// @param respelled the same but for the spelling of its texts
public record Mark(Position position, Rows published, Rows respelled) {}
