package aiguillage.protocol;

import java.util.regex.Pattern;

/// The sender's own name for a document, for life; the CloudEvents `id`. Unique per sender (I2), not across
/// senders.
///
/// 1 to 128 characters: letters, digits and `. _ : @ + = ~ -`, starting with a letter or digit, so that it is safe
/// in a path, a header and a log line.
public record DocumentId(String value) implements Comparable<DocumentId> {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._:@+=~-]{0,127}");

    public DocumentId {
        if (!isOne(value)) {
            throw new IllegalArgumentException("\"" + Text.shown(value) + "\" is not a document id: use 1 to 128"
                    + " letters, digits and . _ : @ + = ~ - starting with a letter or digit");
        }
    }

    /// Whether a text may be a document's id.
    public static boolean isOne(String text) {
        return NAME.matcher(text).matches();
    }

    @Override
    public int compareTo(DocumentId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
