package aiguillage.console.web;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One address of the console.
///
/// @param method `GET` or `POST`; a `GET` changes nothing
/// @param pattern the path; `{name}` stands for one part that is left open
/// @param taking what it takes beside fields, or null: no file
/// @param deed the key of the sentence that a person signs with the key, filled with what the pattern leaves
///     open; null where nothing is confirmed
/// @param isStream whether its answer goes on by itself: looking on is no use of a session
public record Route(
        String method,
        String pattern,
        Access access,
        Handler handler,
        @Nullable Taking taking,
        @Nullable String deed,
        boolean isStream) {

    /// A file that may come with a form.
    ///
    /// @param bytesMax the largest
    /// @param folder makes an empty folder for one visit, which is removed when that is answered; looks
    ///     first whether whoever asks may send a file there
    public record Taking(long bytesMax, Folder folder) {

        /// Makes folders.
        @FunctionalInterface
        public interface Folder {
            Path of(Visit visit) throws IOException;
        }
    }

    /// @throws IllegalArgumentException when a file is to be confirmed: it would have to come twice; or when what
    ///     is confirmed is not told
    public Route {
        if (access.isConfirmed() != (deed != null)) {
            throw new IllegalArgumentException("what is confirmed, and nothing else, has a deed: " + pattern);
        }
        if (taking != null && access.wanted() == null) {
            throw new IllegalArgumentException("files are taken of nobody: " + pattern);
        }
        if (taking != null && access.isConfirmed()) {
            throw new IllegalArgumentException("a form with a file cannot be confirmed: " + pattern);
        }
    }

    /// Answers a visit, on a virtual thread: it may wait. Throws [aiguillage.hub.problem.Refused] to refuse.
    @FunctionalInterface
    public interface Handler {
        Answer answer(Visit visit) throws Exception;
    }

    /// Whether this is the page at the address that a form is posted to.
    boolean isPageOf(Route posted) {
        return method.equals("GET") && !isStream && pattern.equals(posted.pattern);
    }

    public static Route get(String pattern, Access access, Handler handler) {
        return new Route("GET", pattern, access, handler, null, null, false);
    }

    /// One that keeps a page up to date.
    public static Route stream(String pattern, Access access, Handler handler) {
        return new Route("GET", pattern, access, handler, null, null, true);
    }

    public static Route post(String pattern, Access access, Handler handler) {
        return new Route("POST", pattern, access, handler, null, null, false);
    }

    /// One that has consequences.
    ///
    /// @param deed the key of the words that say what will be done
    public static Route confirmed(String pattern, Access access, String deed, Handler handler) {
        return new Route("POST", pattern, access, handler, null, deed, false);
    }

    /// One whose form has a file.
    public static Route upload(String pattern, Access access, Taking taking, Handler handler) {
        return new Route("POST", pattern, access, handler, taking, null, false);
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
