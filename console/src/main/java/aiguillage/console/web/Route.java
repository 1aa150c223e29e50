package aiguillage.console.web;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One address of the console.
///
/// @param method `GET` or `POST`; a `GET` changes nothing
/// @param pattern the path; `{name}` stands for one part that is left open
public record Route(String method, String pattern, Access access, Handler handler) {

    /// Answers a visit, on a virtual thread: it may wait. Throws [aiguillage.hub.problem.Refused] to refuse.
    @FunctionalInterface
    public interface Handler {
        Answer answer(Visit visit) throws Exception;
    }

    public static Route get(String pattern, Access access, Handler handler) {
        return new Route("GET", pattern, access, handler);
    }

    public static Route post(String pattern, Access access, Handler handler) {
        return new Route("POST", pattern, access, handler);
    }

    /// The parts of the path that the pattern leaves open, or null when the path is another one.
    @Nullable
    List<String> match(String path) {
        String[] wanted = pattern.split("/", -1);
        String[] given = path.split("/", -1);
        if (wanted.length != given.length) {
            return null;
        }
        var open = new ArrayList<String>();
        for (int i = 0; i < wanted.length; i++) {
            if (wanted[i].startsWith("{")) {
                if (given[i].isEmpty()) {
                    return null;
                }
                open.add(given[i]);
            } else if (!wanted[i].equals(given[i])) {
                return null;
            }
        }
        return open;
    }
}
