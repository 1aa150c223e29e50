package aiguillage.hub.routing;

import aiguillage.config.Bytes;
import aiguillage.format.description.FormatFile;
import aiguillage.hub.entry.EndState;
import java.time.Duration;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/// What holds for every document of a flow, wherever it goes.
///
/// @param signed whether a document must carry a signature
/// @param payloadMax the largest payload
/// @param offeredFor how long a delivery is offered; then it expires
/// @param keptFor how long the payload is kept; then it goes. At least `offeredFor`
/// @param notices the ends the sender is told of
/// @param schema what payloads are checked against, a `.xsd` or `.json` in the hub's folder of schemas, or null
/// @param bod the name of the document element by which the STAR door knows it, or null
/// @param flat the formats in which its documents may come as flat files
/// @param badRecords what becomes of a flat file with bad records; null: what its format says
/// @param keys search keys taken from the payload: their names, and where they stand in it
public record Terms(
        boolean signed,
        Bytes payloadMax,
        Duration offeredFor,
        Duration keptFor,
        SortedSet<EndState> notices,
        @Nullable String schema,
        @Nullable String bod,
        List<String> flat,
        FormatFile.@Nullable BadRecords badRecords,
        SortedMap<String, String> keys) {}
