package aiguillage.dataset.replica;

import aiguillage.dataset.row.Rows;

/// What the rows of a key were from a version on, until the next one that changed them.
public record Past(Version version, Rows rows) {}
