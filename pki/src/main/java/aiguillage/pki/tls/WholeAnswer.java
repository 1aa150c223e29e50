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

/// A request whose answer, body and all, comes within a time. The JDK's own limit (`HttpRequest.timeout`) ends
/// with the answer's headers: a line that dies behind them would be waited for without end.
public final class WholeAnswer {

    private WholeAnswer() {}

    /// Sends a request and waits for all of its answer.
    ///
    /// @param client of this request alone: it is shut down when the time is over
    /// @throws HttpTimeoutException when it is not all there in time
    public static <T> HttpResponse<T> of(HttpClient client, HttpRequest request, BodyHandler<T> body, Duration longest)
            throws IOException, InterruptedException {
        CompletableFuture<HttpResponse<T>> answer = client.sendAsync(request, body);
        try {
            return answer.get(longest.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            var late = new HttpTimeoutException(
                    request.uri() + " did not give its whole answer within " + longest.toSeconds() + " s");
            late.initCause(e);
            client.shutdownNow();
            throw late;
        } catch (InterruptedException e) {
            client.shutdownNow();
            throw e;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException failed) {
                throw failed;
            }
            throw new IOException(request.uri() + " was not asked: " + e.getCause(), e);
        }
    }
}
