package aiguillage.hub.routing;

import aiguillage.hub.entry.Reader;
import java.util.List;

/// The document is welcome.
///
/// @param readers at least one that is no copy, each party once, in order of their names
public record Route(Flow flow, List<Reader> readers) implements Routing {

    public Route {
        readers = List.copyOf(readers);
    }
}
