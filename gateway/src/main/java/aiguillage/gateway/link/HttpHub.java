package aiguillage.gateway.link;

import aiguillage.gateway.inbox.Result.Rejection;
import aiguillage.gateway.outbox.Answer;
import aiguillage.gateway.outbox.Waiting;
import aiguillage.gateway.status.Trouble.Kind;
import aiguillage.gateway.status.Troubles;
import aiguillage.pki.tls.HttpProxy;
import aiguillage.protocol.CloudEvents;
import aiguillage.protocol.Position;
import aiguillage.protocol.Release;
import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.channels.ClosedChannelException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/// A hub over HTTPS, with one identity and one or more addresses.
public final class HttpHub implements Hub {

    static final int ANSWER_BYTES_MAX = 1 << 20;

    private static final Duration ANSWER_WAIT = Duration.ofSeconds(60);

    /// A hub that is there opens the stream at once.
    private static final Duration STREAM_WAIT = Duration.ofSeconds(20);

    /// The slowest upload that is not given up, on top of [#ANSWER_WAIT].
    private static final long UPLOAD_BYTES_PER_SECOND_MIN = 16 * 1024;

    /// Answers of an address that is going away or whose hub behind it is.
    private static final Set<Integer> TRY_ANOTHER_ADDRESS = Set.of(502, 503, 504);

    private final String name;
    private final Addresses addresses;
    private final HttpClients clients;
    private final RequestSigner signer;
    private final Answers answers;
    private final Troubles troubles;
    private final JsonMapper json = JsonMapper.shared();
    private final Set<WatchedBody> bodies = ConcurrentHashMap.newKeySet();

    /// Connects to nothing yet.
    ///
    /// @param clients each request takes the client of the moment, so a renewed certificate is used from
    ///     then on
    public HttpHub(
            String name,
            List<URI> addresses,
            HttpClients clients,
            RequestSigner signer,
            InstantSource clock,
            Troubles troubles) {
        this.name = name;
        this.addresses = new Addresses(addresses);
        this.clients = clients;
        this.signer = signer;
        this.answers = new Answers(clock);
        this.troubles = troubles;
    }

    /// `POST /v1/documents`: once, at the current address.
    @Override
    public Answer submit(Waiting document, Path payload) throws InterruptedException {
        URI address = addresses.current();
        try {
            URI target = address.resolve("/v1/documents");
            Map<String, String> headers = new LinkedHashMap<>(CloudEvents.headers(document.envelope()));
            headers.put("content-digest", document.digest().toString());
            headers.putAll(signer.sign(document, target, headers));
            var request = request(target)
                    .timeout(ANSWER_WAIT.plusSeconds(document.bytes() / UPLOAD_BYTES_PER_SECOND_MIN))
                    .POST(BodyPublishers.ofFile(payload));
            headers.forEach(request::setHeader);
            HttpResponse<InputStream> response = clients.send(request.build(), BodyHandlers.ofInputStream());
            int status = response.statusCode();
            byte[] body = body(response);
            Answer answer = answers.submission(status, response.headers(), body);
            answered(address, status, answer, body);
            return answer;
        } catch (FileNotFoundException e) {
            throw new IllegalStateException(
                    "The outbox has lost the file of " + document
                            + ". Somebody or something removed it from the data folder; put it back from a backup.",
                    e);
        } catch (IOException e) {
            unreachable(address, e);
            return new Answer.Later("the hub cannot be reached: " + e, null, false);
        }
    }

    /// `GET /v1/inbox/stream`
    @Override
    public Stream open() throws IOException, InterruptedException {
        URI address = addresses.current();
        var request = request(address.resolve("/v1/inbox/stream"))
                .timeout(STREAM_WAIT)
                .header("accept", "text/event-stream")
                .build();
        return new HttpStream(opened(address, request, 200));
    }

    /// `GET /v1/inbox/<position>/payload`
    @Override
    public InputStream payload(String dataRef, long from) throws IOException, InterruptedException {
        URI address = addresses.current();
        URI target = target(address, dataRef);
        if (!address.getAuthority().equals(target.getAuthority())
                || !address.getScheme().equals(target.getScheme())) {
            throw new IOException("the hub refers to a payload that is not its own: " + target);
        }
        return rest(address, target, from);
    }

    /// The answer at a path of this hub, from this byte on.
    InputStream get(String path, long from) throws IOException, InterruptedException {
        URI address = addresses.current();
        return rest(address, address.resolve(path), from);
    }

    /// The answer to a question that somebody asks beside the work: whether it comes says nothing of the line,
    /// and changes nothing of how the hub is reached.
    InputStream ask(String path) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(addresses.current().resolve(path)).timeout(ANSWER_WAIT);
        HttpResponse<InputStream> response = clients.send(request.build(), BodyHandlers.ofInputStream());
        if (response.statusCode() != 200) {
            throw answers.no(response.statusCode(), response.headers(), body(response));
        }
        return new WatchedBody(response.body(), bodies);
    }

    private InputStream rest(URI address, URI target, long from) throws IOException, InterruptedException {
        var request = request(target).timeout(ANSWER_WAIT);
        if (from > 0) {
            request.header("range", "bytes=" + from + "-");
        }
        return new WatchedBody(opened(address, request.build(), from > 0 ? 206 : 200), bodies);
    }

    private static URI target(URI address, String dataRef) throws IOException {
        try {
            return address.resolve(dataRef);
        } catch (IllegalArgumentException e) {
            throw new IOException("the hub refers to a payload by something that is no address", e);
        }
    }

    /// `POST /v1/inbox/acknowledgements`
    @Override
    public void acknowledge(List<Position> handedOver, List<Rejection> rejected)
            throws IOException, InterruptedException {
        Map<String, Object> content = new LinkedHashMap<>();
        content.put("acknowledge", handedOver.stream().map(Position::value).toList());
        content.put(
                "reject",
                rejected.stream()
                        .map(r -> Map.of("position", r.position().value(), "reason", r.reason()))
                        .toList());
        URI address = addresses.current();
        var request = request(address.resolve("/v1/inbox/acknowledgements"))
                .timeout(ANSWER_WAIT)
                .header("content-type", "application/json")
                .POST(BodyPublishers.ofByteArray(json.writeValueAsBytes(content)))
                .build();
        try (InputStream answer = new WatchedBody(opened(address, request, 200), bodies)) {
            answer.readNBytes(ANSWER_BYTES_MAX);
        }
    }

    @Override
    public void cutSilent(Duration silence) {
        for (WatchedBody body : bodies) {
            try {
                body.cutIfSilentFor(silence);
            } catch (IOException e) {
                throw new UncheckedIOException("closing a line that only reads cannot fail", e);
            }
        }
    }

    @Override
    public String address() {
        return addresses.current().toString();
    }

    private static HttpRequest.Builder request(URI target) {
        return HttpRequest.newBuilder(target).header("user-agent", Release.GATEWAY);
    }

    private InputStream opened(URI address, HttpRequest request, int expected)
            throws IOException, InterruptedException {
        HttpResponse<InputStream> response;
        try {
            response = clients.send(request, BodyHandlers.ofInputStream());
        } catch (IOException e) {
            unreachable(address, e);
            throw e;
        }
        if (response.statusCode() != expected) {
            if (TRY_ANOTHER_ADDRESS.contains(response.statusCode())) {
                addresses.failed(address);
            }
            throw answers.no(response.statusCode(), response.headers(), body(response));
        }
        reached();
        return response.body();
    }

    private void answered(URI address, int status, Answer answer, byte[] body) {
        reached();
        if (answer instanceof Answer.Later(var reason, var _, var _)) {
            troubles.reportInstead(Answers.TROUBLES, answers.trouble(status, body), name, reason);
            if (TRY_ANOTHER_ADDRESS.contains(status)) {
                addresses.failed(address);
            }
        } else {
            Answers.TROUBLES.forEach(kind -> troubles.ended(kind, name));
        }
    }

    /// The hub answered, at one of its addresses: nothing stands in the way any more.
    private void reached() {
        for (URI address : addresses.all()) {
            troubles.ended(Kind.HUB_UNREACHABLE, address.toString());
            troubles.ended(Kind.HUB_NOT_SECURE, address.toString());
        }
        HttpProxy proxy = clients.proxy();
        if (proxy != null) {
            troubles.ended(Kind.PROXY_UNREACHABLE, proxy.place());
            troubles.ended(Kind.PROXY_REFUSES, proxy.place());
        }
    }

    private void unreachable(URI address, IOException e) {
        addresses.failed(address);
        HttpProxy proxy = clients.proxy();
        if (proxy != null && e instanceof HttpProxy.Failed failed) {
            troubles.ended(Kind.HUB_UNREACHABLE, address.toString()); // nobody knows, before the proxy lets through
            troubles.ended(Kind.HUB_NOT_SECURE, address.toString());
            troubles.report(failed.answered() ? Kind.PROXY_REFUSES : Kind.PROXY_UNREACHABLE, proxy.place(), e);
            troubles.ended(failed.answered() ? Kind.PROXY_UNREACHABLE : Kind.PROXY_REFUSES, proxy.place());
        } else {
            boolean notSecure = isNotSecure(e);
            troubles.report(notSecure ? Kind.HUB_NOT_SECURE : Kind.HUB_UNREACHABLE, address.toString(), e);
            troubles.ended(notSecure ? Kind.HUB_UNREACHABLE : Kind.HUB_NOT_SECURE, address.toString());
        }
    }

    /// Somebody answered, but TLS did not come about: another authority, another name, a certificate that has
    /// ended. A line that broke meanwhile is something else.
    private static boolean isNotSecure(IOException e) {
        boolean tls = false;
        for (@Nullable Throwable cause = e; cause != null; cause = cause.getCause()) {
            tls |= cause instanceof SSLException;
            if (cause instanceof EOFException
                    || cause instanceof SocketException
                    || cause instanceof ClosedChannelException) {
                return false;
            }
        }
        return tls;
    }

    private byte[] body(HttpResponse<InputStream> response) throws IOException {
        try (InputStream in = new WatchedBody(response.body(), bodies)) {
            return in.readNBytes(ANSWER_BYTES_MAX);
        }
    }
}
