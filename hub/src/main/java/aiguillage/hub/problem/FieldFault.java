package aiguillage.hub.problem;

import java.util.Map;

/// What is wrong with one field of a payload.
///
/// @param path of the element
/// @param code which rule it breaks
/// @param text where it is, and what was expected
public record FieldFault(String path, String code, String text) {

    /// @param fault a member of a refusal's list of them
    static FieldFault of(Object fault) {
        return fault instanceof Map<?, ?> one
                ? new FieldFault(
                        String.valueOf(one.get("path")),
                        String.valueOf(one.get("code")),
                        "line " + one.get("line") + ", column " + one.get("column") + ", " + one.get("path") + ": "
                                + one.get("expected"))
                : new FieldFault("", "", String.valueOf(fault));
    }
}
