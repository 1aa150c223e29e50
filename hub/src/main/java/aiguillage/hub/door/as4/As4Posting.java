package aiguillage.hub.door.as4;

import aiguillage.hub.as4.As4Writer;
import aiguillage.hub.as4.Mime;
import aiguillage.pki.tls.MutualTls;
import java.io.IOException;
import java.io.Serial;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.jspecify.annotations.Nullable;

/// Posts messages to the gateways of others. Whatever they do, it ends in time and in little memory. Safe from
/// any thread.
final class As4Posting implements AutoCloseable {

    private static final Duration CONNECT_MAX = Duration.ofSeconds(10);
    private static final Duration LOOKED_EVERY = Duration.ofMillis(500);
    private static final int ANSWER_BYTES_MAX = Mime.ROOT_BYTES_MAX;
    private static final int REDIRECTION = 300;

    private final HttpClient http;

    /// @param waiting runs what may wait
    As4Posting(SSLContext tls, Executor waiting) {
        this.http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(CONNECT_MAX)
                .followRedirects(HttpClient.Redirect.NEVER)
                .sslContext(tls)
                .sslParameters(MutualTls.parameters(true))
                .executor(waiting)
                .build();
    }

    /// @param body at most 256 kB
    /// @param gateway what proved the other end to be the address's; null without TLS
    record Answer(byte[] body, @Nullable X509Certificate gateway) {}

    /// There is no connection, so none for any other message either.
    static final class Unreachable extends IOException {

        @Serial
        private static final long serialVersionUID = 1;

        private Unreachable(IOException cause) {
            super("its gateway cannot be reached: " + cause.getMessage(), cause);
        }
    }

    /// Whoever is shut out is not sent the rest.
    static final class ShutOut extends IOException {

        @Serial
        private static final long serialVersionUID = 1;

        ShutOut() {
            super("it was suspended, or its gateway's certificate revoked, meanwhile");
        }
    }

    /// Asked every [#LOOKED_EVERY] whether a party may still be posted to; throws when it may not.
    @FunctionalInterface
    interface Admitted {
        void require() throws ShutOut;
    }

    /// Told that an answer takes its time; throws when that is too long.
    @FunctionalInterface
    interface Slow {
        void say() throws IOException;
    }

    /// @param message closed in any case
    /// @param soon when there is no whole answer by then, `slow` is told
    /// @param most from the first byte to the last of the answer
    /// @param admitted asked until there is a whole answer
    /// @throws Unreachable when nothing was sent
    /// @throws ShutOut when `admitted` threw it; what was not sent by then is not sent
    /// @throws IOException when there is no whole answer, or none with a status below 300
    Answer post(URI url, As4Writer.Parcel message, Duration soon, Slow slow, Duration most, Admitted admitted)
            throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(url)
                .header("Content-Type", message.contentType())
                .POST(HttpRequest.BodyPublishers.fromPublisher(
                        HttpRequest.BodyPublishers.ofInputStream(message::body), message.bytes()))
                .build();
        CompletableFuture<HttpResponse<byte[]>> sent = http.sendAsync(
                request, HttpResponse.BodyHandlers.limiting(HttpResponse.BodyHandlers.ofByteArray(), ANSWER_BYTES_MAX));
        try {
            HttpResponse<byte[]> answer = whole(sent, soon, slow, most, admitted);
            if (answer.statusCode() >= REDIRECTION) {
                throw new IOException("its gateway answered with status " + answer.statusCode());
            }
            return new Answer(answer.body(), gateway(answer));
        } catch (TimeoutException e) {
            throw new IOException("its gateway gave no whole answer within " + most, e);
        } catch (ExecutionException e) {
            throw switch (e.getCause()) {
                case ConnectException none -> new Unreachable(none);
                case HttpConnectTimeoutException none -> new Unreachable(none);
                case SSLException none -> new Unreachable(none);
                case null, default -> new IOException("its gateway gave no whole answer: " + e.getMessage(), e);
            };
        } finally {
            sent.cancel(true);
            message.body().close();
        }
    }

    private static HttpResponse<byte[]> whole(
            CompletableFuture<HttpResponse<byte[]>> sent, Duration soon, Slow slow, Duration most, Admitted admitted)
            throws IOException, InterruptedException, ExecutionException, TimeoutException {
        long beganNanos = System.nanoTime();
        boolean isSlow = false;
        while (true) {
            long leftNanos = (isSlow ? most : soon).toNanos() - (System.nanoTime() - beganNanos);
            try {
                return sent.get(Math.clamp(leftNanos, 0, LOOKED_EVERY.toNanos()), TimeUnit.NANOSECONDS);
            } catch (TimeoutException e) {
                admitted.require();
                if (leftNanos > LOOKED_EVERY.toNanos()) {
                    continue;
                }
                if (isSlow) {
                    throw e;
                }
                isSlow = true;
                slow.say();
            }
        }
    }

    private static @Nullable X509Certificate gateway(HttpResponse<?> answer) throws SSLPeerUnverifiedException {
        if (answer.sslSession().isEmpty()) {
            return null;
        }
        Certificate[] chain = answer.sslSession().get().getPeerCertificates();
        return chain.length > 0 && chain[0] instanceof X509Certificate leaf ? leaf : null;
    }

    /// Breaks off what is being sent.
    @Override
    public void close() {
        http.shutdownNow();
    }
}
