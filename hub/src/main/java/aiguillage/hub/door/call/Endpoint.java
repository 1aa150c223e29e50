package aiguillage.hub.door.call;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One address of the wire: which calls come here, and what answers them.
///
/// @param operation what is asked and answered here
/// @param waits whether answering may wait: then it runs on a virtual thread
/// @param door answers; throws [aiguillage.hub.problem.Refused] to refuse
public record Endpoint(Operation operation, boolean waits, Door door) {

    static final String OPEN = "{";

    @FunctionalInterface
    public interface Door {
        void answer(Call call) throws Exception;
    }

    String method() {
        return operation.method();
    }

    String pattern() {
        return operation.pattern();
    }

    /// The same address behind something that looks at the call first.
    public Endpoint behind(Door guard) {
        return new Endpoint(operation, waits, call -> {
            guard.answer(call);
            door.answer(call);
        });
    }

    /// The parts of the path that the pattern leaves open, or null when the path is another one.
    @Nullable
    List<String> match(String path) {
        String pattern = pattern();
        if (!pattern.contains(OPEN)) {
            return pattern.equals(path) ? List.of() : null;
        }
        String[] wanted = pattern.split("/", -1);
        String[] given = path.split("/", -1);
        if (wanted.length != given.length) {
            return null;
        }
        var variables = new ArrayList<String>();
        for (int i = 0; i < wanted.length; i++) {
            if (wanted[i].startsWith(OPEN)) {
                if (given[i].isEmpty()) {
                    return null;
                }
                variables.add(given[i]);
            } else if (!wanted[i].equals(given[i])) {
                return null;
            }
        }
        return variables;
    }
}
