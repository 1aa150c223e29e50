package aiguillage.gateway.outbox;

import aiguillage.gateway.disk.Book;
import aiguillage.protocol.Brand;
import aiguillage.protocol.CloudEvents;
import aiguillage.protocol.Digest;
import aiguillage.protocol.DocumentId;
import aiguillage.protocol.FlowName;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/// The outbox's part of the book: JSON records under `waiting/`, `number/` and `document/`; under `failed/` the
/// names of documents that were refused or did not arrive, the newest first.
final class Records {

    private static final String WAITING = "waiting/";
    private static final String DOCUMENT = "document/";
    private static final String FAILED = "failed/";

    private final Book book;
    private final JsonMapper json;

    Records(Book book, JsonMapper json) {
        this.book = book;
        this.json = json;
    }

    void write(List<Book.Change> changes, boolean durable) {
        book.write(changes, durable);
    }

    Book.Change put(Waiting waiting) {
        var stored = new Stored(
                waiting.number(),
                CloudEvents.headers(waiting.envelope()),
                waiting.digest().toString(),
                waiting.bytes(),
                waiting.taken().toString(),
                waiting.name(),
                waiting.origin(),
                waiting.flaw(),
                waiting.ending());
        return Book.Change.put(key(waiting.flow(), waiting.number()), json.writeValueAsBytes(stored));
    }

    Book.Change remove(Waiting waiting) {
        return Book.Change.remove(key(waiting.flow(), waiting.number()));
    }

    /// The first document of the flow from this number on, or null.
    @Nullable
    Waiting from(FlowName flow, long number) {
        List<Book.Entry> found = book.scan(WAITING + flow + "/", key(flow, number), 1);
        return found.isEmpty() ? null : waiting(found.getFirst());
    }

    void each(Consumer<Waiting> reader) {
        book.each(WAITING, entry -> reader.accept(waiting(entry)));
    }

    /// The number given last in this flow, 0 at first.
    long lastNumber(FlowName flow) {
        byte[] value = book.read("number/" + flow);
        return value == null ? 0 : json.readValue(value, Long.class);
    }

    Book.Change lastNumber(FlowName flow, long number) {
        return Book.Change.put("number/" + flow, json.writeValueAsBytes(number));
    }

    @Nullable
    DocumentState document(Brand brand, DocumentId id) {
        byte[] value = book.read(key(brand, id));
        return value == null ? null : json.readValue(value, DocumentState.class);
    }

    Book.Change put(Brand brand, DocumentState state) {
        return Book.Change.put(key(brand, new DocumentId(state.id())), json.writeValueAsBytes(state));
    }

    Book.Change remove(Brand brand, DocumentId id) {
        return Book.Change.remove(key(brand, id));
    }

    /// Remembers when a document was refused, or did not arrive.
    Book.Change failed(Brand brand, DocumentState state) {
        return Book.Change.put(
                failedAt(Instant.parse(state.changed())) + "/" + brand + "/" + state.id(), new byte[] {1});
    }

    /// What was refused or did not arrive, the newest first. A document is there once for each time.
    ///
    /// @param max of the times looked at
    List<Named> failed(int max) {
        return book.scan(FAILED, FAILED, max).stream().map(Records::named).toList();
    }

    private static Named named(Book.Entry entry) {
        String[] parts = entry.key().split("/", 4);
        return new Named(new Brand(parts[2]), new DocumentId(parts[3]));
    }

    /// Later instants come first.
    private static String failedAt(Instant time) {
        return FAILED + HexFormat.of().toHexDigits(Long.MAX_VALUE - time.toEpochMilli());
    }

    /// The states of documents, in the order of brands and ids, from this key on.
    List<Book.Entry> documents(String from, int max) {
        return book.scan(DOCUMENT, from, max);
    }

    static String firstDocument() {
        return DOCUMENT;
    }

    DocumentState state(Book.Entry entry) {
        return json.readValue(entry.value(), DocumentState.class);
    }

    /// Forgets documents that have not waited nor changed since then.
    void forgetBefore(Instant then) {
        book.each(DOCUMENT, entry -> {
            var state = json.readValue(entry.value(), DocumentState.class);
            if (state.state() != DocumentState.State.WAITING
                    && Instant.parse(state.changed()).isBefore(then)) {
                book.write(List.of(Book.Change.remove(entry.key())), false);
            }
        });
        List<Book.Entry> old = book.scan(FAILED, failedAt(then), Book.PAGE_ENTRIES);
        while (!old.isEmpty()) {
            book.write(
                    old.stream().map(entry -> Book.Change.remove(entry.key())).toList(), false);
            old = book.scan(FAILED, failedAt(then), Book.PAGE_ENTRIES);
        }
    }

    private Waiting waiting(Book.Entry entry) {
        var stored = json.readValue(entry.value(), Stored.class);
        return new Waiting(
                stored.number(),
                CloudEvents.envelope(stored.envelope()),
                Digest.ofHeader(stored.digest()),
                stored.bytes(),
                Instant.parse(stored.taken()),
                stored.name(),
                stored.origin(),
                stored.flaw(),
                stored.ending());
    }

    private static String key(FlowName flow, long number) {
        return WAITING + flow + "/" + HexFormat.of().toHexDigits(number);
    }

    private static String key(Brand brand, DocumentId id) {
        return DOCUMENT + brand + "/" + id;
    }

    /// A document's name: brands have their own ids.
    record Named(Brand brand, DocumentId id) {}

    /// A [Waiting] in JSON: the envelope as the headers of CloudEvents' binary mode.
    private record Stored(
            long number,
            Map<String, String> envelope,
            String digest,
            long bytes,
            String taken,
            String name,
            @Nullable Origin origin,
            @Nullable Refusal flaw,
            @Nullable Ending ending) {}
}
