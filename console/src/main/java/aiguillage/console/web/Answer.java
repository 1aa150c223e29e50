package aiguillage.console.web;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/// What a visit comes to.
public sealed interface Answer {

    /// A page, or a part of one, made from a template.
    ///
    /// @param template its path under `src/main/jte`, without the ending
    /// @param values the template's parameters, by name; `look` is added
    record Page(int status, String template, Map<String, Object> values) implements Answer {

        public Page {
            values = Map.copyOf(values);
        }
    }

    /// Look there instead (303).
    ///
    /// @param to a path of the console, with its query
    record Redirect(String to) implements Answer {}

    /// Anything else, whole.
    ///
    /// @param headers further ones
    record Content(int status, String type, byte[] body, Map<String, String> headers) implements Answer {

        public Content {
            headers = Map.copyOf(headers);
        }
    }

    /// An answer that goes on: whoever made it writes it, and ends it.
    record Live(Writer writer) implements Answer {

        /// Begins to write. Must not wait.
        @FunctionalInterface
        public interface Writer {
            void begin(Response response, Callback callback);
        }
    }

    /// A file to keep that is written while it goes out, in constant memory.
    ///
    /// @param name of the file
    record File(String type, String name, Body body) implements Answer {

        /// Writes it, on the visit's thread: it may wait. What it throws breaks the answer off, so that nobody
        /// takes what came for the whole.
        @FunctionalInterface
        public interface Body {
            void write(OutputStream out) throws IOException;
        }
    }

    /// How a browser is told to keep a file under a name.
    static String disposition(String name) {
        return "attachment; filename=\"" + name.replaceAll("[^A-Za-z0-9._-]", "_") + "\"";
    }

    static Answer page(String template, Map<String, Object> values) {
        return new Page(200, template, values);
    }

    static Answer page(String template, String name, Object value) {
        return new Page(200, template, Map.of(name, value));
    }

    static Answer redirect(String to) {
        return new Redirect(to);
    }

    static Answer content(String type, byte[] body) {
        return new Content(200, type, body, Map.of());
    }

    /// A file to keep.
    static Answer download(String type, String name, byte[] body) {
        return new Content(200, type, body, Map.of("Content-Disposition", disposition(name)));
    }
}
