package aiguillage.console.document;

import java.time.Duration;
import java.time.Instant;

/// Something that happened to a document.
///
/// @param what the end of its words' key
/// @param look the class of what shows it
/// @param reader whose delivery it ended; empty where it is about no delivery
/// @param reason why, in the reader's words; empty where none is given
/// @param by who decided; empty where nobody had to
/// @param after since the document was accepted
/// @param notice how the notice to the sender stands: `waiting`, `quarantined`, `taken`; empty: none was sent
/// @param proof what verifying its receipt came to; empty: not asked for; `good`; otherwise why not
public record Event(
        long position,
        Instant time,
        String what,
        String look,
        String reader,
        String reason,
        String by,
        Duration after,
        String notice,
        String proof) {}
