package aiguillage.bench.server;

import aiguillage.bench.flat.Prices;
import aiguillage.config.Address;
import aiguillage.config.Bytes;
import aiguillage.hub.DataFolder;
import aiguillage.hub.HubConfig;
import aiguillage.hub.directory.Role;
import aiguillage.hub.ftps.PortRange;
import aiguillage.hub.quota.Allowance;
import aiguillage.hub.quota.Multiple;
import aiguillage.pki.CertificateAuthority;
import aiguillage.pki.CertificateRequest;
import aiguillage.pki.CertificateUse;
import aiguillage.pki.Credential;
import aiguillage.pki.EcKeys;
import aiguillage.pki.SshLibrary;
import aiguillage.pki.TrustAnchors;
import aiguillage.pki.tls.MutualTls;
import aiguillage.pki.tls.PartyKeyManager;
import aiguillage.pki.tls.PartyTrustManager;
import aiguillage.protocol.DatasetName;
import aiguillage.protocol.FlowName;
import aiguillage.protocol.PartyId;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import javax.net.ssl.SSLContext;
import javax.security.auth.x500.X500Principal;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequestBuilder;

/// A folder with all that a hub and its dealers need for a run: an authority, a table of as many dealers as
/// there are clients, one centre, one flow.
public record Site(Path folder) {

    public static final FlowName FLOW = FlowName.of("opel/warranty-claim");
    public static final PartyId HUB = new PartyId("hub.bench");
    public static final PartyId CENTRE = new PartyId("opel-centre");

    /// From the centre to every dealer.
    public static final FlowName BROADCAST = FlowName.of("opel/price-list");

    /// Of flat files ([Prices]).
    public static final FlowName PRICE_LINES = FlowName.of("opel/price-lines");

    /// For payloads up to 2 GB.
    public static final FlowName LARGE = FlowName.of("opel/film");

    private static final Duration CERTIFICATES_HOLD = Duration.ofDays(1);

    /// A price list of which every dealer has a replica.
    public static final DatasetName PRICES = DatasetName.of("opel/parts-prices");

    /// The same list, marked for the importer.
    public static final DatasetName MARKED = DatasetName.of("opel/marked-prices");

    public static final PartyId IMPORTER = new PartyId("opel-importer");

    /// Who publishes both.
    public static final PartyId MANUFACTURER = new PartyId("opel");

    private static final Address ANY = new Address("127.0.0.1", 0);
    private static final String SSH_KEY = "ssh-key";
    private static final String AS4_KEY = "as4.p12";
    private static final int AS4_BITS = 2_048;
    public static final String AS4_PASSWORD = "bench";

    private static final String LISTS = """
            datasets:
              opel/parts-prices:
                from: manufacturer
                to: dealer
                columns:
                  - { name: part, key: true }
                  - { name: description, language: fr }
                  - { name: origin, type: code, codes: [FR, DE, ES, IT, PL, CZ] }
                  - { name: price, type: decimal, required: true, currency: EUR }
                csv: { separator: semicolon, actions: { column: action } }
              opel/marked-prices:
                from: manufacturer
                to: importer
                columns:
                  - { name: part, key: true }
                  - { name: description, language: fr }
                  - { name: origin, type: code, codes: [FR, DE, ES, IT, PL, CZ] }
                  - { name: price, type: decimal, required: true, currency: EUR }
                csv: { separator: semicolon, actions: { column: action } }
                marks: { texts: [description], prices: [price] }
            """;

    /// Fills an empty folder.
    public static Site create(Path folder, int dealers) throws IOException {
        return create(folder, dealers, "");
    }

    /// The same with two price lists.
    public static Site withLists(Path folder, int dealers) throws IOException {
        return create(folder, dealers, LISTS);
    }

    /// The same for a hub with every door open: a flow of flat files, and a key for AS4, which all dealers
    /// share, `as4.p12`, of the password [#AS4_PASSWORD].
    public static Site withDoors(Path folder, int dealers) throws IOException {
        Prices.describe(Files.createDirectories(folder.resolve("formats")));
        String flat = "  " + PRICE_LINES + ": { from: dealer, to: opel-centre, flat: " + Prices.FORMAT + " }\n";
        return create(folder, dealers, flat, makeAs4Key(folder.resolve(AS4_KEY)));
    }

    private static Site create(Path folder, int dealers, String datasets) throws IOException {
        return create(folder, dealers, datasets, "");
    }

    /// @param end of the flows file: further flows, and what stands behind them
    /// @param more about each dealer
    private static Site create(Path folder, int dealers, String end, String more) throws IOException {
        var site = new Site(folder);
        CertificateAuthority.init(site.authorityFolder(), "Bench", null, Instant.now());
        Files.createDirectories(folder.resolve("schemas"));
        var flows = new StringBuilder("""
            brands:
              opel: { text: Opel }
            parties:
              opel-centre: { roles: [centre], brands: [opel], region: eu }
              opel: { roles: [manufacturer], brands: [opel], region: eu }
              opel-importer: { roles: [importer], brands: [opel], region: eu }
            """);
        String sshKey = site.makeSshKey();
        for (int i = 0; i < dealers; i++) {
            flows.append("  ")
                    .append(dealer(i))
                    .append(": { roles: [dealer], brands: [opel], region: eu, ssh-keys: \"")
                    .append(sshKey)
                    .append("\"")
                    .append(more)
                    .append(" }\n");
        }
        flows.append("flows:\n  ")
                .append(FLOW)
                .append(": { from: dealer, to: opel-centre, bod: ProcessWarrantyClaim }\n");
        flows.append("  ").append(BROADCAST).append(": { from: centre, to: { role: dealer }, notices: [] }\n");
        flows.append("  ")
                .append(LARGE)
                .append(": { from: dealer, to: opel-centre, payload-max: 2GB }\n")
                .append(end);
        Files.writeString(folder.resolve("flows.yaml"), flows);
        return site;
    }

    private static String makeAs4Key(Path file) throws IOException {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(AS4_BITS);
            KeyPair pair = generator.generateKeyPair();
            var name = new X500Principal("CN=as4");
            Instant now = Instant.now();
            X509Certificate certificate = new JcaX509CertificateConverter()
                    .getCertificate(new JcaX509v3CertificateBuilder(
                                    name,
                                    BigInteger.ONE,
                                    Date.from(now.minus(CERTIFICATES_HOLD)),
                                    Date.from(now.plus(CERTIFICATES_HOLD)),
                                    name,
                                    pair.getPublic())
                            .build(new JcaContentSignerBuilder("SHA256withRSA").build(pair.getPrivate())));
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            char[] password = AS4_PASSWORD.toCharArray();
            store.setKeyEntry("as4", pair.getPrivate(), password, new X509Certificate[] {certificate});
            try (OutputStream out = Files.newOutputStream(file)) {
                store.store(out, password);
            }
            return ", as4: { signing: " + Base64.getEncoder().encodeToString(certificate.getEncoded()) + " }";
        } catch (GeneralSecurityException | OperatorCreationException e) {
            throw new IOException("no key for AS4 can be made: " + e.getMessage(), e);
        }
    }

    private String makeSshKey() throws IOException {
        SshLibrary.keepToItself(); // before the first of its classes is used
        KeyPair pair = EcKeys.generate();
        Files.write(folder.resolve(SSH_KEY), pair.getPrivate().getEncoded());
        Files.write(folder.resolve(SSH_KEY + ".pub"), pair.getPublic().getEncoded());
        return PublicKeyEntry.toString(pair.getPublic());
    }

    /// Where the key for AS4 lies.
    public Path as4Key() {
        return folder.resolve(AS4_KEY);
    }

    /// The key with which every dealer logs in.
    public KeyPair sshKey() throws IOException {
        try {
            var keys = KeyFactory.getInstance("EC");
            return new KeyPair(
                    keys.generatePublic(new X509EncodedKeySpec(Files.readAllBytes(folder.resolve(SSH_KEY + ".pub")))),
                    keys.generatePrivate(new PKCS8EncodedKeySpec(Files.readAllBytes(folder.resolve(SSH_KEY)))));
        } catch (GeneralSecurityException e) {
            throw new IOException("the dealers' SSH key cannot be read: " + e.getMessage(), e);
        }
    }

    public static PartyId dealer(int number) {
        return new PartyId("dealer-" + number);
    }

    /// With no door but REST's.
    public HubConfig config() {
        return config(new HubConfig.Listeners(ANY, ANY, ANY), new HubConfig.Ways(false, false));
    }

    /// With every door that is measured.
    HubConfig configWithDoors() {
        return config(
                new HubConfig.Listeners(ANY, ANY, ANY, ANY, null, ANY, new PortRange(0, 0), null),
                new HubConfig.Ways(true, true));
    }

    private HubConfig config(HubConfig.Listeners listeners, HubConfig.Ways doors) {
        return new HubConfig(
                HUB,
                folder.resolve("data"),
                folder.resolve("flows.yaml"),
                folder.resolve("schemas"),
                listeners,
                new HubConfig.Certificates(authorityFolder(), List.of("localhost", "127.0.0.1"), CERTIFICATES_HOLD),
                List.of(),
                limits(),
                doors,
                null);
    }

    /// The limits of parties are for the field; here a dealer stands for many.
    private static HubConfig.Limits limits() {
        var without = new Multiple(10_000);
        return new HubConfig.Limits(
                Bytes.of("100MB"),
                20_000,
                Allowance.USUAL,
                Map.of(new Role("dealer"), without, new Role("centre"), without),
                Map.of());
    }

    /// The file with the key that proves the hub's receipts.
    public Path ledgerKey() {
        return new DataFolder(config().data()).ledgerPublicKey();
    }

    /// TLS for each of so many dealers. Every one has a certificate of its own; all share one key pair, which
    /// spares minutes and changes nothing for a server.
    public List<SSLContext> dealersTls(int count) throws IOException {
        var authority = CertificateAuthority.openIssuing(authorityFolder());
        var trust = new PartyTrustManager(
                TrustAnchors.of(authority.chain().certificates().getLast()), InstantSource.system());
        KeyPair pair = EcKeys.generate();
        CertificateRequest request = namelessRequest(pair);
        return IntStream.range(0, count)
                .parallel()
                .mapToObj(i -> {
                    var chain = authority.issue(
                            request, dealer(i), new CertificateUse.Client(), CERTIFICATES_HOLD, Instant.now());
                    return MutualTls.context(new PartyKeyManager(new Credential(pair.getPrivate(), chain)), trust);
                })
                .toList();
    }

    private static CertificateRequest namelessRequest(KeyPair pair) throws IOException {
        try {
            var signer = new JcaContentSignerBuilder("SHA256withECDSA").build(pair.getPrivate());
            return CertificateRequest.parse(
                    new JcaPKCS10CertificationRequestBuilder(new X500Principal("CN=any"), pair.getPublic())
                            .build(signer)
                            .getEncoded());
        } catch (OperatorCreationException e) {
            throw new IOException("the dealers' key cannot sign: " + e.getMessage(), e);
        }
    }

    /// A folder with all that a gateway of this party needs: `gateway.yaml`, an identity, and `dms` for its
    /// DMS.
    ///
    /// @param hubPort the hub's main port
    public Path gateway(PartyId party, int hubPort) throws IOException {
        return gateway(party, hubPort, "{ open: false }");
    }

    /// The same with a local door, at any free port.
    public Path gatewayWithDoor(PartyId party, int hubPort) throws IOException {
        return gateway(party, hubPort, "{ listen: \"127.0.0.1:0\" }");
    }

    /// The token of that door.
    ///
    /// @param gateway its `gateway.yaml`
    public static String doorToken(Path gateway) throws IOException {
        return Files.readString(gateway.resolveSibling("data").resolve("tokens").resolve("opel"))
                .strip();
    }

    private Path gateway(PartyId party, int hubPort, String door) throws IOException {
        Path own = folder.resolve(party.value());
        Path identity = Files.createDirectories(own.resolve("data").resolve("identity"));
        var authority = CertificateAuthority.openIssuing(authorityFolder());
        credential(authority, party, new CertificateUse.Client()).write(identity.resolve("credential.pem"));
        Files.copy(authorityFolder().resolve("root").resolve("certificate.pem"), identity.resolve("root.pem"));
        return Files.writeString(own.resolve("gateway.yaml"), """
            party: %s
            hubs: [{ name: main, addresses: ["https://localhost:%d"], brands: [opel] }]
            settle: 0ms
            door: %s
            """.formatted(party, hubPort, door));
    }

    /// TLS for a server or a dealer, with a new key and a certificate of the site's authority.
    public SSLContext tls(PartyId party, CertificateUse use) throws IOException {
        return tls(CertificateAuthority.openIssuing(authorityFolder()), party, use);
    }

    /// TLS for the first dealers, in their order. Opening the authority costs more than a certificate.
    public List<SSLContext> dealers(int count) throws IOException {
        var authority = CertificateAuthority.openIssuing(authorityFolder());
        var dealers = new ArrayList<SSLContext>();
        for (int i = 0; i < count; i++) {
            dealers.add(tls(authority, dealer(i), new CertificateUse.Client()));
        }
        return dealers;
    }

    private static SSLContext tls(CertificateAuthority authority, PartyId party, CertificateUse use)
            throws IOException {
        TrustAnchors anchors = TrustAnchors.of(authority.chain().certificates().getLast());
        return MutualTls.context(
                new PartyKeyManager(credential(authority, party, use)),
                new PartyTrustManager(anchors, InstantSource.system()));
    }

    private static Credential credential(CertificateAuthority authority, PartyId party, CertificateUse use)
            throws IOException {
        KeyPair pair = EcKeys.generate();
        var request = CertificateRequest.create(pair, party);
        return new Credential(
                pair.getPrivate(), authority.issue(request, party, use, CERTIFICATES_HOLD, Instant.now()));
    }

    private Path authorityFolder() {
        return folder.resolve("ca");
    }
}
