/// Contents of documents, made readable: bounded, and safe with whatever a stranger sent.
///
/// **In:** a stream of bytes and what its sender calls it. **Out:** a [Shown], for templates. **Knows:** `xml`.
/// **Start at** [Shown#of]. **Tests:** `ShownTest`.
@NullMarked
package aiguillage.console.content;

import org.jspecify.annotations.NullMarked;
