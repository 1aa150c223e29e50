package aiguillage.pki.tls;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Waits for an answer with its body, and not for ever: the timeout of the JDK's client ends when the headers have
/// come, so that a line which dies behind them would hold its caller until the process ends.
public final class WholeAnswer {

    private WholeAnswer() {}

    /// Sends a request and reads the answer into memory.
    ///
    /// @param client of this call alone: it is shut down when the time is over
    /// @param max from now to the last byte
    /// @throws HttpTimeoutException when the answer has not come whole by then
    public static <T> HttpResponse<T> of(HttpClient client, HttpRequest request, BodyHandler<T> body, Duration max)
            throws IOException, InterruptedException {
        CompletableFuture<HttpResponse<T>> answer = client.sendAsync(request, body);
        try {
            return answer.get(max.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            client.shutdownNow();
            var over = new HttpTimeoutException(
                    request.uri() + " did not send its whole answer within " + max.toMillis() + " ms");
            over.initCause(e);
            throw over;
        } catch (InterruptedException e) {
            client.shutdownNow();
            throw e;
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case IOException failed -> throw failed;
                case RuntimeException failed -> throw failed;
                case null, default -> throw new IOException(request.uri() + " cannot be asked: " + e.getCause(), e);
            }
        }
    }
}
