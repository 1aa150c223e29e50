package aiguillage.gateway.inbox;

import aiguillage.gateway.disk.Book;
import aiguillage.protocol.Position;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/// One hub's part of the book: what was staged or handed over, by position.
final class HandOvers {

    private final String prefix;
    private final Book book;
    private final JsonMapper json;

    HandOvers(String hub, Book book, JsonMapper json) {
        this.prefix = "delivery/" + hub + "/";
        this.book = book;
        this.json = json;
    }

    @Nullable
    HandedOver at(Position position) {
        byte[] value = book.read(key(position.value()));
        return value == null ? null : json.readValue(value, HandedOver.class);
    }

    void write(List<HandedOver> records) {
        List<Book.Change> changes = new ArrayList<>();
        for (HandedOver handedOver : records) {
            changes.add(Book.Change.put(key(handedOver.position()), json.writeValueAsBytes(handedOver)));
        }
        book.write(changes, true);
    }

    /// The newest of those in whose record this text stands, in lower case; newest first.
    List<HandedOver> mentioning(String text, int max) {
        ArrayDeque<byte[]> found = new ArrayDeque<>();
        book.each(prefix, entry -> {
            if (new String(entry.value(), StandardCharsets.UTF_8)
                    .toLowerCase(Locale.ROOT)
                    .contains(text)) {
                found.addFirst(entry.value());
                if (found.size() > max) {
                    found.removeLast();
                }
            }
        });
        return found.stream()
                .map(value -> json.readValue(value, HandedOver.class))
                .toList();
    }

    /// Removes the oldest so that at most `kept` stay.
    void keep(int kept) {
        int[] count = new int[1];
        book.each(prefix, entry -> count[0]++);
        int surplus = count[0] - kept;
        while (surplus > 0) {
            List<Book.Entry> oldest = book.scan(prefix, prefix, Math.min(surplus, Book.PAGE_ENTRIES));
            book.write(
                    oldest.stream()
                            .map(entry -> Book.Change.remove(entry.key()))
                            .toList(),
                    false);
            surplus -= oldest.size();
        }
    }

    private String key(long position) {
        return prefix + HexFormat.of().toHexDigits(position);
    }
}
