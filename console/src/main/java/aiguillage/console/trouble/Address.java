package aiguillage.console.trouble;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// An address of the console in the making. Not for several threads.
final class Address {

    private final StringBuilder text;
    private char next = '?';

    Address(String path) {
        this.text = new StringBuilder(path);
    }

    /// Adds a query, unless its value is null or empty.
    Address with(String name, @Nullable Object value) {
        if (value != null && !value.toString().isEmpty()) {
            text.append(next).append(name).append('=').append(escaped(value.toString()));
            next = '&';
        }
        return this;
    }

    static String escaped(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
