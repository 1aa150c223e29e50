package aiguillage.hub.alerts;

import aiguillage.protocol.Brand;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/// What people are told, in one language. Made of hostile text too: what comes of it is for one line each.
record Wording(Language language) {

    private String in(String english, String french) {
        return switch (language) {
            case EN -> english;
            case FR -> french;
        };
    }

    /// What was found, in a sentence.
    String found(News news) {
        return switch (news.what()) {
            case WAITING -> in("Waiting too long: ", "Attente trop longue : ") + names(news);
            case SILENT -> in("Silent: ", "Silence : ") + names(news);
            case REFUSED ->
                news.count() + in(" refusals in the last ten minutes.", " refus au cours des dix dernières minutes.");
            case CERTIFICATE -> in("Certificates end: ", "Certificats qui expirent : ") + names(news);
            case DISK -> news.count() + in(" MB are free on the disk.", " Mo libres sur le disque.");
            case QUARANTINE -> news.count() + in(" deliveries are in quarantine.", " remises en quarantaine.");
            case DATASET -> in("No new version: ", "Pas de nouvelle version : ") + names(news);
        };
    }

    private String names(News news) {
        String names = String.join(", ", news.names());
        return news.more() == 0
                ? names + "."
                : names + in(" and " + news.more() + " more.", " et " + news.more() + " de plus.");
    }

    /// The subject of a mail, without a line's end or another control character, whatever the rule is called.
    String subject(String hub, Rule rule, Telling telling) {
        String state = switch (telling.kind()) {
            case MET -> in("Alert", "Alerte");
            case OVER -> in("Over", "Fin d'alerte");
            case TEST -> in("Test", "Essai");
        };
        return oneLine("[" + hub + "] " + state + in(": ", " : ") + rule.name());
    }

    /// The text of a mail.
    ///
    /// @param console where rules are changed; null: there is no console
    String text(String hub, Rule rule, Telling telling, @Nullable String console) {
        Brand brand = rule.brand();
        News news = telling.news();
        String state = switch (telling.kind()) {
            case MET -> in("The condition is met.", "La condition est remplie.");
            case OVER -> in("The condition is not met any more.", "La condition n'est plus remplie.");
            case TEST -> in("This is a test.", "Ceci est un essai.");
        };
        String found = switch (telling.kind()) {
            case MET -> in("Found: ", "Constat : ");
            case OVER, TEST -> in("Found last: ", "Dernier constat : ");
        };
        return state + "\r\n\r\n"
                + line(in("Rule: ", "Règle : "), rule.name())
                + line(in("Condition: ", "Condition : "), rule.what().condition(String.valueOf(rule.limit()), language))
                + line(in("Brand: ", "Marque : "), brand == null ? in("all", "toutes") : brand.value())
                + (news == null ? "" : line(found, found(news)))
                + line(in("At: ", "Le : "), telling.at().truncatedTo(ChronoUnit.SECONDS) + " (UTC)")
                + (console == null ? "" : line(in("Console: ", "Console : "), console + "/alerts"))
                + "\r\n"
                + in(
                        "The hub " + hub + " sends this by itself; nobody reads answers.",
                        "Le hub " + hub + " envoie ce message de lui-même ; les réponses ne sont pas lues.")
                + "\r\n";
    }

    private static String line(String name, String value) {
        return name + oneLine(value) + "\r\n";
    }

    /// Without anything that ends a line or hides a part of it.
    static String oneLine(String text) {
        return text.replaceAll("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}\\p{Cs}]", " ").strip();
    }
}
