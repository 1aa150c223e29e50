package aiguillage.conformance.ground;

import aiguillage.config.Address;
import aiguillage.config.Bytes;
import aiguillage.conformance.driver.Identity;
import aiguillage.conformance.driver.Place;
import aiguillage.hub.DataFolder;
import aiguillage.hub.Hub;
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
import aiguillage.protocol.PartyId;
import aiguillage.protocol.proof.LedgerKey;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.common.keyprovider.FileKeyPairProvider;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.jspecify.annotations.Nullable;

/// A whole hub with every door open and invented parties, in this process, of which the kit is the operator: it
/// can be stopped, filled, and told whom to shut out. For one thread.
public final class PracticeHub implements AutoCloseable {

    private static final PartyId NAME = new PartyId("hub.practice");
    private static final Duration CERTIFICATE_HOLDS = Duration.ofDays(30);

    /// What `dealer-d`, a guest, may send at once; the others may send far more.
    public static final int GUEST_DOCUMENTS = 3;

    private static final Bytes SPACE = Bytes.of("1MB");
    private static final Bytes MORE_THAN_ANY_DISK = Bytes.of("1000TB");

    private final Path folder;
    private final CertificateAuthority authority;
    private final CertificateAuthority foreign;
    private final Map<String, Identity> identities = new HashMap<>();
    private final CompletableFuture<Throwable> failure = new CompletableFuture<>();
    private boolean isRunning = true;
    private Ports ports;
    private Table table;
    private Hub hub;
    private Journal journal;

    /// The ports on which it listens; 0 for a free one.
    public record Ports(int main, int enrolment, int operations, int sftp, int ftps) {

        public static final Ports FREE = new Ports(0, 0, 0, 0, 0);
    }

    /// Starts it.
    ///
    /// @param folder new or empty; all it keeps is in there
    public static PracticeHub start(Path folder, Ports ports) throws Exception {
        return new PracticeHub(folder, ports);
    }

    private PracticeHub(Path folder, Ports ports) throws Exception {
        this.folder = folder;
        this.ports = ports;
        Instant before = Instant.now().minus(Duration.ofHours(2)); // so that one of its certificates can have ended
        authority = CertificateAuthority.init(folder.resolve("ca"), "Practice", null, before);
        foreign = CertificateAuthority.init(folder.resolve("foreign-ca"), "Somebody else", null, before);
        SshLibrary.keepToItself(); // before the first of its classes is used
        Map<String, String> keys = new HashMap<>();
        for (String party : Table.names()) {
            Identity identity = newIdentity(party);
            identities.put(party, identity);
            keys.put(party, publicText(identity));
        }
        table = Table.of(keys);
        Path schemas = Files.createDirectories(folder.resolve("schemas"));
        Files.writeString(schemas.resolve(Table.SCHEMA_NAME), Table.SCHEMA);
        new FlatFormat().write(folder.resolve("formats"));
        Files.writeString(flowsFile(), table.yaml());
        hub = started(SPACE);
        journal = newJournal();
    }

    private Path flowsFile() {
        return folder.resolve("flows.yaml");
    }

    private Hub started(Bytes freeSpaceMin) throws Exception {
        var many = new Multiple(10_000);
        Allowance usual = Allowance.USUAL;
        var each = new Allowance(
                1,
                GUEST_DOCUMENTS,
                usual.requestsPerMinute(),
                usual.requestsAtOnce(),
                usual.bytesPerMinute(),
                usual.uploadsOpen(),
                usual.requestsOpen(),
                usual.connectionsOpen());
        var config = new HubConfig(
                NAME,
                folder.resolve("data"),
                flowsFile(),
                folder.resolve("schemas"),
                new HubConfig.Listeners(
                        local(ports.main),
                        local(ports.enrolment),
                        local(ports.operations),
                        local(ports.sftp),
                        null,
                        local(ports.ftps),
                        PortRange.of("0"),
                        null),
                new HubConfig.Certificates(folder.resolve("ca"), List.of("localhost", "127.0.0.1"), CERTIFICATE_HOLDS),
                List.of(),
                new HubConfig.Limits(
                        freeSpaceMin,
                        20_000,
                        each,
                        Map.of(new Role("dealer"), many, new Role("centre"), many, new Role("audit"), many),
                        Map.of()),
                new HubConfig.Ways(true, true),
                null);
        Hub begun = Hub.start(config, InstantSource.system(), failure::complete);
        ports = new Ports(
                begun.mainPort(), begun.enrolmentPort(), begun.operationsPort(), begun.sftpPort(), begun.ftpsPort());
        return begun;
    }

    private static Address local(int port) {
        return new Address("127.0.0.1", port);
    }

    private Journal newJournal() throws IOException {
        var data = new DataFolder(folder.resolve("data"));
        return new Journal(
                URI.create("http://127.0.0.1:" + ports.operations),
                Files.readString(data.operatorToken()).strip(),
                LedgerKey.Public.ofText(Files.readString(data.ledgerPublicKey())));
    }

    /// Where it answers.
    public Place place() throws IOException {
        return new Place(
                new Address("localhost", ports.main),
                local(ports.sftp),
                null,
                local(ports.ftps),
                TrustAnchors.of(root(authority)));
    }

    private static java.security.cert.X509Certificate root(CertificateAuthority authority) {
        return authority.chain().certificates().getLast();
    }

    public Ports ports() {
        return ports;
    }

    public Table table() {
        return table;
    }

    /// Its journal.
    public Journal journal() {
        return journal;
    }

    /// A party of the table, with what it proves itself by.
    public Identity identity(String party) {
        Identity known = identities.get(party);
        if (known == null) {
            throw new IllegalArgumentException("no party " + party + " is in the kit's table");
        }
        return known;
    }

    /// Writes what every party proves itself by into a folder, and the roots.
    public void writeIdentities(Path into) throws IOException {
        var files = new IdentityFolder(into);
        files.writeRoots(place().anchors());
        for (Identity identity : identities.values()) {
            files.write(identity);
        }
    }

    /// A new certificate and key of a party, which count from now on, beside an older certificate of it.
    public Identity renewed(String party) throws IOException {
        Identity identity = newIdentity(party);
        identities.put(party, identity);
        Map<String, String> keys = new HashMap<>(table.keys());
        keys.put(party, publicText(identity));
        apply(new Table(keys, table.missing()));
        return identity;
    }

    private Identity newIdentity(String party) throws IOException {
        return new Identity(party, issued(authority, party, Instant.now(), CERTIFICATE_HOLDS), sshKey());
    }

    /// A party's certificate that ended a minute ago, with its right SSH key.
    public Identity expired(String party) throws IOException {
        Instant from = Instant.now().minus(Duration.ofHours(1));
        Credential past = issued(authority, party, from, Duration.ofMinutes(59));
        return new Identity(party, past, identity(party).sshKey());
    }

    /// Somebody who calls himself a party: his certificate is of another authority, his SSH key is in no table.
    public Identity impostor(String party) throws IOException {
        return new Identity(party, issued(foreign, party, Instant.now(), CERTIFICATE_HOLDS), sshKey());
    }

    private static Credential issued(CertificateAuthority by, String party, Instant from, Duration holds)
            throws IOException {
        KeyPair pair = EcKeys.generate();
        var id = new PartyId(party);
        return new Credential(
                pair.getPrivate(),
                by.issue(CertificateRequest.create(pair, id), id, new CertificateUse.Client(), holds, from));
    }

    private static KeyPair sshKey() throws IOException {
        try {
            return KeyUtils.generateKeyPair(KeyPairProvider.SSH_ED25519, 256);
        } catch (GeneralSecurityException e) {
            throw new IOException("no Ed25519 key can be made here", e);
        }
    }

    private static @Nullable String publicText(Identity identity) {
        return identity.sshKey() == null
                ? null
                : PublicKeyEntry.toString(identity.sshKey().getPublic());
    }

    /// Puts a table into force; what it leaves out is gone until the next.
    public void apply(Table next) throws IOException {
        Files.writeString(flowsFile(), next.yaml());
        journal.call("/operator/flows", next.yaml());
        table = next;
    }

    /// Puts everybody and every flow back into force.
    public void restore() throws IOException {
        if (!table.missing().isEmpty()) {
            apply(new Table(table.keys(), java.util.Set.of()));
        }
    }

    /// Ends what an identity proves itself by: its certificate is revoked, its SSH key leaves the table.
    public void revoke(Identity identity) throws IOException {
        if (identity.credential() != null) {
            String serial =
                    identity.credential().chain().leaf().getSerialNumber().toString(16);
            journal.call("/operator/revocations", "{\"serial\":\"" + serial + "\",\"reason\":\"conformance\"}");
        }
        apply(table.withoutKeyOf(identity.party()));
    }

    /// Lets a rejected delivery be offered again.
    ///
    /// @throws IOException when nothing of that reader is in quarantine
    public void releaseLast(String reader) throws IOException {
        var waiting = tools.jackson.databind.json.JsonMapper.shared()
                .readTree(journal.call("/operator/quarantine?party=" + reader, null));
        if (waiting.isEmpty()) {
            throw new IOException("nothing of " + reader + " is in quarantine");
        }
        String position = waiting.get(waiting.size() - 1).path("position").asString();
        journal.call("/operator/quarantine/" + reader + "/" + position + "/release", "");
    }

    /// Stops it and starts it again, on the same ports.
    public void restart() throws Exception {
        stop();
        begin(false);
    }

    /// Stops it; nobody answers any more.
    public void stop() {
        isRunning = false;
        journal.close();
        hub.close();
    }

    /// Starts a stopped one again.
    ///
    /// @param isFull whether it has no room for new documents
    public void begin(boolean isFull) throws Exception {
        hub = started(isFull ? MORE_THAN_ANY_DISK : SPACE);
        journal = newJournal();
        isRunning = true;
    }

    /// Whether anybody answers.
    public boolean isRunning() {
        return isRunning;
    }

    /// The fingerprint of the SFTP door's host key, as `ssh` shows it.
    public String hostKeyFingerprint() throws IOException {
        Path file = new DataFolder(folder.resolve("data")).sftpKey();
        for (KeyPair pair : new FileKeyPairProvider(file).loadKeys(null)) {
            return KeyUtils.getFingerPrint(pair.getPublic());
        }
        throw new IOException(file + " holds no key");
    }

    /// Closes it, and fails if it had to stop by itself.
    @Override
    public void close() {
        if (isRunning) {
            stop();
        }
        Throwable cause = failure.getNow(null);
        if (cause != null) {
            throw new IllegalStateException("the practice hub stopped by itself", cause);
        }
    }
}
