package aiguillage.dataset.schema;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// One column of a dataset.
///
/// @param name 1 to 32 lower-case letters, digits and `-`, starting with a letter
/// @param key whether it is part of the row's key; a key cell is never empty
/// @param required whether a cell must not be empty
/// @param sensitive whether its cells are for those alone who are entitled to the row, never in logs or reports
/// @param language of its texts, as `fr`, when the same text stands in other columns in other languages; else
///     null
/// @param currency of its amounts: a code as `EUR`, or null
public record Column(
        String name,
        Type type,
        boolean key,
        boolean required,
        boolean sensitive,
        @Nullable String language,
        @Nullable String currency) {

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,31}");
    private static final Pattern LANGUAGE = Pattern.compile("[a-z]{2}");
    private static final Pattern CURRENCY = Pattern.compile("[A-Z]{3}");

    public Column {
        require(NAME, name, "a column", "1 to 32 lower-case letters, digits and '-', starting with a letter");
        if (language != null) {
            require(LANGUAGE, language, "a language", "two lower-case letters, as in fr");
        }
        if (currency != null) {
            require(CURRENCY, currency, "a currency", "three capitals, as in EUR");
        }
    }

    private static void require(Pattern form, String text, String what, String how) {
        if (!form.matcher(text).matches()) {
            throw new IllegalArgumentException("\"" + text + "\" is not " + what + ": use " + how);
        }
    }
}
