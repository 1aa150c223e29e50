package aiguillage.hub.problem;

import java.io.Serial;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A request is refused: which problem, and the particulars. Thrown by the steps of a door, answered in one place.
public final class Refused extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1;

    private final Problem problem;
    private String language = "en";
    private final transient Map<String, Object> particulars = new LinkedHashMap<>();

    /// @param detail what is particular to this case, in a sentence for the caller; nothing secret, nothing of
    ///     others
    public Refused(Problem problem, String detail) {
        super(detail, null, false, false);
        this.problem = problem;
    }

    /// Adds a member to the answer (RFC 9457, 3.2).
    ///
    /// @param value a text, a number, or a list or map of these
    public Refused with(String name, Object value) {
        particulars.put(name, value);
        return this;
    }

    /// Says which language the detail is in; English, unless this is said.
    ///
    /// @param tag as in `fr` (RFC 5646)
    public Refused in(String tag) {
        language = tag;
        return this;
    }

    /// The language of the detail.
    public String language() {
        return language;
    }

    public Problem problem() {
        return problem;
    }

    public String detail() {
        return String.valueOf(getMessage());
    }

    public Map<String, Object> particulars() {
        return Collections.unmodifiableMap(particulars);
    }

    /// What is wrong within a payload, field by field: the member `faults`, if there is one.
    public List<FieldFault> fieldFaults() {
        return particulars.get("faults") instanceof List<?> faults
                ? faults.stream().map(FieldFault::of).toList()
                : List.of();
    }
}
