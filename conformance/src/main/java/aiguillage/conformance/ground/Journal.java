package aiguillage.conformance.ground;

import aiguillage.protocol.proof.LedgerKey;
import aiguillage.protocol.proof.Receipt;
import aiguillage.protocol.proof.Statement;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/// A hub's journal as its operator sees it: what each entry says, each proven under the ledger's head. Safe
/// from any thread.
public final class Journal implements AutoCloseable {

    private static final Duration ANSWER_MAX = Duration.ofSeconds(30);

    private static final int ANSWER_BYTES_MAX = 32 << 20;

    /// More than any situation makes, with somebody else's beside them.
    private static final int BEHIND_MAX = 20_000;

    private final URI operations;
    private final String token;
    private final LedgerKey.Public key;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(ANSWER_MAX)
            .build();

    /// @param operations the operations listener
    /// @param token the operator's
    public Journal(URI operations, String token, LedgerKey.Public key) {
        this.operations = operations;
        this.token = token;
        this.key = key;
    }

    /// With which receipts are checked.
    public LedgerKey.Public key() {
        return key;
    }

    /// How many entries there are.
    public long size() throws IOException {
        return JsonMapper.shared()
                .readTree(call("/operator/status", null))
                .path("entries")
                .asLong();
    }

    /// What the entries behind a position say, in order.
    ///
    /// @throws IllegalArgumentException when one is not proven
    public List<Statement> behind(long position) throws IOException {
        List<Statement> statements = new ArrayList<>();
        long size = size();
        if (size - position > BEHIND_MAX) {
            throw new IOException("the journal has got more than " + BEHIND_MAX + " entries meanwhile");
        }
        for (long at = position + 1; at <= size; at++) {
            statements.add(Receipt.verify(call("/operator/receipts/" + at, null), key));
        }
        return statements;
    }

    /// A call of the operator's.
    ///
    /// @param body of a POST; null: GET
    /// @throws IOException when it is refused; the message says why
    public byte[] call(String path, @Nullable String body) throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(operations.resolve(path))
                .timeout(ANSWER_MAX)
                .header("Authorization", "Bearer " + token);
        if (body != null) {
            request.POST(HttpRequest.BodyPublishers.ofString(body));
        }
        try {
            HttpResponse<byte[]> answer = whole(request.build());
            if (answer.statusCode() / 100 != 2) {
                throw new IOException("the hub's operator was answered " + answer.statusCode() + " at " + path + ": "
                        + new String(answer.body(), StandardCharsets.UTF_8));
            }
            return answer.body();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while waiting for " + path);
        }
    }

    /// The answer with all of its body, which has a bound in bytes and in time.
    private HttpResponse<byte[]> whole(HttpRequest request) throws IOException, InterruptedException {
        var answer = http.sendAsync(
                request, HttpResponse.BodyHandlers.limiting(HttpResponse.BodyHandlers.ofByteArray(), ANSWER_BYTES_MAX));
        try {
            return answer.get(ANSWER_MAX.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new HttpTimeoutException(
                    "no whole answer within " + ANSWER_MAX.toSeconds() + " s at " + request.uri());
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException broken
                    ? broken
                    : new IOException("the hub's operator was not answered", e.getCause());
        } finally {
            answer.cancel(true);
        }
    }

    @Override
    public void close() {
        http.shutdownNow();
        http.close();
    }
}
