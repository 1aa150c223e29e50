package aiguillage.console.web;

import aiguillage.hub.problem.Problem;
import aiguillage.hub.problem.Refused;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.text.DecimalFormatSymbols;
import java.text.MessageFormat;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

/// What pages say, in one language. Each room has a file for each language,
/// `words/<room>.<language>.properties` in UTF-8; a key begins with its room's name. Immutable.
public final class Words {

    /// The languages there are, the first where a browser asks for none of them.
    public static final List<String> LANGUAGES = List.of("en", "fr");

    /// The rooms with words.
    static final List<String> ROOMS = List.of(
            "web",
            "problem",
            "overview",
            "find",
            "document",
            "flows",
            "start",
            "trouble",
            "parties",
            "prices",
            "ledger",
            "tail",
            "people",
            "alerts");

    private final Locale locale;
    private final Map<String, String> texts;

    private Words(Locale locale, Map<String, String> texts) {
        this.locale = locale;
        this.texts = Map.copyOf(texts);
    }

    /// Reads all words of a language.
    public static Words read(String language) {
        var texts = new HashMap<String, String>();
        for (String room : ROOMS) {
            String name = "/aiguillage/console/words/" + room + "." + language + ".properties";
            try (InputStream in = Words.class.getResourceAsStream(name)) {
                if (in == null) {
                    throw new IllegalStateException("there is no " + name);
                }
                var properties = new Properties();
                properties.load(new InputStreamReader(in, StandardCharsets.UTF_8));
                properties.forEach((key, text) -> texts.put(String.valueOf(key), String.valueOf(text)));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return new Words(Locale.forLanguageTag(language), texts);
    }

    /// The same words in another language.
    ///
    /// @param language one of [#LANGUAGES]
    public Words in(String language) {
        return locale.getLanguage().equals(language) ? this : read(language);
    }

    Map<String, String> texts() {
        return texts;
    }

    public Locale locale() {
        return locale;
    }

    /// Whether a text in that language is in this one.
    ///
    /// @param language as in `fr`
    public boolean speaks(String language) {
        return locale.getLanguage().equals(language);
    }

    /// A text, with `{0}`, `{1}` … filled in ([MessageFormat]: an apostrophe is written twice).
    ///
    /// @throws IllegalArgumentException when there is none: a page asks for what nobody wrote
    public String of(String key, Object... values) {
        String text = texts.get(key);
        if (text == null) {
            throw new IllegalArgumentException("no words for " + key + " in " + locale);
        }
        return new MessageFormat(text, locale).format(values);
    }

    /// A refusal whose detail is a text of ours.
    public Refused refused(Problem problem, String key, Object... values) {
        return new Refused(problem, of(key, values)).in(locale.getLanguage());
    }

    /// A text, where somebody wrote one.
    public Optional<String> find(String key, Object... values) {
        return texts.containsKey(key) ? Optional.of(of(key, values)) : Optional.empty();
    }

    /// A whole number as people of this language write it.
    public String number(long number) {
        return String.format(locale, "%,d", number);
    }

    /// A decimal number as people of this language write it, with every digit that it has.
    ///
    /// @param plain digits, with a point before the fraction and perhaps a sign
    public String exact(String plain) {
        var symbols = DecimalFormatSymbols.getInstance(locale);
        int point = plain.indexOf('.');
        int begin = plain.startsWith("-") || plain.startsWith("+") ? 1 : 0;
        int end = point < 0 ? plain.length() : point;
        var text = new StringBuilder(plain.substring(0, begin));
        for (int i = begin; i < end; i++) {
            text.append(plain.charAt(i));
            if (i < end - 1 && (end - 1 - i) % 3 == 0) {
                text.append(symbols.getGroupingSeparator());
            }
        }
        return point < 0
                ? text.toString()
                : text.append(symbols.getDecimalSeparator())
                        .append(plain, point + 1, plain.length())
                        .toString();
    }

    /// About how long, in one or two units: `3 d 4 h`, `12 min`, `8 s`.
    public String lasting(Duration duration) {
        long seconds = Math.max(0, duration.toSeconds());
        if (seconds < 60) {
            return of("web.seconds", seconds);
        }
        if (seconds < 3_600) {
            return of("web.minutes", seconds / 60);
        }
        if (seconds < 86_400) {
            return of("web.hours", seconds / 3_600, seconds % 3_600 / 60);
        }
        return of("web.days", seconds / 86_400, seconds % 86_400 / 3_600);
    }

    /// Bytes in the unit that suits.
    public String bytes(long bytes) {
        if (bytes < 1_000) {
            return of("web.bytes", bytes);
        }
        String[] units = {"web.kilobytes", "web.megabytes", "web.gigabytes"};
        double value = bytes / 1_000.0;
        int unit = 0;
        while (value >= 1_000 && unit < units.length - 1) {
            value /= 1_000;
            unit++;
        }
        return of(units[unit], String.format(locale, value < 10 ? "%.1f" : "%.0f", value));
    }
}
