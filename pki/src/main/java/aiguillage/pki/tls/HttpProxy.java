package aiguillage.pki.tls;

import java.io.IOException;
import java.net.Authenticator;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.PasswordAuthentication;
import java.net.ProxySelector;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// An HTTP proxy that is asked to CONNECT, with user and password (Basic, RFC 7617) where it wants them. Behind it
/// the connection is TLS as without it: the proxy sees the hub's address and no more.
///
/// The JDK's client reads once, when it is first used, whether a proxy may ask for a Basic password before a tunnel;
/// making a proxy with a user allows it unless the operator has set it. So make it before the process's first client.
///
/// @param user sent only when the proxy asks for one
public record HttpProxy(
        InetSocketAddress address,
        @Nullable String user,
        @Nullable String password) {

    private static final String TUNNEL_SCHEMES = "jdk.http.auth.tunneling.disabledSchemes";

    /// The answer of a proxy that wants to know who is asking.
    private static final int AUTHENTICATION_REQUIRED = 407;

    public HttpProxy {
        if ((user == null) != (password == null)) {
            throw new IllegalArgumentException("a proxy has both user and password, or neither");
        }
        if (user != null && System.getProperty(TUNNEL_SCHEMES) == null) {
            System.setProperty(TUNNEL_SCHEMES, "");
        }
    }

    /// Sends a client's connections through this proxy; without one, straight to where they go, whatever the system's
    /// own settings are.
    public static void use(@Nullable HttpProxy proxy, HttpClient.Builder client) {
        if (proxy == null) {
            client.proxy(HttpClient.Builder.NO_PROXY);
            return;
        }
        client.proxy(ProxySelector.of(proxy.address));
        if (proxy.user != null && proxy.password != null) {
            client.authenticator(new ForProxy(proxy.user, proxy.password));
        }
    }

    /// Sends a request, and says of a failure whether the proxy is to blame.
    ///
    /// @throws Failed when the proxy cannot be reached, or does not let the request through
    public static <T> HttpResponse<T> send(
            @Nullable HttpProxy proxy, HttpClient client, HttpRequest request, BodyHandler<T> body)
            throws IOException, InterruptedException {
        return blaming(proxy, () -> client.send(request, body));
    }

    /// As [#send], but waits at most so long for the whole answer; see [WholeAnswer].
    public static <T> HttpResponse<T> sendWhole(
            @Nullable HttpProxy proxy, HttpClient client, HttpRequest request, BodyHandler<T> body, Duration max)
            throws IOException, InterruptedException {
        return blaming(proxy, () -> WholeAnswer.of(client, request, body, max));
    }

    @FunctionalInterface
    private interface Sending<T> {
        HttpResponse<T> send() throws IOException, InterruptedException;
    }

    private static <T> HttpResponse<T> blaming(@Nullable HttpProxy proxy, Sending<T> sending)
            throws IOException, InterruptedException {
        if (proxy == null) {
            return sending.send();
        }
        HttpResponse<T> response;
        try {
            response = sending.send();
        } catch (ConnectException | HttpConnectTimeoutException e) {
            throw new Failed(false, proxy + " cannot be reached: " + e, e);
        } catch (IOException e) {
            String said = Objects.toString(e.getMessage(), "");
            if (said.startsWith("Tunnel failed")) {
                throw new Failed(true, proxy + " does not let the gateway through: " + said, e);
            }
            if (said.startsWith("too many authentication attempts")) {
                throw new Failed(true, proxy + " refuses the user and password it was given (407)", e);
            }
            throw e;
        }
        if (response.statusCode() == AUTHENTICATION_REQUIRED) {
            String wanted = proxy.user == null ? " asks for a user and password (407)" : " refuses the user (407)";
            throw new Failed(true, proxy + wanted, null);
        }
        return response;
    }

    /// The address; never user nor password.
    @Override
    public String toString() {
        return "the proxy " + place();
    }

    /// `host:port`
    public String place() {
        return address.getHostString() + ":" + address.getPort();
    }

    /// The proxy is to blame, not who was called through it.
    public static final class Failed extends IOException {

        private static final long serialVersionUID = 1L;

        private final boolean answered;

        Failed(boolean answered, String message, @Nullable Throwable cause) {
            super(message, cause);
            this.answered = answered;
        }

        /// Whether it is there and said no.
        public boolean answered() {
            return answered;
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
