package aiguillage.console.parties;

import aiguillage.console.web.Words;
import aiguillage.hub.Reach;
import aiguillage.hub.admission.Invitation;
import java.time.Instant;
import java.util.List;

/// What a dealer is handed so that he can enrol, in his language. It has the code, and is shown once.
///
/// @param words in the dealer's language
/// @param configuration what his `gateway.yaml` needs
/// @param enrol the command to type, whole
/// @param qr the same command, for a scanner
public record Sheet(
        String party,
        String hub,
        List<String> brands,
        Instant expires,
        String code,
        String fingerprint,
        Words words,
        String configuration,
        String enrol,
        QrPicture qr) {

    private static final int CALLED_CHARS_MAX = 32;

    static Sheet of(Invitation made, List<String> brands, String hub, Reach reach, Words words) {
        String code = made.code().printed();
        String enrol = command(made, reach);
        String configuration =
                """
                party: %s
                hubs:
                  - { name: %s, addresses: [ "%s" ], brands: [%s] }
                identity:
                  enrolment: "%s"
                """.formatted(made.party(), called(hub), reach.main(), String.join(", ", brands), reach.enrolment());
        return new Sheet(
                made.party().value(),
                hub,
                brands,
                made.expires(),
                code,
                reach.fingerprint(),
                words,
                configuration,
                enrol,
                QrPicture.of(enrol));
    }

    /// What a gateway calls a hub: it knows no dots, and a letter comes first.
    private static String called(String hub) {
        String name = hub.replace('.', '-');
        String begun = Character.isLetter(name.charAt(0)) ? name : "hub-" + name;
        return begun.substring(0, Math.min(begun.length(), CALLED_CHARS_MAX));
    }

    /// With which an invited party enrols.
    static String command(Invitation made, Reach reach) {
        return "aiguillage gateway enrol --code " + made.code().printed() + " --fingerprint " + reach.fingerprint();
    }

    /// A text in the dealer's language.
    public String text(String key, Object... values) {
        return words.of(key, values);
    }

    public String language() {
        return words.locale().getLanguage();
    }

    /// Without the code.
    @Override
    public String toString() {
        return "sheet for " + party;
    }
}
