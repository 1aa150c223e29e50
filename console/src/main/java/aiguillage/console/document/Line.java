package aiguillage.console.document;

import aiguillage.console.web.Address;
import aiguillage.hub.document.Documents;
import aiguillage.hub.document.Recorded;
import aiguillage.hub.document.Story;
import aiguillage.hub.document.Viewer;
import aiguillage.hub.entry.Entry;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;

/// A document in a list.
///
/// @param path of its page
/// @param keys its business numbers, as in `C-17, VF1…`; empty when it has none
public record Line(
        String path,
        String id,
        String sender,
        String flow,
        String keys,
        String readers,
        long position,
        Instant accepted,
        long bytes,
        Standing standing) {

    private static final int READERS_MAX = 3;
    private static final int EVENTS_MAX = 32;
    private static final int KEYS_MAX = 4;

    /// Reads how a document stands, in few steps.
    public static Line of(Documents documents, Recorded<Entry.DocumentAccepted> document) {
        Entry.DocumentAccepted entry = document.entry();
        Standing standing = entry.readers().size() > EVENTS_MAX
                ? Standing.MANY
                : Standing.of(Story.of(documents, document, new Viewer.Operator(), EVENTS_MAX));
        return of(document, standing);
    }

    private static Line of(Recorded<Entry.DocumentAccepted> document, Standing standing) {
        Entry.DocumentAccepted entry = document.entry();
        String keys = entry.keys().values().stream()
                .flatMap(List::stream)
                .limit(KEYS_MAX)
                .collect(Collectors.joining(", "));
        int more = entry.readers().size() - READERS_MAX;
        String readers = entry.readers().stream()
                .limit(READERS_MAX)
                .map(reader -> reader.party().value())
                .collect(Collectors.joining(", "));
        return new Line(
                path(entry),
                entry.envelope().id().value(),
                entry.envelope().sender().value(),
                entry.envelope().flow().toString(),
                keys,
                more > 0 ? readers + " + " + more : readers,
                document.position().value(),
                entry.time(),
                entry.payload().bytes(),
                standing);
    }

    /// A document's page.
    public static String path(Entry.DocumentAccepted document) {
        return Address.ofDocument(
                        document.envelope().sender(), document.envelope().id())
                .toString();
    }
}
