/// What was wrong in a file, for the person who sent it.
///
/// **Knows:** nothing.
@NullMarked
package aiguillage.format.report;

import org.jspecify.annotations.NullMarked;
