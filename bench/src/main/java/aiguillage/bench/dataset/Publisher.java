package aiguillage.bench.dataset;

import aiguillage.bench.server.Site;
import aiguillage.bench.wire.Caller;
import aiguillage.pki.CertificateUse;
import aiguillage.protocol.DatasetName;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.net.ssl.SSLContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The manufacturer, who publishes at the hub. Not for several threads.
final class Publisher {

    private static final int CREATED = 201;
    private static final int BUFFER_BYTES = 64 << 10;

    private final SSLContext tls;
    private final int port;
    private final JsonMapper json = new JsonMapper();

    Publisher(Site site, int port) throws IOException {
        this.tls = site.tls(Site.MANUFACTURER, new CertificateUse.Client());
        this.port = port;
    }

    /// What the hub made of a file.
    ///
    /// @param began when its first byte was sent, over a connection that was there already; see [Reached#now]
    /// @param seconds from then to the answer
    record Made(long version, long began, double seconds) {}

    /// Publishes a file.
    ///
    /// @param query behind the `?`, or empty
    /// @throws IOException when no version came of it
    Made publish(DatasetName dataset, Path csv, String query) throws IOException {
        try (var caller = new Caller(tls, port);
                InputStream file = Files.newInputStream(csv)) {
            byte[] head = ("POST /v1/datasets/" + dataset + "/versions" + (query.isEmpty() ? "" : "?" + query)
                            + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/csv\r\nContent-Length: "
                            + Files.size(csv) + "\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII);
            long began = Reached.now();
            caller.send(head, head.length);
            var buffer = new byte[BUFFER_BYTES];
            for (int count = file.read(buffer); count >= 0; count = file.read(buffer)) {
                caller.send(buffer, count);
            }
            Caller.Head answer = caller.head();
            double seconds = (Reached.now() - began) / 1e9;
            byte[] body = caller.body().readNBytes(Math.toIntExact(Math.max(0, answer.length())));
            if (answer.status() != CREATED) {
                throw new IOException(
                        "no version was made: " + answer.text() + new String(body, StandardCharsets.UTF_8));
            }
            JsonNode made = json.readTree(body);
            return new Made(made.path("version").asLong(), began, seconds);
        }
    }
}
