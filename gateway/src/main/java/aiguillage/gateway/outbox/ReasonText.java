package aiguillage.gateway.outbox;

import java.text.MessageFormat;
import java.time.Instant;
import java.util.Locale;
import java.util.MissingResourceException;
import java.util.ResourceBundle;

/// The text beside a refused document: what is wrong, why, and what to do, in French and in English, for somebody
/// who has never read a manual of ours.
final class ReasonText {

    private static final String BUNDLE = "aiguillage.gateway.outbox.refusals";

    private ReasonText() {}

    static String of(Waiting document, Refusal refusal, Instant now) {
        return in(Locale.FRENCH, document, refusal, now)
                + "\n----------------------------------------\n\n"
                + in(Locale.ENGLISH, document, refusal, now);
    }

    private static String in(Locale locale, Waiting document, Refusal refusal, Instant now) {
        ResourceBundle words = ResourceBundle.getBundle(
                BUNDLE, locale, ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
        String own = refusal.code() + ".what";
        String what = words.containsKey(own) ? words.getString(own) : words.getString("other.what");
        String cure = refusal.code() + ".remedy";
        String remedy = words.containsKey(cure) ? words.getString(cure) : words.getString("other.remedy");
        var text = new StringBuilder();
        line(text, words, "title", document.name());
        line(text, words, "what", what);
        line(text, words, "why", refusal.what() + (refusal.why().isEmpty() ? "" : " " + refusal.why()));
        line(text, words, "remedy", remedy);
        if (!words.containsKey(cure) && !refusal.remedy().isEmpty()) { // else ours says it in the reader's language
            line(text, words, "hub-says", refusal.remedy());
        }
        line(text, words, "document", document.envelope().id() + "  (" + document.flow() + ")");
        line(text, words, "code", refusal.code());
        line(text, words, "time", now.toString());
        return text.toString();
    }

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
