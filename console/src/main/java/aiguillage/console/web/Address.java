package aiguillage.console.web;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// An address of the console in the making. Not for several threads.
public final class Address {

    private final StringBuilder text;
    private char next = '?';

    /// @param path escaped, without a query
    public Address(String path) {
        this.text = new StringBuilder(path);
    }

    /// A document's page.
    public static Address ofDocument(Object sender, Object id) {
        return new Address("/documents/" + escaped(sender.toString()) + "/" + escaped(id.toString()));
    }

    /// A document's history, as the operations listener has it.
    public static Address ofDocumentsCall(Object sender, Object id) {
        return new Address("/operator/documents/" + escaped(id.toString())).with("sender", sender);
    }

    /// A party's page.
    public static Address ofParty(Object party) {
        return new Address("/parties/" + escaped(party.toString()));
    }

    /// Adds a query, unless its value is null or empty.
    public Address with(String name, @Nullable Object value) {
        if (value != null && !value.toString().isEmpty()) {
            text.append(next).append(name).append('=').append(escaped(value.toString()));
            next = '&';
        }
        return this;
    }

    /// A text as it stands in a path or in a query.
    private static String escaped(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
