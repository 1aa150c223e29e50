package aiguillage.hub.door.call;

import aiguillage.hub.problem.Problem;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One address and method of the wire, described: what may be asked, what is answered, and how it may be
/// refused. Stands beside the door that answers, and is all that [OpenApi] knows. Names of schemas, headers and
/// parts of the path are those of `openapi.json`.
///
/// @param method in upper case
/// @param pattern the path; `{name}` stands for one part that is left open
/// @param summary what it is for, in a sentence
/// @param access how callers prove themselves
/// @param headers of the request, beside those of HTTP itself
/// @param everywhere headers that any answer may have, refusals too
/// @param body what is sent, or null for nothing
/// @param refusals those that are its own; [#allRefusals] adds what every call may come to
public record Operation(
        String method,
        String pattern,
        String summary,
        Access access,
        List<Query> queries,
        List<String> headers,
        List<String> everywhere,
        @Nullable Content body,
        List<Answer> answers,
        Set<Problem> refusals) {

    public static final String JSON = "application/json";
    public static final String TEXT = "text/plain";
    public static final String ANY = "*/*";

    /// How callers prove themselves, and what that may come to.
    public enum Access {
        ANYBODY("none"),
        /// By a client certificate of a party in the routing table.
        PARTY("certificate"),
        /// By a one-time code.
        CODE("code"),
        /// By the operator's token.
        OPERATOR("token");

        private final String scheme;

        Access(String scheme) {
            this.scheme = scheme;
        }

        /// The security scheme's name in `openapi.json`.
        String scheme() {
            return scheme;
        }

        private Set<Problem> refusals() {
            return switch (this) {
                case ANYBODY -> Set.of();
                case PARTY ->
                    Set.of(
                            Problem.CERTIFICATE_UNUSABLE,
                            Problem.CERTIFICATE_EXPIRED,
                            Problem.CERTIFICATE_REVOKED,
                            Problem.PARTY_UNKNOWN,
                            Problem.PARTY_SUSPENDED,
                            Problem.TOO_MANY_REQUESTS);
                case CODE -> Set.of(Problem.CODE_REFUSED);
                case OPERATOR -> Set.of(Problem.NOT_AUTHORISED);
            };
        }
    }

    /// @param mediaType without parameters; [#ANY] for bytes of any kind
    /// @param schema null where there is nothing to say about the bytes
    record Content(String mediaType, @Nullable String schema) {}

    /// An answer that is no refusal.
    ///
    /// @param text what it means, in a sentence
    /// @param headers of the answer
    record Answer(int status, Content content, String text, List<String> headers) {}

    public static Operation of(Access access, String method, String pattern, String summary) {
        return new Operation(
                method, pattern, summary, access, List.of(), List.of(), List.of(), null, List.of(), Set.of());
    }

    public Operation asks(Query... more) {
        return new Operation(
                method, pattern, summary, access, List.of(more), headers, everywhere, body, answers, refusals);
    }

    public Operation headed(String... more) {
        return new Operation(
                method, pattern, summary, access, queries, List.of(more), everywhere, body, answers, refusals);
    }

    /// Headers that any answer may have, refusals too.
    public Operation says(String... more) {
        return new Operation(
                method, pattern, summary, access, queries, headers, List.of(more), body, answers, refusals);
    }

    public Operation takes(String mediaType, @Nullable String schema) {
        var content = new Content(mediaType, schema);
        return new Operation(
                method, pattern, summary, access, queries, headers, everywhere, content, answers, refusals);
    }

    public Operation gives(int status, String mediaType, @Nullable String schema, String text, String... withHeaders) {
        var more = new ArrayList<>(answers);
        more.add(new Answer(status, new Content(mediaType, schema), text, List.of(withHeaders)));
        return new Operation(
                method, pattern, summary, access, queries, headers, everywhere, body, List.copyOf(more), refusals);
    }

    public Operation refuses(Problem... more) {
        return new Operation(
                method, pattern, summary, access, queries, headers, everywhere, body, answers, Set.of(more));
    }

    /// An endpoint that answers without waiting.
    public Endpoint by(Endpoint.Door door) {
        return new Endpoint(this, false, door);
    }

    /// An endpoint whose answer may wait.
    public Endpoint waits(Endpoint.Door door) {
        return new Endpoint(this, true, door);
    }

    /// Every problem that a call may come to, in the catalogue's order.
    Set<Problem> allRefusals() {
        EnumSet<Problem> all =
                EnumSet.of(Problem.BAD_REQUEST, Problem.HEADERS_TOO_LARGE, Problem.STOPPING, Problem.FAILED);
        all.addAll(access.refusals());
        all.addAll(refusals);
        if (body != null) {
            all.add(Problem.TOO_SLOW);
            all.add(Problem.PAYLOAD_TOO_LARGE);
        }
        return all;
    }

    /// The names of the open parts of the path, in order.
    Set<String> variables() {
        var names = new LinkedHashSet<String>();
        for (String part : pattern.split("/", -1)) {
            if (part.startsWith(Endpoint.OPEN)) {
                names.add(part.substring(1, part.length() - 1));
            }
        }
        return names;
    }
}
