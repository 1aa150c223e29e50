package aiguillage.console.web;

import aiguillage.console.session.Session;
import aiguillage.hub.operators.Operator;
import aiguillage.hub.problem.Problem;
import aiguillage.hub.problem.Refused;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// One request for a page. For one thread.
///
/// @param path without the query
/// @param variables what the route's pattern leaves open, decoded
/// @param queries the first value of each
/// @param form the fields of a `POST`, the first value of each; empty otherwise
/// @param upload the file that came with the form, or null
/// @param session null where nobody is signed in
/// @param token what the browser proved its session with; null where it did not
/// @param look how this browser wants its pages
/// @param isPartial whether a script asks for a part of a page
/// @param address where the browser is
public record Visit(
        String method,
        String path,
        List<String> variables,
        Map<String, String> queries,
        Map<String, String> form,
        @Nullable Upload upload,
        @Nullable Session session,
        @Nullable String token,
        Look look,
        boolean isPartial,
        @Nullable InetAddress address) {

    private static final Pattern PATH = Pattern.compile("/(?:[!-.0-\\[\\]-~][!-\\[\\]-~]{0,2000})?");

    /// Who asks. Only where somebody is signed in.
    public Operator operator() {
        return Objects.requireNonNull(session, "nobody is signed in").operator();
    }

    public String variable(int index) {
        return variables.get(index);
    }

    public Optional<String> query(String name) {
        return Optional.ofNullable(queries.get(name)).map(String::strip).filter(value -> !value.isEmpty());
    }

    /// A field of the form that must be filled in.
    ///
    /// @throws Refused when it is not
    public String required(String name) {
        return field(name)
                .orElseThrow(() -> new Refused(Problem.BAD_REQUEST, look.words().of("web.missing", name)));
    }

    /// A field of the form, without blanks around it; empty when it was left out or blank.
    public Optional<String> field(String name) {
        return Optional.ofNullable(form.get(name)).map(String::strip).filter(value -> !value.isEmpty());
    }

    /// The file that must come with the form.
    ///
    /// @throws Refused when none was chosen
    public Upload requiredUpload() {
        if (upload == null) {
            throw new Refused(Problem.BAD_REQUEST, look.words().of("web.no-file"));
        }
        return upload;
    }

    /// Where a page that was given as text is, when it is one of this console; otherwise the first page. No
    /// text leads out of here.
    public static String within(String to) {
        return PATH.matcher(to).matches() ? to : "/";
    }

    public Words words() {
        return look.words();
    }
}
