package aiguillage.app.call;

import aiguillage.app.terminal.Exit;
import aiguillage.app.terminal.Failure;
import aiguillage.pki.Credential;
import aiguillage.pki.TrustAnchors;
import aiguillage.pki.tls.HttpProxy;
import aiguillage.pki.tls.MutualTls;
import aiguillage.pki.tls.PartyKeyManager;
import aiguillage.pki.tls.PartyTrustManager;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Calls one hub or gateway. Each failure is a sentence with an exit code: it cannot be reached, or
/// cannot tell (69), does not understand (2), or says no (1).
/// Safe from any thread.
public final class Caller implements AutoCloseable {

    /// How long an answer may take.
    public static final Duration ANSWER_MAX = Duration.ofMinutes(10); // a backup takes its time

    static final Duration CONNECT_MAX = Duration.ofSeconds(5);

    /// How a hub answers a token that is not its own.
    private static final String TOKEN_UNKNOWN = "not-authorised";

    private static final int REFUSED_FROM = 400;
    private static final int NOT_FOUND = 404;
    private static final int REFUSAL_BYTES_MAX = 1 << 20;

    /// Their title and remedy speak to whoever programs against the hub; the detail says it all.
    private static final Set<String> GENERIC = Set.of("not-found", "bad-request", "failed");

    private final Called called;
    private final URI address;
    private final HttpClient http;
    private final @Nullable String token;
    private final @Nullable HttpProxy proxy;
    private final JsonMapper json = JsonMapper.shared();

    /// Who is called, in words.
    ///
    /// @param name as in "hub"
    /// @param start how it is started
    public record Called(String name, String start) {

        public static final Called HUB = new Called("hub", "Start it with `aiguillage hub run`.");
        public static final Called HUB_OF_OTHERS = new Called("hub", "Look at the address and at the line.");
        public static final Called GATEWAY = new Called("gateway", "Start it with `aiguillage gateway run`.");
    }

    private Caller(Called called, URI address, HttpClient http, @Nullable String token, @Nullable HttpProxy proxy) {
        this.called = called;
        this.address = address;
        this.http = http;
        this.token = token;
        this.proxy = proxy;
    }

    /// One that proves itself with a token, over plain HTTP on this machine.
    public static Caller withToken(Called called, URI address, String token) {
        HttpClient http = HttpClient.newBuilder().connectTimeout(CONNECT_MAX).build();
        return new Caller(called, address, http, token, null);
    }

    /// One that proves itself to a hub with a certificate.
    ///
    /// @param anchors the roots that the hub is checked against
    /// @param proxy on the way, or null
    public static Caller withCertificate(
            URI address, Credential credential, TrustAnchors anchors, @Nullable HttpProxy proxy) {
        var trust = new PartyTrustManager(anchors, InstantSource.system());
        HttpClient.Builder http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(CONNECT_MAX)
                .sslContext(MutualTls.context(new PartyKeyManager(credential), trust))
                .sslParameters(MutualTls.parameters(true));
        HttpProxy.use(proxy, http);
        return new Caller(Called.HUB_OF_OTHERS, address, http.build(), null, proxy);
    }

    /// One step of a path or one value of a query, escaped.
    public static String escaped(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /// A request to be sent with this caller.
    public HttpRequest.Builder request(String path) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(address.resolve(path)).timeout(ANSWER_MAX);
        return token == null ? request : request.header("Authorization", "Bearer " + token);
    }

    /// `GET`, with a JSON answer.
    public JsonNode get(String path) {
        return json.readTree(text(request(path).GET().build()));
    }

    /// Sends a request; the text of a good answer.
    public String text(HttpRequest request) {
        HttpResponse<String> answer = answer(request);
        if (answer.statusCode() >= REFUSED_FROM) {
            throw refused(answer.statusCode(), answer.body());
        }
        return answer.body();
    }

    /// Sends a request; the answer, which may be a refusal.
    public HttpResponse<String> answer(HttpRequest request) {
        return sent(request, HttpResponse.BodyHandlers.ofString());
    }

    /// `GET` into a file, which is replaced once all has come.
    ///
    /// @return false when there is no such thing
    public boolean save(String path, Path file) throws IOException {
        HttpResponse<InputStream> answer = sent(request(path).GET().build(), HttpResponse.BodyHandlers.ofInputStream());
        try (InputStream body = answer.body()) {
            if (answer.statusCode() == NOT_FOUND) {
                return false;
            }
            if (answer.statusCode() >= REFUSED_FROM) {
                throw refused(
                        answer.statusCode(), new String(body.readNBytes(REFUSAL_BYTES_MAX), StandardCharsets.UTF_8));
            }
            Path part = file.resolveSibling(file.getFileName() + ".part");
            try {
                Files.copy(body, part, StandardCopyOption.REPLACE_EXISTING);
                Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(part);
            }
            return true;
        }
    }

    private <T> HttpResponse<T> sent(HttpRequest request, HttpResponse.BodyHandler<T> handler) {
        try {
            return HttpProxy.send(proxy, http, request, handler);
        } catch (HttpProxy.Failed e) {
            throw new Failure(Exit.UNAVAILABLE, "On the way to " + address + ": " + e.getMessage() + ".", e);
        } catch (ConnectException e) {
            throw new Failure(
                    Exit.UNAVAILABLE, "No " + called.name() + " answers at " + address + ". " + called.start(), e);
        } catch (IOException e) {
            String why = NotSecure.said(address, e);
            String silent = "The " + called.name() + " at " + address + " did not answer: " + e + ".";
            throw new Failure(Exit.UNAVAILABLE, why == null ? silent : why, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Failure(
                    Exit.UNAVAILABLE, "Interrupted while waiting for the " + called.name() + " at " + address + ".", e);
        }
    }

    /// What a refusal means to whoever typed the command.
    public Failure refused(int status, String body) {
        List<String> lines = new ArrayList<>();
        String code = "";
        try {
            JsonNode problem = json.readTree(body);
            code = problem.path("code").asString("");
            if (called.equals(Called.HUB) && code.equals(TOKEN_UNKNOWN)) {
                return new Failure(
                        Exit.UNAVAILABLE,
                        "At " + address + " another hub answers, which does not know this one's operator.token. Look at"
                                + " listen.operations, and at which hub runs there.",
                        code);
            }
            boolean isGeneric = GENERIC.contains(code);
            String detail = problem.path("detail").asString("The " + called.name() + " refused (" + status + ").");
            String title = isGeneric ? "" : problem.path("title").asString("");
            lines.add(title.isEmpty() || detail.startsWith(title) ? detail : title + " " + detail);
            problem.path("faults").forEach(fault -> lines.add(fault.asString()));
            if (problem.path("faults").isEmpty() && problem.has("remedy") && !isGeneric) {
                lines.add(problem.path("remedy").asString());
            }
        } catch (JacksonException e) {
            lines.add("The " + called.name() + " answered " + status + ": " + body);
        }
        return new Failure(exit(status, code), String.join("\n", lines), code);
    }

    /// At a gateway "no" would read as an answer, "there is no such row": what it does not know is another
    /// thing.
    private Exit exit(int status, String code) {
        boolean isUnknown = called.equals(Called.GATEWAY) && (status == NOT_FOUND || code.equals("not-known"));
        return status >= 500 || isUnknown ? Exit.UNAVAILABLE : code.equals("question-invalid") ? Exit.USAGE : Exit.NO;
    }

    @Override
    public void close() {
        http.close();
    }
}
