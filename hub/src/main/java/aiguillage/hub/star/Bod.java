package aiguillage.hub.star;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// The name of a BOD: a verb and a noun (OAGIS 9).
///
/// @param verb null when the name begins with none that is known
public record Bod(@Nullable String verb, String noun) {

    /// OAGIS's verbs and STAR's.
    private static final List<String> VERBS = List.of(
            "Acknowledge",
            "Cancel",
            "Change",
            "Confirm",
            "Get",
            "Load",
            "Notify",
            "Post",
            "Process",
            "Respond",
            "Show",
            "Sync",
            "Update");

    /// Of an element's name, as in `ProcessWarrantyClaim`.
    public static Bod of(String element) {
        for (String verb : VERBS) {
            if (element.startsWith(verb) && element.length() > verb.length()) {
                return new Bod(verb, element.substring(verb.length()));
            }
        }
        return new Bod(null, element);
    }
}
