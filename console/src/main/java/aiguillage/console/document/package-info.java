/// One document, and lists of them: where it is, what became of it, the proofs of each step, and its content
/// for those who may see it.
///
/// **Knows:** `web`, `content`, the hub, `pki`, `protocol`. **Start at** [DocumentPages].
@NullMarked
package aiguillage.console.document;

import org.jspecify.annotations.NullMarked;
