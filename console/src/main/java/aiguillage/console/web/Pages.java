package aiguillage.console.web;

import aiguillage.console.session.Session;
import aiguillage.hub.dataset.Folder;
import aiguillage.hub.door.call.HubParts;
import aiguillage.hub.door.call.SourceLimit;
import aiguillage.hub.operators.Rank;
import aiguillage.hub.problem.Problem;
import aiguillage.hub.problem.Refused;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.io.EofException;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Finds the route of a request, sees whether its sender may go there, and writes the answer. Every refusal and
/// every failure ends here. Runs on virtual threads: answering may wait.
final class Pages extends Handler.Abstract {

    private static final Logger LOG = LoggerFactory.getLogger(Pages.class);

    /// Nothing but what this server gives: no script in a page, no style, nothing from elsewhere, in no frame.
    private static final String CONTENT_SECURITY_POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self';"
                    + " form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

    private static final long A_YEAR_SECONDS = 31_536_000;

    /// Forms of one source in which nobody is signed in, at once; then one more each [#STRANGERS_EACH].
    static final int STRANGERS_FORMS = 120;

    static final Duration STRANGERS_EACH = Duration.ofSeconds(1);

    /// Files of one person that come in at the same time.
    static final int UPLOADS_EACH_MAX = 2;

    private static final int FILE_BUFFER_BYTES = 64 << 10;

    private final List<Route> routes;
    private final Requests requests;
    private final Templates templates;
    private final Assets assets;
    private final String origin;
    private final Confirmation confirmation;
    private final HubParts hub;
    private final SourceLimit strangers = new SourceLimit(STRANGERS_FORMS, STRANGERS_EACH, System::nanoTime);
    private final Map<String, Integer> uploads = new ConcurrentHashMap<>();
    private final AtomicLong failures = new AtomicLong();

    /// @param origin as browsers write it: forms of no other one are taken
    Pages(
            List<Route> routes,
            Requests requests,
            Templates templates,
            Assets assets,
            String origin,
            Confirmation confirmation,
            HubParts hub) {
        this.routes = List.copyOf(routes);
        this.requests = requests;
        this.templates = templates;
        this.assets = assets;
        this.origin = origin;
        this.confirmation = confirmation;
        this.hub = hub;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        guard(response.getHeaders());
        String path = Request.getPathInContext(request);
        if (path.startsWith(Assets.FOLDER)) {
            asset(path, request, response, callback);
            return true;
        }
        Visit visit = null;
        try {
            Found found = find(request, path);
            visit = requests.visit(request, found.variables, !found.route.isStream());
            Rank wanted = found.route.access().wanted();
            if (wanted != null && visit.session() == null) {
                signIn(found.route, visit, response, callback);
                return true;
            }
            if (wanted != null && !visit.operator().rank().includes(wanted)) {
                throw visit.words().refused(Problem.NOT_AUTHORISED, "web.rank");
            }
            if (HttpMethod.POST.is(request.getMethod())) {
                requireOwn(request, visit.words());
                if (visit.session() == null) {
                    strangers.take(SourceLimit.source(request)); // before any byte of the form
                }
                Route.Taking taking = found.route.taking();
                if (taking != null) {
                    write(withFile(found.route, taking, visit, request), visit, response, callback);
                    return true;
                }
                visit = withForm(visit, Requests.form(request, Requests.Limits.of(found.route.access())), null);
            }
            answer(found.route, visit, response, callback);
        } catch (Refused refused) {
            refuse(
                    refused,
                    visit == null ? requests.visit(withoutQuery(request), List.of(), true) : visit,
                    response,
                    callback);
        } catch (Exception | Error e) {
            fail(e, visit == null ? requests.visit(withoutQuery(request), List.of(), true) : visit, response, callback);
        }
        return true;
    }

    private void answer(Route route, Visit visit, Response response, Callback callback) throws Exception {
        Answer answer;
        Visit shown = visit;
        try {
            answer = answer(route, visit);
        } catch (Refused refused) {
            shown = visit.again(refused);
            answer = formAgain(route, shown, refused);
        }
        write(answer, shown, response, callback);
    }

    /// The page that a refused form stands on, where it has the form's own address: nobody types it twice.
    ///
    /// @throws Refused as the form was, where there is no such page, or none for who sent it
    private Answer formAgain(Route posted, Visit visit, Refused refused) throws Exception {
        if (visit.session() == null || visit.look().typed().fields().isEmpty()) {
            throw refused;
        }
        Route page = routes.stream()
                .filter(route -> route.isPageOf(posted))
                .findFirst()
                .orElseThrow(() -> refused);
        Rank wanted = page.access().wanted();
        if (wanted != null && !visit.operator().rank().includes(wanted)) {
            throw refused;
        }
        try {
            if (page.handler().answer(visit) instanceof Answer.Page shown) {
                return new Answer.Page(refused.problem().status(), shown.template(), shown.values());
            }
        } catch (Refused gone) {
            throw refused; // what the form was about is no longer there; why it was refused comes first
        }
        throw refused;
    }

    private Answer answer(Route route, Visit visit) throws Exception {
        String deed = route.deed();
        if (deed != null) {
            Optional<Answer> missing = confirmation.missing(visit, deed);
            if (missing.isPresent()) {
                return missing.get();
            }
        }
        return route.handler().answer(visit);
    }

    /// Takes the file in, has it answered, and removes it, whatever came of it.
    private Answer withFile(Route route, Route.Taking taking, Visit visit, Request request) throws Exception {
        String who = visit.operator().name();
        if (uploads.merge(who, 1, Integer::sum) > UPLOADS_EACH_MAX) {
            ended(who);
            throw visit.words().refused(Problem.TOO_MANY_REQUESTS, "web.uploads", UPLOADS_EACH_MAX);
        }
        try {
            return withFolder(taking.folder().of(visit), route, taking, visit, request);
        } finally {
            ended(who);
        }
    }

    private void ended(String who) {
        uploads.computeIfPresent(who, (_, coming) -> coming == 1 ? null : coming - 1);
    }

    private Answer withFolder(Path folder, Route route, Route.Taking taking, Visit visit, Request request)
            throws Exception {
        try {
            Multipart form = Multipart.read(request, folder, taking.bytesMax(), hub.space());
            return answer(route, withForm(visit, form.fields(), form.upload()));
        } finally {
            Folder.remove(folder);
        }
    }

    /// One whose query cannot be read has a page all the same.
    private static Request withoutQuery(Request request) {
        return Request.serveAs(
                request,
                org.eclipse.jetty.http.HttpURI.build(request.getHttpURI()).query(null));
    }

    static void guard(HttpFields.Mutable headers) {
        headers.put("Content-Security-Policy", CONTENT_SECURITY_POLICY);
        headers.put("X-Content-Type-Options", "nosniff");
        headers.put("X-Frame-Options", "DENY");
        headers.put("Referrer-Policy", "same-origin");
        headers.put("Cross-Origin-Opener-Policy", "same-origin");
        headers.put("Cross-Origin-Resource-Policy", "same-origin");
        headers.put("Permissions-Policy", "publickey-credentials-get=(self), publickey-credentials-create=(self)");
        headers.put(HttpHeader.CACHE_CONTROL, "no-store");
    }

    private record Found(Route route, List<String> variables) {}

    private Found find(Request request, String path) {
        String method = request.getMethod();
        boolean isThere = false;
        for (Route route : routes) {
            List<String> variables = route.match(path);
            if (variables != null && route.method().equals(method)) {
                return new Found(route, variables);
            }
            isThere |= variables != null;
        }
        Words words = requests.visit(withoutQuery(request), List.of(), true).words();
        throw isThere
                ? words.refused(Problem.METHOD_NOT_ALLOWED, "web.no-method", method)
                : words.refused(Problem.NOT_FOUND, "web.no-page");
    }

    /// A form comes from a page of ours: browsers say from where (Fetch, 3.2; RFC 6454). Beside that each form
    /// has its session's own word, where there is a session.
    private void requireOwn(Request request, Words words) {
        String from = request.getHeaders().get(HttpHeader.ORIGIN);
        String site = request.getHeaders().get("Sec-Fetch-Site");
        boolean isOwn = from == null ? "same-origin".equals(site) : origin.equals(from);
        if (!isOwn) {
            throw words.refused(Problem.NOT_AUTHORISED, "web.not-own", origin);
        }
    }

    private static Visit withForm(Visit visit, Map<String, String> form, @Nullable Upload upload) {
        Session session = visit.session();
        if (session != null && !same(session.form(), form.getOrDefault("form", ""))) {
            throw visit.words().refused(Problem.NOT_AUTHORISED, "web.stale");
        }
        return new Visit(
                visit.method(),
                visit.path(),
                visit.variables(),
                visit.queries(),
                form,
                upload,
                session,
                visit.token(),
                visit.look(),
                visit.isPartial(),
                visit.address());
    }

    private static boolean same(String one, String other) {
        return MessageDigest.isEqual(one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
    }

    private static void signIn(Route route, Visit visit, Response response, Callback callback) {
        if (route.isStream() || visit.isPartial()) {
            response.getHeaders().put("HX-Refresh", "true"); // the whole page goes there, not a part of it
            content(HttpStatus.UNAUTHORIZED_401, "text/plain;charset=utf-8", new byte[0], response, callback);
            return;
        }
        String back = visit.method().equals("GET") ? visit.look().path() : "/";
        redirect("/sign-in?to=" + URLEncoder.encode(back, StandardCharsets.UTF_8), response, callback);
    }

    private static void redirect(String to, Response response, Callback callback) {
        if (!to.startsWith("/") || to.startsWith("//")) {
            throw new AssertionError("a redirect out of the console: " + to);
        }
        response.setStatus(HttpStatus.SEE_OTHER_303);
        response.getHeaders().put(HttpHeader.LOCATION, to);
        response.write(true, ByteBuffer.allocate(0), callback);
    }

    private void write(Answer answer, Visit visit, Response response, Callback callback) {
        switch (answer) {
            case Answer.Page page ->
                content(
                        page.status(),
                        "text/html;charset=utf-8",
                        templates.render(page.template(), page.values(), visit.look()),
                        response,
                        callback);
            case Answer.Redirect(var to) -> redirect(to, response, callback);
            case Answer.Content content -> {
                content.headers().forEach((name, value) -> response.getHeaders().add(new HttpField(name, value)));
                content(content.status(), content.type(), content.body(), response, callback);
            }
            case Answer.File file -> file(file, visit, response, callback);
            case Answer.Live(var writer) -> writer.begin(response, callback);
        }
    }

    private static void content(int status, String type, byte[] body, Response response, Callback callback) {
        response.setStatus(status);
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, type);
        response.getHeaders().put(HttpHeader.CONTENT_LENGTH, body.length);
        response.write(true, ByteBuffer.wrap(body), callback);
    }

    /// A file that breaks off ends its connection: what came of it is not the whole.
    private void file(Answer.File file, Visit visit, Response response, Callback callback) {
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, file.type());
        response.getHeaders().put("Content-Disposition", Answer.disposition(file.name()));
        try {
            var out = new BufferedOutputStream(Content.Sink.asOutputStream(response), FILE_BUFFER_BYTES);
            file.body().write(out);
            out.close();
        } catch (EofException gone) {
            callback.failed(gone); // the browser left
            return;
        } catch (IOException | RuntimeException e) {
            if (!response.isCommitted()) {
                response.reset();
                guard(response.getHeaders());
                fail(e, visit, response, callback);
                return;
            }
            logFailure(e, visit);
            callback.failed(e);
            return;
        }
        callback.succeeded();
    }

    private void asset(String path, Request request, Response response, Callback callback) {
        Assets.Asset asset = assets.at(path).orElse(null);
        if (asset == null || !HttpMethod.GET.is(request.getMethod())) {
            Response.writeError(request, response, callback, HttpStatus.NOT_FOUND_404);
            return;
        }
        response.getHeaders().put(HttpHeader.CACHE_CONTROL, "public, max-age=" + A_YEAR_SECONDS + ", immutable");
        content(200, asset.type(), asset.content(), response, callback);
    }

    private void refuse(Refused refused, Visit visit, Response response, Callback callback) {
        var page = new Answer.Page(refused.problem().status(), "web/refused", Map.of("refused", refused));
        write(page, visit, response, callback);
    }

    /// The number stands in the log, so that who is told it can be helped.
    private void fail(Throwable failure, Visit visit, Response response, Callback callback) {
        long number = logFailure(failure, visit);
        write(new Answer.Page(500, "web/failed", Map.of("number", number)), visit, response, callback);
    }

    private long logFailure(Throwable failure, Visit visit) {
        long number = failures.incrementAndGet();
        LOG.atError()
                .addKeyValue("page", visit.shownPath())
                .addKeyValue("failure", number)
                .setCause(failure)
                .log("A page of the console failed. Whoever asked was told the failure's number; read the cause.");
        if (!(failure instanceof Error) || failure instanceof AssertionError) {
            hub.stopIfDamaged(failure); // a page that wants too much ends alone: documents go on
        }
        return number;
    }
}
