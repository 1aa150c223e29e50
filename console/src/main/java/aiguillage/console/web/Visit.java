package aiguillage.console.web;

import aiguillage.console.session.Session;
import aiguillage.hub.operators.Operator;
import aiguillage.hub.problem.Problem;
import aiguillage.hub.problem.Refused;
import aiguillage.protocol.Rfc3339;
import java.net.InetAddress;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
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

    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,18}");
    private static final Pattern ZONED = Pattern.compile(".*(?:Z|[+-][0-9]{2}:[0-9]{2})");
    private static final String INVITATION = "/enrol/";
    private static final Pattern PATH = Pattern.compile("/(?:[!-.0-\\[\\]-~][!-\\[\\]-~]{0,2000})?");

    /// Who asks. Only where somebody is signed in.
    public Operator operator() {
        return Objects.requireNonNull(session, "nobody is signed in").operator();
    }

    /// Only who sees all brands sees what is written for all of them.
    ///
    /// @throws Refused as if there were nothing
    public void requireAll() {
        if (!operator().seesAll()) {
            throw words().refused(Problem.NOT_FOUND, "web.no-page");
        }
    }

    public String variable(int index) {
        return variables.get(index);
    }

    public Optional<String> query(String name) {
        return Optional.ofNullable(queries.get(name)).map(String::strip).filter(value -> !value.isEmpty());
    }

    /// A number of the address: a position, a size, a place in a list.
    ///
    /// @throws Refused when it has anything but 1 to 18 digits
    public OptionalLong number(String name) {
        Optional<String> text = query(name);
        if (text.isEmpty()) {
            return OptionalLong.empty();
        }
        if (!NUMBER.matcher(text.get()).matches()) {
            throw look.words().refused(Problem.BAD_REQUEST, "web.no-number", name);
        }
        return OptionalLong.of(Long.parseLong(text.get()));
    }

    /// An instant as it was typed: with its zone (RFC 3339), or as browsers write a local time, in the zone of
    /// the page.
    ///
    /// @throws Refused when it is none
    public Instant instant(String typed) {
        try {
            return ZONED.matcher(typed).matches()
                    ? Rfc3339.instant(typed)
                    : Rfc3339.require(LocalDateTime.parse(typed.replace(' ', 'T'))
                            .atZone(look.zone())
                            .toInstant());
        } catch (DateTimeException e) {
            throw look.words().refused(Problem.BAD_REQUEST, "web.no-instant", typed);
        }
    }

    /// A field of the form that must be filled in.
    ///
    /// @throws Refused when it is not
    public String required(String name) {
        return field(name)
                .orElseThrow(() -> words().refused(
                                Problem.BAD_REQUEST,
                                "web.missing",
                                words().find("web.field." + name).orElse(name)));
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
            throw look.words().refused(Problem.BAD_REQUEST, "web.no-file");
        }
        return upload;
    }

    /// The question for the page that a refused form stands on.
    Visit again(Refused refused) {
        return new Visit(
                "GET",
                path,
                variables,
                queries,
                Map.of(),
                null,
                session,
                token,
                look.with(new Typed(form, refused)),
                isPartial,
                address);
    }

    /// Where a page that was given as text is, when it is one of this console; otherwise the first page. No
    /// text leads out of here.
    public static String within(String to) {
        return PATH.matcher(to).matches() ? to : "/";
    }

    /// The path as the log may have it: what an invitation's link proves itself with is left out.
    public String shownPath() {
        return shown(path);
    }

    static String shown(String path) {
        return path.startsWith(INVITATION) ? INVITATION + "…" : path;
    }

    public Words words() {
        return look.words();
    }
}
