package aiguillage.gateway.link;

import aiguillage.pki.tls.HttpProxy;
import aiguillage.pki.tls.MutualTls;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/// The HTTP client in use. Another one takes its place when the certificate is renewed: requests under way end on
/// the old one.
public final class HttpClients implements AutoCloseable {

    private static final Duration CONNECT_WAIT = Duration.ofSeconds(10);

    private final Supplier<SSLContext> tls;
    private final @Nullable HttpProxy proxy;
    private final AtomicReference<HttpClient> current;

    /// Makes the first client.
    ///
    /// @param tls asked for a context each time a client is made
    public HttpClients(Supplier<SSLContext> tls, @Nullable HttpProxy proxy) {
        this.tls = tls;
        this.proxy = proxy;
        this.current = new AtomicReference<>(client());
    }

    /// Sends a request with the client in use.
    ///
    /// @throws HttpProxy.Failed when the proxy on the way is to blame
    <T> HttpResponse<T> send(HttpRequest request, BodyHandler<T> body) throws IOException, InterruptedException {
        return HttpProxy.send(proxy, current.get(), request, body);
    }

    /// The proxy on the way, or null.
    @Nullable
    HttpProxy proxy() {
        return proxy;
    }

    /// Makes a new client; the old one ends with its last request.
    public void renew() {
        current.getAndSet(client()).shutdown();
    }

    @Override
    public void close() {
        current.get().shutdownNow();
    }

    private HttpClient client() {
        var builder = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(CONNECT_WAIT)
                .sslContext(tls.get())
                .sslParameters(MutualTls.parameters(true));
        HttpProxy.use(proxy, builder);
        return builder.build();
    }
}
