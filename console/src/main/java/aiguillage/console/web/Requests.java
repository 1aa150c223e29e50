package aiguillage.console.web;

import aiguillage.console.session.Session;
import aiguillage.console.session.Sessions;
import aiguillage.hub.problem.Problem;
import aiguillage.hub.problem.Refused;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jetty.http.HttpCookie;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.FormFields;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.Fields;
import org.jspecify.annotations.Nullable;

/// Reads requests: cookies, queries, forms. Safe from any thread.
final class Requests {

    /// The name binds it to this host alone, over a connection nobody reads (RFC 6265bis, 4.1.3.2).

    static final String LANGUAGE_COOKIE = "language";
    static final String ZONE_COOKIE = "zone";
    static final String THEME_COOKIE = "theme";

    private static final int FORM_BYTES_MAX = 2 << 20;
    /// As many as one form in bulk has boxes, and some more.
    private static final int FORM_FIELDS_MAX = 600;
    private static final List<String> THEMES = List.of("auto", "light", "dark");

    private final Map<String, Words> words;
    private final Assets assets;
    private final Sessions sessions;
    private final String hub;
    private final Around around;

    Requests(Map<String, Words> words, Assets assets, Sessions sessions, String hub, Around around) {
        this.words = Map.copyOf(words);
        this.assets = assets;
        this.sessions = sessions;
        this.hub = hub;
        this.around = around;
    }

    /// A request without its form: that is read once it is known that the sender may send one.
    ///
    /// @throws Refused when the query cannot be read
    Visit visit(Request request, List<String> variables) {
        Map<String, String> cookies = cookies(request);
        String token = cookies.get(Sessions.COOKIE);
        Session session = token == null ? null : sessions.find(token).orElse(null);
        return new Visit(
                request.getMethod(),
                Request.getPathInContext(request),
                variables,
                queries(request),
                Map.of(),
                null,
                session,
                session == null ? null : token,
                look(request, cookies, session),
                "true".equals(request.getHeaders().get("HX-Request")),
                address(request));
    }

    private static @Nullable InetAddress address(Request request) {
        return request.getConnectionMetaData().getRemoteSocketAddress() instanceof InetSocketAddress from
                ? from.getAddress()
                : null;
    }

    private static Map<String, String> cookies(Request request) {
        var cookies = new HashMap<String, String>();
        for (HttpCookie cookie : Request.getCookies(request)) {
            cookies.putIfAbsent(cookie.getName(), cookie.getValue());
        }
        return cookies;
    }

    private Look look(Request request, Map<String, String> cookies, @Nullable Session session) {
        return new Look(
                Optional.ofNullable(words.get(cookies.getOrDefault(LANGUAGE_COOKIE, "")))
                        .orElseGet(() -> accepted(request)),
                zone(cookies.get(ZONE_COOKIE)),
                theme(cookies.getOrDefault(THEME_COOKIE, "")),
                hub,
                session,
                Request.getPathInContext(request)
                        + Optional.ofNullable(request.getHttpURI().getQuery())
                                .map(query -> "?" + query)
                                .orElse(""),
                assets,
                around.notice().orElse(null),
                around.views(session));
    }

    private static String theme(String wanted) {
        return THEMES.contains(wanted) ? wanted : THEMES.getFirst();
    }

    private Words accepted(Request request) {
        String wanted = Optional.ofNullable(request.getHeaders().get(HttpHeader.ACCEPT_LANGUAGE))
                .orElse("");
        try {
            String found = Locale.lookupTag(Locale.LanguageRange.parse(wanted), Words.LANGUAGES);
            return words(found);
        } catch (IllegalArgumentException notAList) {
            return words(null);
        }
    }

    private Words words(@Nullable String language) {
        Words found = words.get(language == null ? Words.LANGUAGES.getFirst() : language);
        if (found == null) {
            throw new AssertionError("no words in " + language);
        }
        return found;
    }

    private static ZoneId zone(@Nullable String name) {
        try {
            return name == null ? ZoneId.systemDefault() : ZoneId.of(name);
        } catch (DateTimeException unknown) {
            return ZoneId.systemDefault();
        }
    }

    private static Map<String, String> queries(Request request) {
        try {
            return first(Request.extractQueryParameters(request, StandardCharsets.UTF_8));
        } catch (IllegalArgumentException | IllegalStateException | HttpException.RuntimeException e) {
            throw new Refused(Problem.BAD_REQUEST, "The query is not percent-encoded UTF-8.");
        }
    }

    /// The fields of a form; waits until they are there.
    ///
    /// @throws Refused when it is no form, or larger than one may be
    static Map<String, String> form(Request request) {
        try {
            return first(FormFields.getFields(request, FORM_FIELDS_MAX, FORM_BYTES_MAX));
        } catch (RuntimeException e) {
            throw new Refused(Problem.BAD_REQUEST, "The form cannot be read, or is larger than 2 MB.");
        }
    }

    private static Map<String, String> first(Fields fields) {
        var values = new HashMap<String, String>();
        fields.forEach(field -> values.put(field.getName(), String.valueOf(field.getValue())));
        return values;
    }
}
