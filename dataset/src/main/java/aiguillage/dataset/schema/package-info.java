/// What the rows of a dataset are made of: typed columns, and one canonical text for each value.
///
/// **In:** a declaration (from a flows file) as a [Schema]; cells as a file writes them, in its [Dialect].
/// **Out:** canonical texts ([Type#canonical]), so that equal values are equal bytes and a hub's rows have a
/// gateway's hash; the instants at which a row's days begin and end ([Schema#begin], [Schema#end]).
///
/// **What holds:** a text that could mean two things is refused, not guessed at; a refusal says why, and never
/// shows the text, which may be sensitive. Days are those of the dataset's zone, whatever hours they have
/// there.
///
/// **Knows:** nothing of the other packages. **Start at** [Schema].
@NullMarked
package aiguillage.dataset.schema;

import org.jspecify.annotations.NullMarked;
