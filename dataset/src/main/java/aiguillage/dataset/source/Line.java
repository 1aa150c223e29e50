package aiguillage.dataset.source;

import java.util.List;

/// One row of a published file.
///
/// @param cells as the file has them, without white space around them; an empty one is an empty text
public record Line(long number, List<String> cells, String text) implements Item {}
