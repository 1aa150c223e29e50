package aiguillage.gateway.link;

import aiguillage.pki.tls.MutualTls;
import java.net.Authenticator;
import java.net.InetSocketAddress;
import java.net.PasswordAuthentication;
import java.net.ProxySelector;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/// The HTTP client in use. Another one takes its place when the certificate is renewed: requests under way end on
/// the old one.
public final class HttpClients implements Supplier<HttpClient>, AutoCloseable {

    private static final Duration CONNECT_WAIT = Duration.ofSeconds(10);

    /// Read once by the JDK's client: empty lets a proxy ask for a password (Basic) before a tunnel.
    private static final String TUNNEL_SCHEMES = "jdk.http.auth.tunneling.disabledSchemes";

    private final Supplier<SSLContext> tls;
    private final @Nullable Proxy proxy;
    private final AtomicReference<HttpClient> current;

    /// Makes the first client.
    ///
    /// @param tls asked for a context each time a client is made
    public HttpClients(Supplier<SSLContext> tls, @Nullable Proxy proxy) {
        this.tls = tls;
        this.proxy = proxy;
        if (proxy != null && proxy.user() != null && System.getProperty(TUNNEL_SCHEMES) == null) {
            System.setProperty(TUNNEL_SCHEMES, "");
        }
        this.current = new AtomicReference<>(client());
    }

    @Override
    public HttpClient get() {
        return current.get();
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
        if (proxy != null) {
            builder.proxy(ProxySelector.of(proxy.address()));
            if (proxy.user() != null && proxy.password() != null) {
                builder.authenticator(new ForProxy(proxy.user(), proxy.password()));
            }
        }
        return builder.build();
    }

    /// An HTTP proxy that is asked to CONNECT.
    public record Proxy(
            InetSocketAddress address,
            @Nullable String user,
            @Nullable String password) {

        /// Never the password.
        @Override
        public String toString() {
            return "proxy " + address;
        }
    }

    private static final class ForProxy extends Authenticator {

        private final String user;
        private final String password;

        ForProxy(String user, String password) {
            this.user = user;
            this.password = password;
        }

        @Override
        protected @Nullable PasswordAuthentication getPasswordAuthentication() {
            return getRequestorType() == RequestorType.PROXY
                    ? new PasswordAuthentication(user, password.toCharArray())
                    : null;
        }
    }
}
