package aiguillage.console.web;

import aiguillage.console.session.Session;
import aiguillage.console.session.Sessions;
import aiguillage.hub.problem.Problem;
import aiguillage.hub.problem.Refused;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.http.HttpCookie;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.FormFields;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.Fields;
import org.eclipse.jetty.util.Promise;
import org.jspecify.annotations.Nullable;

/// Reads requests: cookies, queries, forms. Safe from any thread.
final class Requests {

    /// The name binds it to this host alone, over a connection nobody reads (RFC 6265bis, 4.1.3.2).

    static final String LANGUAGE_COOKIE = "language";
    static final String ZONE_COOKIE = "zone";
    static final String THEME_COOKIE = "theme";

    private static final List<String> THEMES = List.of("auto", "light", "dark");

    private final Map<String, Words> words;
    private final Assets assets;
    private final Sessions sessions;
    private final String hub;
    private final Around around;
    private final Behind behind;

    Requests(Map<String, Words> words, Assets assets, Sessions sessions, String hub, Around around, Behind behind) {
        this.words = Map.copyOf(words);
        this.assets = assets;
        this.sessions = sessions;
        this.hub = hub;
        this.around = around;
        this.behind = behind;
    }

    /// A request without its form: that is read once it is known that the sender may send one.
    ///
    /// @param isUse whether the session counts as used
    /// @throws Refused when the query cannot be read
    Visit visit(Request request, List<String> variables, boolean isUse) {
        Map<String, String> cookies = cookies(request);
        String token = cookies.get(Sessions.COOKIE);
        Session session = token == null ? null : (isUse ? sessions.find(token) : sessions.look(token)).orElse(null);
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
                around.views(session),
                behind,
                Typed.NOTHING);
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

    /// How much a form may be.
    ///
    /// @param lasts the longest that it takes to come in, from its first byte to its last
    record Limits(int bytesMax, int fieldsMax, Duration lasts) {

        /// Of whoever reaches the listener.
        static final Limits STRANGERS = new Limits(32 << 10, 10, Duration.ofSeconds(10));

        /// Of somebody signed in: as many fields as one form in bulk has boxes, and some more.
        static final Limits SIGNED_IN = new Limits(2 << 20, 600, Duration.ofSeconds(30));

        static Limits of(Access access) {
            return access.wanted() == null ? STRANGERS : SIGNED_IN;
        }
    }

    /// The fields of a form; waits until they are there.
    ///
    /// @throws Refused when it is no form, larger than one may be, or too slow
    static Map<String, String> form(Request request, Limits limits) {
        if (request.getLength() > limits.bytesMax) {
            throw new Refused(
                    Problem.PAYLOAD_TOO_LARGE, "This address takes forms up to " + limits.bytesMax + " bytes.");
        }
        Charset charset = FormFields.getFormEncodedCharset(request);
        if (charset == null) {
            return Map.of(); // no form at all
        }
        var coming = new CompletableFuture<Fields>();
        FormFields.onFields(request, charset, limits.fieldsMax, limits.bytesMax, Promise.Invocable.toPromise(coming));
        try {
            return first(coming.get(limits.lasts.toMillis(), TimeUnit.MILLISECONDS));
        } catch (TimeoutException e) {
            request.fail(e); // what still reads it ends
            throw new Refused(Problem.TOO_SLOW, "The form did not come in within " + limits.lasts.toSeconds() + " s.");
        } catch (ExecutionException e) {
            throw new Refused(
                    Problem.BAD_REQUEST,
                    "The form broke off, cannot be read, or is larger than " + limits.bytesMax + " bytes or "
                            + limits.fieldsMax + " fields.");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            request.fail(e);
            throw new Refused(Problem.BAD_REQUEST, "The hub stops; nothing was done.");
        }
    }

    /// In the order of the form, in which people read it again.
    private static Map<String, String> first(Fields fields) {
        var values = new LinkedHashMap<String, String>();
        fields.forEach(field -> values.put(field.getName(), String.valueOf(field.getValue())));
        return values;
    }
}
