/// What a description does not cover, or says in vain.
///
/// **In:** a format, and files in it. **Out:** [Finding]s. **Knows:** all other packages of this part. **Start
/// at** [Lint]. **Tests:** `DrafterTest`.
@NullMarked
package aiguillage.format.lint;

import org.jspecify.annotations.NullMarked;
