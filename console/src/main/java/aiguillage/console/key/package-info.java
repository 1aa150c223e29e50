/// Security keys, as people sign in and confirm with them (WebAuthn Level 2): what a browser is asked, and
/// whether what it answers is a key's own word, for this console, for this purpose, once, with the person
/// proven to the key.
///
/// **Bounds:** a challenge holds 5 minutes, one for a confirmation 2; [Challenges#USED_MAX] used ones are
/// known; an answer has at most [SecurityKeys#ANSWER_CHARS_MAX] characters. Nothing is kept for a challenge
/// nobody answers. **Knows:** `hub.operators`, `hub.yard`, `protocol`. **Start at** [SecurityKeys]. **Tests:**
/// `SecurityKeysTest`.
@NullMarked
package aiguillage.console.key;

import org.jspecify.annotations.NullMarked;
