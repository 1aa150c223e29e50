/// A first description, drafted from a sample: what can be seen in a file is not asked.
///
/// **In:** the first megabyte of a file. **Out:** [Draft]: the files of a format, and what was seen in words.
/// **Knows:** `description`, `config`. **Start at** [Drafter]. **Tests:** `DrafterTest`.
@NullMarked
package aiguillage.format.drafting;

import org.jspecify.annotations.NullMarked;
