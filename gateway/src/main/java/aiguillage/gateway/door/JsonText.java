package aiguillage.gateway.door;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/// JSON being written. A tree of maps that a mapper then walks took longer than the lookup of what stands in it.
/// Whoever writes sees to it that names and ends are where they belong. Not for several threads.
final class JsonText {

    private static final int CHARS = 1_024;

    /// The first second whose year has more than four digits.
    private static final long SECONDS_END = 253_402_300_800L;

    private final StringBuilder text = new StringBuilder(CHARS);

    /// The last instant and its text: in most answers two are the same.
    private @Nullable Instant last;

    private String lastText = "";

    /// Whether something stands before, at the same depth.
    private boolean isNext;

    JsonText begin() {
        return open('{');
    }

    JsonText end() {
        return close('}');
    }

    JsonText beginList() {
        return open('[');
    }

    JsonText endList() {
        return close(']');
    }

    /// @param name of ours or of a column: without anything that JSON escapes
    JsonText name(String name) {
        text.append(isNext ? ",\"" : "\"").append(name).append("\":");
        isNext = false;
        return this;
    }

    JsonText value(@Nullable String value) {
        separate();
        if (value == null) {
            text.append("null");
        } else {
            quoted(value);
        }
        return this;
    }

    JsonText value(long number) {
        separate();
        text.append(number);
        return this;
    }

    JsonText value(boolean is) {
        separate();
        text.append(is);
        return this;
    }

    JsonText nothing() {
        return value((String) null);
    }

    /// As [Instant#toString] writes it.
    JsonText value(@Nullable Instant instant) {
        if (instant == null) {
            return nothing();
        }
        if (!instant.equals(last)) {
            last = instant;
            lastText = text(instant);
        }
        separate();
        text.append('"').append(lastText).append('"');
        return this;
    }

    /// A formatter takes several times as long.
    private static String text(Instant instant) {
        long second = instant.getEpochSecond();
        int nano = instant.getNano();
        if (second < 0 || second >= SECONDS_END) {
            return instant.toString();
        }
        String local = LocalDateTime.ofEpochSecond(second, nano, ZoneOffset.UTC).toString();
        return local.concat(nano == 0 && second % 60 == 0 ? ":00Z" : "Z"); // it leaves out a second of zero
    }

    /// UTF-8; half of a character is a question mark.
    byte[] bytes() {
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    private JsonText open(char bracket) {
        separate();
        text.append(bracket);
        isNext = false;
        return this;
    }

    private JsonText close(char bracket) {
        text.append(bracket);
        isNext = true;
        return this;
    }

    private void separate() {
        if (isNext) {
            text.append(',');
        }
        isNext = true;
    }

    private void quoted(String value) {
        text.append('"');
        int done = 0;
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c < ' ' || c == '"' || c == '\\') {
                text.append(value, done, i).append('\\');
                done = i;
                if (c < ' ') {
                    text.append(c < 0x10 ? "u000" : "u00").append(Integer.toHexString(c));
                    done = i + 1;
                }
            }
        }
        text.append(value, done, value.length()).append('"');
    }
}
