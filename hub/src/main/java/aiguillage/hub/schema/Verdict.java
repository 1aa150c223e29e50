package aiguillage.hub.schema;

import java.util.List;
import java.util.Map;

/// What a look into one payload found.
public sealed interface Verdict {

    /// As promised.
    ///
    /// @param keys the values found, by declared key, in the order of the payload, each once; a key without
    ///     value is absent. At most [PayloadCheck#VALUES_MAX] per key, each cut after
    ///     [PayloadCheck#VALUE_CHARS_MAX] characters
    record Valid(Map<String, List<String>> keys) implements Verdict {
        public Valid {
            keys = Map.copyOf(keys);
        }
    }

    /// Not as promised; refuse it.
    ///
    /// @param faults the first ones, in the order of the payload: at least one, at most [Fault#SHOWN_MAX]
    record Invalid(List<Fault> faults) implements Verdict {
        public Invalid {
            faults = List.copyOf(faults);
            if (faults.isEmpty()) {
                throw new IllegalArgumentException("a payload without fault is valid");
            }
        }

        /// The first fault, which often caused the others.
        public Fault first() {
            return faults.getFirst();
        }
    }
}
