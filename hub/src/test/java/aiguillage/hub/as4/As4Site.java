package aiguillage.hub.as4;

import static org.assertj.core.api.Assertions.assertThat;

import aiguillage.hub.testing.RunningHub;
import aiguillage.pki.CertificateAuthority;
import aiguillage.pki.CertificatePem;
import aiguillage.pki.CertificateUse;
import aiguillage.pki.Credential;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/// A hub with its AS4 door open, and parties whose gateways are phase4, each in a process of its own.
final class As4Site implements AutoCloseable {

    static final String FLOWS = """
            brands:
              opel: { text: Opel }
            parties:
              dealer-7: { roles: [dealer], brands: [opel], country: fr, region: eu, as4: { signing: [%s, %s, %s], encryption: %s } }
              dealer-8: { roles: [dealer], brands: [opel], country: de, region: eu }
              dealer-9: { roles: [agent], brands: [opel], region: eu, as4: { signing: %s, encryption: %s%s } }
              dealer-10: { roles: [agent], brands: [opel], region: eu, as4: { encryption: %s } }
              opel-centre: { roles: [centre], brands: [opel], region: eu, as4: { signing: %s, encryption: %s } }
            flows:
              opel/warranty-claim: { from: dealer, to: opel-centre, payload-max: 3MB }
              opel/warranty-decision: { from: centre, to: { recipient: dealer } }
              opel/bulletin: { from: centre, to: dealer-9 }
              opel/letter: { from: centre, to: dealer-10 }
              opel/checked: { from: dealer, to: opel-centre, schema: checked.json }
              opel/film: { from: dealer, to: opel-centre, payload-max: 2GB }
              opel/other: { from: dealer, to: opel-centre }
              opel/told: { from: dealer, to: opel-centre }
              opel/signed: { from: dealer, to: opel-centre, signed: required }
            """;

    private final Path folder;
    private final RunningHub hub;
    private final AtomicReference<Duration> ahead = new AtomicReference<>(Duration.ZERO);
    private final InstantSource clock = () -> Instant.now().plus(ahead.get());
    private final Map<String, Credential> credentials = new TreeMap<>();
    private final Map<String, KeyPair> keys = new TreeMap<>();
    private final Map<String, X509Certificate> certificates = new TreeMap<>();
    private final List<Peer> peers = new ArrayList<>();

    As4Site(Path folder) throws Exception {
        this.folder = folder;
        Instant now = Instant.now();
        make("ed25519", "Ed25519", "ed25519", now.plus(Duration.ofDays(1)));
        make("x25519", "X25519", "ed25519", now.plus(Duration.ofDays(1)));
        make("p256", "EC", "ed25519", now.plus(Duration.ofDays(1)));
        make("rsa", "RSA", "rsa", now.plus(Duration.ofDays(1)));
        make("old", "RSA", "old", now.minus(Duration.ofHours(1)));
        Path schemas = Files.createDirectories(folder.resolve("schemas"));
        Files.writeString(schemas.resolve("checked.json"), "{ \"type\": \"object\", \"required\": [\"number\"] }");
        hub = new RunningHub(
                RunningHub.speakingAs4(RunningHub.config(folder, flows(""), InstantSource.system())), clock);
        for (String party : List.of("dealer-7", "dealer-8", "dealer-10", "opel-centre")) {
            credentials.put(party, hub.credential(party));
        }
        credentials.put(
                "dealer-9",
                hub.parties()
                        .credential(
                                "dealer-9",
                                new CertificateUse.Server(List.of("localhost"), List.of()),
                                now,
                                Duration.ofDays(1)));
    }

    private String flows(String url) throws Exception {
        return FLOWS.formatted(
                text("ed25519"),
                text("rsa"),
                text("old"),
                text("x25519"),
                text("ed25519"),
                text("x25519"),
                url,
                text("p256"),
                text("rsa"),
                text("rsa"));
    }

    /// Puts a table into force in which `dealer-9` has an address to push to.
    void pushesTo(String url) throws Exception {
        var applied = hub.operator("/operator/flows", flows(", url: \"" + url + "\""));
        assertThat(applied.statusCode()).as(applied.body()).isEqualTo(200);
    }

    private void make(String name, String algorithm, String issuer, Instant end) throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
        if (algorithm.equals("RSA")) {
            generator.initialize(2_048);
        } else if (algorithm.equals("EC")) {
            generator.initialize(256);
        }
        KeyPair pair = generator.generateKeyPair();
        keys.put(name, pair);
        certificates.put(
                name, certificate(name, pair.getPublic(), known(keys, issuer).getPrivate(), end));
    }

    static X509Certificate certificate(String name, PublicKey key, PrivateKey issuer, Instant end) throws Exception {
        var principal = new X500Principal("CN=" + name);
        String algorithm = issuer.getAlgorithm().equals("RSA") ? "SHA256withRSA" : "Ed25519";
        return new JcaX509CertificateConverter()
                .getCertificate(new JcaX509v3CertificateBuilder(
                                principal,
                                BigInteger.valueOf(name.hashCode() & 0x7fffffffL),
                                Date.from(end.minus(Duration.ofDays(2))),
                                Date.from(end),
                                principal,
                                key)
                        .build(new JcaContentSignerBuilder(algorithm).build(issuer)));
    }

    private static <T> T known(Map<String, T> all, String name) {
        return Objects.requireNonNull(all.get(name), name);
    }

    private String text(String name) throws Exception {
        return "\""
                + Base64.getEncoder().encodeToString(known(certificates, name).getEncoded()) + "\"";
    }

    /// Lets time pass at the hub: what was given out is given again.
    void later() {
        ahead.updateAndGet(before -> before.plus(Duration.ofMinutes(2)));
    }

    RunningHub hub() {
        return hub;
    }

    Path folder() {
        return folder;
    }

    HttpClient client(String party) {
        return hub.client(known(credentials, party));
    }

    HttpResponse<String> post(String party, String contentType, byte[] body) throws Exception {
        try (HttpClient client = client(party)) {
            return client.send(
                    HttpRequest.newBuilder(hub.uri("/as4"))
                            .header("Content-Type", contentType)
                            .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
        }
    }

    /// The hub's certificates, as it gives them out: Ed25519, X25519, RSA, P-256 to sign, P-256 for ECDH, the
    /// authority.
    List<X509Certificate> hubCertificates() throws Exception {
        try (HttpClient client = client("dealer-7")) {
            return CertificatePem.parse(
                    hub.get(client, "/as4/certificates").body().getBytes(StandardCharsets.US_ASCII));
        }
    }

    /// Starts the gateway of these parties; it is ready when it has answered.
    Peer peer(String... parties) throws Exception {
        Path homes = folder.resolve("peer");
        List<X509Certificate> hubs = hubCertificates();
        for (String party : parties) {
            fill(Files.createDirectories(homes.resolve(party)), party, hubs);
        }
        var peer = new Peer(homes, List.of(parties), hub.uri("/as4").toString());
        peers.add(peer);
        return peer;
    }

    private void fill(Path home, String party, List<X509Certificate> hubs) throws Exception {
        Credential tls = known(credentials, party);
        Certificate[] chain = tls.chain().certificates().toArray(new Certificate[0]);
        store(home.resolve("tls.p12"), Map.of("key", new Key(tls.key(), chain)), Map.of());
        X509Certificate root = CertificateAuthority.openIssuing(folder.resolve("ca"))
                .chain()
                .certificates()
                .getLast();
        store(home.resolve("tls-trust.p12"), Map.of(), Map.of("root", root));
        store(home.resolve("ed25519.p12"), Map.of("sign", key("ed25519"), "open", key("x25519")), Map.of());
        store(home.resolve("rsa.p12"), Map.of("sign", key("rsa")), Map.of());
        store(home.resolve("old.p12"), Map.of("sign", key("old")), Map.of());
        store(home.resolve("ec.p12"), Map.of("sign", new Key(tls.key(), chain), "open", key("p256")), Map.of());
        store(home.resolve("judge.p12"), Map.of("sign", key("rsa")), Map.of());
        store(home.resolve("judge-hub.p12"), Map.of(), senders());
        store(home.resolve("ed25519-hub.p12"), Map.of(), Map.of("signer", hubs.get(0), "hub", hubs.get(1)));
        store(home.resolve("rsa-hub.p12"), Map.of(), Map.of("signer", hubs.get(2), "hub", hubs.get(2)));
        store(home.resolve("old-hub.p12"), Map.of(), Map.of("signer", hubs.get(2), "hub", hubs.get(2)));
        store(home.resolve("ec-hub.p12"), Map.of(), Map.of("signer", hubs.get(3), "hub", hubs.get(4), "root", root));
    }

    /// Whom somebody believes who knows nothing of the hub.
    private Map<String, X509Certificate> senders() {
        return Map.of("ed25519", known(certificates, "ed25519"), "rsa", known(certificates, "rsa"));
    }

    private record Key(PrivateKey key, Certificate[] chain) {}

    private Key key(String name) {
        return new Key(known(keys, name).getPrivate(), new Certificate[] {known(certificates, name)});
    }

    private static void store(Path file, Map<String, Key> keys, Map<String, X509Certificate> trusted) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        for (Map.Entry<String, Key> one : keys.entrySet()) {
            store.setKeyEntry(
                    one.getKey(),
                    one.getValue().key(),
                    Phase4Peer.PASSWORD.toCharArray(),
                    one.getValue().chain());
        }
        for (Map.Entry<String, X509Certificate> one : trusted.entrySet()) {
            store.setCertificateEntry(one.getKey(), one.getValue());
        }
        try (OutputStream out = Files.newOutputStream(file)) {
            store.store(out, Phase4Peer.PASSWORD.toCharArray());
        }
    }

    /// A gateway that is not ours.
    static final class Peer implements AutoCloseable {

        private final Process process;
        private final BufferedReader said;
        private final StringBuilder log = new StringBuilder();

        private Peer(Path homes, List<String> parties, String url) throws IOException {
            List<String> command = new ArrayList<>(List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-XX:TieredStopAtLevel=1",
                    "-XX:+UseSerialGC",
                    "-Xmx384m",
                    "-cp",
                    System.getProperty("java.class.path"),
                    Phase4Peer.class.getName(),
                    homes.toString(),
                    url));
            command.addAll(parties);
            process = new ProcessBuilder(command)
                    .directory(homes.toFile())
                    .redirectErrorStream(true)
                    .start();
            said = process.inputReader(StandardCharsets.UTF_8);
        }

        /// The answer to an order.
        synchronized String ask(String order) {
            try {
                process.getOutputStream().write((order + "\n").getBytes(StandardCharsets.UTF_8));
                process.getOutputStream().flush();
                return next();
            } catch (IOException e) {
                throw new UncheckedIOException("the peer is gone:\n" + log, e);
            }
        }

        /// Waits until the gateway is ready.
        synchronized Peer ready() {
            try {
                next();
                return this;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private String next() throws IOException {
            for (String line = said.readLine(); line != null; line = said.readLine()) {
                if (line.startsWith("> ")) {
                    return line.substring(2);
                }
                log.append(line).append('\n');
            }
            throw new IOException("the peer has ended:\n" + log);
        }

        /// What it wrote beside its answers.
        String log() {
            return log.toString();
        }

        @Override
        public void close() {
            process.destroy();
            process.onExit().join();
        }
    }

    @Override
    public void close() {
        for (Peer peer : peers) {
            peer.close();
        }
        hub.close();
    }
}
