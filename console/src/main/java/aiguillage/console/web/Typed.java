package aiguillage.console.web;

import aiguillage.hub.problem.Refused;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A form that was refused, for the page it stands on: what was typed is there again, beside what is wrong.
///
/// @param fields of the form; empty: none was refused
/// @param refused why; null: none was refused
public record Typed(Map<String, String> fields, @Nullable Refused refused) {

    static final Typed NOTHING = new Typed(Map.of(), null);

    public Typed {
        fields = Map.copyOf(fields);
    }
}
