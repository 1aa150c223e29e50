package aiguillage.pki.revocation;

import aiguillage.pki.tls.WholeAnswer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;

/// Where a list comes from: `file:`, `http:` or `https:`. Plain HTTP is usual and does no harm, since the list
/// is signed.
///
/// @param wholeMax from the question to the list's last byte: a server that stops in the middle must hold neither the
///     hub's start nor the next look
record CrlSource(URI address, Duration wholeMax) {

    /// About 800,000 revoked certificates.
    static final int LIST_BYTES_MAX = 32 * 1024 * 1024;

    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final Duration WHOLE_MAX = Duration.ofSeconds(60);
    private static final Set<String> SCHEMES = Set.of("file", "http", "https");

    CrlSource {
        if (address.getScheme() == null || !SCHEMES.contains(address.getScheme())) {
            throw new IllegalArgumentException(
                    "\"" + address + "\" is no address of a revocation list; write file:///…, http://… or https://…");
        }
    }

    CrlSource(URI address) {
        this(address, WHOLE_MAX);
    }

    byte[] fetched() throws IOException, InterruptedException {
        return address.getScheme().equals("file") ? ofFile(Path.of(address)) : overHttp();
    }

    static byte[] ofFile(Path file) throws IOException {
        try (var in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(LIST_BYTES_MAX + 1);
            if (bytes.length > LIST_BYTES_MAX) {
                throw new IOException(file + " has more than " + LIST_BYTES_MAX + " bytes");
            }
            return bytes;
        }
    }

    private byte[] overHttp() throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newBuilder()
                .connectTimeout(TIMEOUT)
                .followRedirects(HttpClient.Redirect.NORMAL)
                .build()) {
            HttpResponse<byte[]> response = WholeAnswer.of(
                    client,
                    HttpRequest.newBuilder(address).timeout(TIMEOUT).build(),
                    BodyHandlers.limiting(BodyHandlers.ofByteArray(), LIST_BYTES_MAX),
                    wholeMax);
            if (response.statusCode() != 200) {
                throw new IOException(address + " answered " + response.statusCode());
            }
            return response.body();
        }
    }
}
