package aiguillage.gateway.page;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.text.MessageFormat;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;

/// What the page says, in one language. Immutable.
public final class PageWords {

    /// The first where a browser asks for neither.
    static final List<String> LANGUAGES = List.of("en", "fr");

    private final Locale locale;
    private final ZoneId zone;
    private final Map<String, String> texts;
    private final DateTimeFormatter times;

    private PageWords(Locale locale, ZoneId zone, Map<String, String> texts) {
        this.locale = locale;
        this.zone = zone;
        this.texts = Map.copyOf(texts);
        this.times = DateTimeFormatter.ofLocalizedDateTime(FormatStyle.SHORT, FormatStyle.MEDIUM)
                .withLocale(locale)
                .withZone(zone);
    }

    /// @param language one of [#LANGUAGES]
    /// @param zone that instants are told in
    static PageWords read(String language, ZoneId zone) {
        String name = "page." + language + ".properties";
        try (InputStream in = PageWords.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("there is no " + name + " on the class path");
            }
            var properties = new Properties();
            properties.load(new InputStreamReader(in, StandardCharsets.UTF_8));
            Map<String, String> texts = properties.entrySet().stream()
                    .collect(Collectors.toMap(
                            entry -> String.valueOf(entry.getKey()), entry -> String.valueOf(entry.getValue())));
            return new PageWords(language.equals("fr") ? Locale.FRANCE : Locale.UK, zone, texts);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Map<String, String> texts() {
        return texts;
    }

    public Locale locale() {
        return locale;
    }

    public String language() {
        return locale.getLanguage();
    }

    /// The name of the zone that instants are told in.
    public String zoneName() {
        return zone.getId();
    }

    ZoneId zone() {
        return zone;
    }

    /// A text, with `{0}`, `{1}` … filled in ([MessageFormat]: an apostrophe is written twice).
    ///
    /// @throws IllegalArgumentException when nobody wrote it
    public String of(String key, Object... values) {
        String text = texts.get(key);
        if (text == null) {
            throw new IllegalArgumentException("no words for " + key + " in " + locale);
        }
        return new MessageFormat(text, locale).format(values);
    }

    /// The text for a word of the hub's or of ours; the word itself where nobody wrote one.
    String orWord(String prefix, String word) {
        return texts.containsKey(prefix + word) ? of(prefix + word) : word;
    }

    /// An instant on the clock of this computer.
    public String time(Instant instant) {
        return times.format(instant);
    }

    /// An instant as ISO 8601; what is none, as it is.
    String time(String instant) {
        try {
            return time(Instant.parse(instant));
        } catch (java.time.DateTimeException notOne) {
            return instant;
        }
    }
}
