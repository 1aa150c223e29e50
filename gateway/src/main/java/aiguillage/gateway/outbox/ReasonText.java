package aiguillage.gateway.outbox;

import java.text.MessageFormat;
import java.time.Instant;
import java.util.Locale;
import java.util.MissingResourceException;
import java.util.ResourceBundle;

/// The text beside a refused document: what is wrong, why, and what to do, in French and in English, for
/// somebody who has never read a manual of ours.
public final class ReasonText {

    private static final String BUNDLE = "aiguillage.gateway.outbox.refusals";

    private ReasonText() {}

    static String of(Waiting document, Refusal refusal, Instant now) {
        return in(Locale.FRENCH, document, refusal, now)
                + "\n----------------------------------------\n\n"
                + in(Locale.ENGLISH, document, refusal, now);
    }

    private static String in(Locale locale, Waiting document, Refusal refusal, Instant now) {
        ResourceBundle words = words(locale);
        Explained said = explained(refusal, locale);
        var text = new StringBuilder();
        line(text, words, "title", document.name());
        line(text, words, "what", said.what());
        line(text, words, "why", said.why());
        line(text, words, "remedy", said.remedy());
        if (!said.hubSays().isEmpty()) {
            line(text, words, "hub-says", said.hubSays());
        }
        line(text, words, "document", document.envelope().id() + "  (" + document.flow() + ")");
        line(text, words, "code", refusal.code());
        line(text, words, "time", now.toString());
        return text.toString();
    }

    private static ResourceBundle words(Locale locale) {
        return ResourceBundle.getBundle(
                BUNDLE, locale, ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
    }

    /// A refusal in the words of this language.
    public static Explained explained(Refusal refusal, Locale locale) {
        ResourceBundle words = words(locale);
        String own = refusal.code() + ".what";
        String cure = refusal.code() + ".remedy";
        return new Explained(
                words.containsKey(own) ? words.getString(own) : words.getString("other.what"),
                refusal.what() + (refusal.why().isEmpty() ? "" : " " + refusal.why()),
                words.containsKey(cure) ? words.getString(cure) : words.getString("other.remedy"),
                words.containsKey(cure) ? "" : refusal.remedy()); // else ours says it in the reader's language
    }

    /// A refusal, explained. What the hub said is as it said it.
    ///
    /// @param what what is wrong
    /// @param why the particulars, as the hub gave them
    /// @param remedy what to do
    /// @param hubSays the hub's own advice where we have none; may be empty
    public record Explained(String what, String why, String remedy, String hubSays) {}

    private static void line(StringBuilder text, ResourceBundle words, String label, String value) {
        String shown = value.codePoints()
                .map(c -> Character.isISOControl(c) ? ' ' : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
        try {
            text.append(MessageFormat.format(words.getString("line"), words.getString("label." + label), shown))
                    .append('\n');
        } catch (MissingResourceException e) {
            throw new AssertionError("refusals.properties has no line or no label." + label, e);
        }
    }
}
