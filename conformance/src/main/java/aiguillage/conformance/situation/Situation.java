package aiguillage.conformance.situation;

import java.util.Locale;
import java.util.ResourceBundle;
import java.util.Set;

/// One thing that happens between a dealer's system and a hub, and what must come of it, whatever the door.
///
/// @param id as in `retry-after-restart`
/// @param demanded what must be seen: words joined by `, `, then what the journal must have got behind ` · `
/// @param source the invariant or the sections that demand it
/// @param fault the mistake of a client which this situation must find
public record Situation(String id, String demanded, String source, Fault fault, Set<Need> needs, Script script) {

    /// Between what is seen at the line and what is in the journal.
    public static final String JOURNAL = " · ";

    private static final String TEXTS = "aiguillage.conformance.situations";

    /// Without it the language of the machine would come before English.
    private static final ResourceBundle.Control NO_OTHER =
            ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES);

    public Situation {
        needs = Set.copyOf(needs);
    }

    private String text(String part, Locale language) {
        return ResourceBundle.getBundle(TEXTS, language, NO_OTHER).getString(id + "." + part);
    }

    /// Its name, for people.
    public String title(Locale language) {
        return text("title", language);
    }

    /// What is done.
    public String doing(Locale language) {
        return text("doing", language);
    }

    /// What an editor mends when it fails.
    public String mend(Locale language) {
        return text("mend", language);
    }
}
