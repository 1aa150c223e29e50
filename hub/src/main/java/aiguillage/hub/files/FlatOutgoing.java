package aiguillage.hub.files;

import aiguillage.format.Format;
import aiguillage.format.record.Unwritable;
import aiguillage.format.translation.Untranslatable;
import aiguillage.hub.document.Recorded;
import aiguillage.hub.entry.Entry;
import aiguillage.hub.entry.Payload;
import aiguillage.protocol.Envelope;
import aiguillage.protocol.PartyId;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Documents as flat files, for parties that ask for them. Safe from any thread.
///
/// A document of which the format makes no file is given as it is: nothing is held back for it (I3).
final class FlatOutgoing {

    private static final Logger LOG = LoggerFactory.getLogger(FlatOutgoing.class);

    /// Bytes of a document that is made a flat file; larger ones are given as they are.
    static final int DOCUMENT_BYTES_MAX = 16 * 1024 * 1024;

    /// Bytes of files that are kept, since a file is listed before it is read.
    private static final int KEPT_BYTES_MAX = 32 * 1024 * 1024;

    private static final int NAMED_CHARS_MAX = 80;

    private final FileParts hub;
    private final LinkedHashMap<Key, Optional<Flat>> kept = new LinkedHashMap<>(16, 0.75f, true);
    private long keptBytes;

    FlatOutgoing(FileParts hub) {
        this.hub = hub;
    }

    private record Key(long position, Format format) {}

    /// A flat file.
    ///
    /// @param name behind the position
    record Flat(String name, byte[] content) {}

    /// The flat file that a document is for a reader; empty when the reader wants none, or there is none.
    Optional<Flat> of(PartyId reader, Recorded<Entry.DocumentAccepted> document) {
        Envelope envelope = document.entry().envelope();
        String name = hub.flows()
                .table()
                .party(reader)
                .map(party -> party.flat().get(envelope.flow()))
                .orElse(null);
        Format format = name == null ? null : hub.flows().inForce().formats().get(name);
        if (format == null || document.entry().payload().bytes() > DOCUMENT_BYTES_MAX) {
            return Optional.empty();
        }
        var key = new Key(document.position().value(), format);
        synchronized (kept) {
            Optional<Flat> known = kept.get(key);
            if (known != null) {
                return known;
            }
        }
        Optional<Flat> made = made(format, document);
        keep(key, made);
        return made;
    }

    private void keep(Key key, Optional<Flat> made) {
        synchronized (kept) {
            if (kept.put(key, made) != null) {
                return;
            }
            keptBytes += bytes(made);
            var eldest = kept.entrySet().iterator();
            while (keptBytes > KEPT_BYTES_MAX && eldest.hasNext()) {
                Map.Entry<Key, Optional<Flat>> gone = eldest.next();
                keptBytes -= bytes(gone.getValue());
                eldest.remove();
            }
        }
    }

    private static long bytes(Optional<Flat> flat) {
        return flat.map(file -> (long) file.content().length).orElse(0L) + NAMED_CHARS_MAX;
    }

    private Optional<Flat> made(Format format, Recorded<Entry.DocumentAccepted> document) {
        try (InputStream payload = payload(document)) {
            if (payload == null) {
                return Optional.empty();
            }
            var content = new ByteArrayOutputStream();
            var writer = format.writer(content);
            writer.write(format.translation().fields(payload));
            writer.end();
            return Optional.of(new Flat(name(format, document.entry().envelope()), content.toByteArray()));
        } catch (Untranslatable | Unwritable | IOException | RuntimeException e) { // nobody knows all of a stylesheet
            LOG.atWarn()
                    .addKeyValue("position", document.position())
                    .addKeyValue("format", format.name())
                    .setCause(e)
                    .log(
                            "A document could not be made a flat file; its reader gets it as it is. Try it with `aiguillage"
                                    + " format test`.");
            return Optional.empty();
        }
    }

    private @Nullable InputStream payload(Recorded<Entry.DocumentAccepted> document) throws IOException {
        Payload payload = document.entry().payload();
        String file = payload.file();
        if (file != null) {
            return hub.documents().knowsFile(file)
                    ? hub.payloads().read(file, payload.bytes(), 0, payload.bytes())
                    : null;
        }
        byte[] inline = hub.documents().inlinePayload(document.position());
        return inline == null ? null : new ByteArrayInputStream(inline);
    }

    /// Under a name that is one of the format's.
    private static String name(Format format, Envelope envelope) {
        String subject = envelope.subject();
        String text = subject == null ? envelope.id().value() : subject;
        String extension = format.head().files().stream()
                .filter(pattern -> pattern.matches(".*\\.[A-Za-z0-9]{1,8}"))
                .map(pattern -> pattern.substring(pattern.lastIndexOf('.')))
                .findFirst()
                .orElse(".txt");
        return Names.of(text.endsWith(".xml") ? text.substring(0, text.length() - 4) : text, extension);
    }
}
