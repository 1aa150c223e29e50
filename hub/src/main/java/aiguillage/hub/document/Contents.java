package aiguillage.hub.document;

import aiguillage.hub.entry.Payload;
import aiguillage.hub.payload.CorruptPayload;
import aiguillage.hub.payload.Payloads;
import aiguillage.protocol.Position;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/// Gives out documents' payloads, wherever they stand. Safe from any thread.
public record Contents(Documents documents, Payloads payloads) {

    /// A part of a payload.
    ///
    /// @param document where its entry is
    /// @param from the first byte wanted
    /// @param to behind the last
    /// @return empty when it is not kept any more, even if its keeping ended only now: a file that the journal
    ///     does not know any more is missed by nobody
    /// @throws CorruptPayload when the file is missing, or is not what was written; each read throws it for
    ///     damaged blocks
    public Optional<InputStream> open(Position document, Payload payload, long from, long to) throws IOException {
        String file = payload.file();
        if (file == null) {
            return Optional.ofNullable(documents.inlinePayload(document))
                    .map(bytes -> new ByteArrayInputStream(bytes, (int) from, (int) (to - from)));
        }
        if (!documents.knowsFile(file)) {
            return Optional.empty();
        }
        try {
            return Optional.of(payloads.read(file, payload.bytes(), from, to));
        } catch (CorruptPayload e) {
            if (documents.knowsFile(file)) {
                throw e;
            }
            return Optional.empty();
        }
    }
}
