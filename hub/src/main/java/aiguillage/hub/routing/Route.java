package aiguillage.hub.routing;

import aiguillage.hub.entry.Entry;
import aiguillage.hub.entry.Evidence;
import aiguillage.hub.entry.Payload;
import aiguillage.hub.entry.Reader;
import aiguillage.protocol.Envelope;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The document is welcome.
///
/// @param readers at least one that is no copy, each party once, in order of their names
public record Route(Flow flow, List<Reader> readers) implements Routing {

    public Route {
        readers = List.copyOf(readers);
    }

    /// The entry of a document that takes this route.
    ///
    /// @param now to the millisecond
    /// @param keys the search keys found in it
    /// @param evidence the sender's signature, or null
    public Entry.DocumentAccepted accepted(
            Instant now,
            Envelope envelope,
            Payload payload,
            Map<String, List<String>> keys,
            @Nullable Evidence evidence) {
        Terms terms = flow.terms();
        return new Entry.DocumentAccepted(
                now,
                envelope,
                payload,
                readers,
                now.plus(terms.offeredFor()),
                now.plus(terms.keptFor()),
                terms.notices(),
                keys,
                evidence);
    }
}
