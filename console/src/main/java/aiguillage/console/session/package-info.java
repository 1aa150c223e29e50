/// Who is signed in, and until when. In memory alone: a hub that starts again asks everybody for the key again.
///
/// **Knows:** `hub.operators`, `protocol`. **Start at** [Sessions].
@NullMarked
package aiguillage.console.session;

import org.jspecify.annotations.NullMarked;
