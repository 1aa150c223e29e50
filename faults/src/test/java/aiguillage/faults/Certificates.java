package aiguillage.faults;

import aiguillage.pki.CertificateUse;
import aiguillage.pki.Credential;
import aiguillage.pki.tls.MutualTls;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Certificates that are revoked, or expire, while their stream is open. What waits goes on waiting, and reaches the
/// next certificate of the same party.
final class Certificates implements Fault {

    private static final Pattern ID = Pattern.compile("\"id\":\"([^\"]+)\"");
    private static final Duration LIFE_MIN = Duration.ofMinutes(1);
    private static final Duration SHORT_LIFE = Duration.ofSeconds(4);
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @Override
    public String name() {
        return "certificates";
    }

    @Override
    public String promised() {
        return "an open stream ends with its certificate; what waits stays for the next one";
    }

    /// Closed at once, whatever its stream still waits for.
    private record Client(HttpClient http) implements AutoCloseable {

        @Override
        public void close() {
            http.shutdownNow();
        }
    }

    /// A stream of deliveries that is read until it ends.
    private static final class Reading {

        private final Set<String> ids = java.util.concurrent.ConcurrentHashMap.newKeySet();
        private final CompletableFuture<Instant> ended = new CompletableFuture<>();

        Reading(Site site, HttpClient client) throws Exception {
            HttpResponse<java.io.InputStream> answer = client.send(
                    HttpRequest.newBuilder(site.uri("/v1/inbox/stream")).build(),
                    HttpResponse.BodyHandlers.ofInputStream());
            if (answer.statusCode() != 200) {
                throw new AssertionError("no stream: " + answer.statusCode());
            }
            Thread.ofVirtual().start(() -> read(answer));
        }

        private void read(HttpResponse<java.io.InputStream> answer) {
            try (var lines = new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8))) {
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    Matcher id = ID.matcher(line);
                    if (id.find()) {
                        ids.add(id.group(1));
                    }
                }
            } catch (IOException cut) {
                // that is what is waited for
            }
            ended.complete(Instant.now());
        }
    }

    @Override
    public void run(Site site, Scale scale, Row row) throws Exception {
        site.startAll();
        try (var probe = new Probe(site, name());
                HttpClient plain = HttpClient.newHttpClient()) {
            probe.during(Duration.ofMillis(300));
            Credential revoked = site.parties.credential("opel-centre");
            Duration afterRevocation = revoked(site, plain, revoked, probe);
            Duration afterExpiry = expired(site, probe);
            var all = new HashSet<String>();
            try (var renewed = new Client(site.client("opel-centre"))) {
                var reading = new Reading(site, renewed.http);
                Site.until("the next certificate gets all", () -> reading.ids.containsAll(probe.receipted()));
                all.addAll(reading.ids);
            }
            row.probed.addAll(probe.receipted());
            row.delivered += probe.receipted().stream().filter(all::contains).count();
            row.injected = "1 certificate revoked, 1 expired, each while its stream was open";
            row.seen = String.format(
                    Locale.ROOT,
                    "the streams ended %d ms after the revocation and %d ms after the expiry; neither certificate was"
                            + " let in again",
                    afterRevocation.toMillis(),
                    afterExpiry.toMillis());
            row.recovered(Duration.ofMillis(afterRevocation.toMillis()));
        }
        site.awaitRecovery(name());
    }

    private Duration revoked(Site site, HttpClient plain, Credential credential, Probe probe) throws Exception {
        try (var client = new Client(site.parties.client(credential))) {
            HttpClient centre = client.http;
            var reading = new Reading(site, centre);
            Site.until("the stream delivers", () -> reading.ids.containsAll(probe.receipted()));
            Instant from = Instant.now();
            String serial = credential.party().serial().toString(16);
            site.operator(plain, "/operator/revocations", "{\"serial\":\"" + serial + "\",\"reason\":\"stolen\"}");
            Duration took = Duration.between(from, reading.ended.get(PATIENCE.toSeconds(), TimeUnit.SECONDS));
            probe.during(Duration.ofMillis(200));
            requireNotLetIn(site, credential);
            return took;
        }
    }

    private static Duration expired(Site site, Probe probe) throws Exception {
        Instant from = Instant.now().minus(LIFE_MIN).plus(SHORT_LIFE);
        Credential credential = site.parties.credential("opel-centre", new CertificateUse.Client(), from, LIFE_MIN);
        try (var client = new Client(site.parties.client(credential))) {
            HttpClient centre = client.http;
            var reading = new Reading(site, centre);
            Instant ended = reading.ended.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            probe.during(Duration.ofMillis(200));
            requireNotLetIn(site, credential);
            return Duration.between(credential.party().notAfter(), ended);
        }
    }

    private static void requireNotLetIn(Site site, Credential credential) throws InterruptedException {
        try (HttpClient again = HttpClient.newBuilder()
                .connectTimeout(PATIENCE)
                .sslContext(site.parties.context(credential))
                .sslParameters(MutualTls.parameters(true))
                .build()) {
            HttpResponse<String> answer = again.send(
                    HttpRequest.newBuilder(site.uri("/v1/inbox")).build(), HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() < 400) {
                throw new AssertionError("a certificate that is over was let in: " + answer.body());
            }
        } catch (IOException refused) {
            // the handshake, or the connection
        }
    }
}
