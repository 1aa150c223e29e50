package aiguillage.hub.sftp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aiguillage.hub.directory.PasswordHash;
import aiguillage.hub.login.Places;
import aiguillage.hub.testing.RunningHub;
import aiguillage.pki.Credential;
import aiguillage.pki.SshLibrary;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.StreamSupport;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.channel.ChannelSubsystem;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.common.keyprovider.KeyIdentityProvider;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.sftp.client.SftpClient;
import org.apache.sshd.sftp.client.SftpClientFactory;
import org.apache.sshd.sftp.common.SftpException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/// What no decent program does, and what many do at once: by a client that goes step by step.
@Timeout(120)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SftpBoundsTest {

    private static final String NOTES = "/in/opel/note/";
    private static final String PASSWORD = "wheel-nut-42-torque";

    private RunningHub hub;
    private SshClient client;
    private KeyPair key;
    private String flows = "";

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        SshLibrary.keepToItself();
        key = KeyUtils.generateKeyPair(KeyPairProvider.SSH_ED25519, 256);
        String text = PublicKeyEntry.toString(key.getPublic());
        String hash = PasswordHash.make(PASSWORD, new Random(2)).text();
        flows = RunningHub.FLOWS
                .replace("dealer-7: {", "dealer-7: { ssh-keys: \"" + text + "\",")
                .replace("dealer-9: {", "dealer-9: { ssh-keys: \"" + text + "\",")
                .replace("opel-centre: {", "opel-centre: { ssh-keys: \"" + text + "\",")
                .replace("dealer-8: {", "dealer-8: { password: \"" + hash + "\",");
        hub = new RunningHub(
                RunningHub.speakingFiles(RunningHub.config(folder, flows, InstantSource.system())),
                InstantSource.system());
        client = SshClient.setUpDefaultClient();
        client.setServerKeyVerifier((session, address, hostKey) -> true);
        client.setKeyIdentityProvider(KeyPairProvider.wrap(key));
        client.start();
    }

    @AfterAll
    void stop() {
        client.stop();
        hub.close();
    }

    private ClientSession session(String party) throws IOException {
        ClientSession session = client.connect(party, "127.0.0.1", hub.sftpPort())
                .verify(Duration.ofSeconds(30))
                .getSession();
        session.auth().verify(Duration.ofSeconds(30));
        return session;
    }

    private static SftpClient sftp(ClientSession session) throws IOException {
        return SftpClientFactory.instance().createSftpClient(session);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private List<String> names(SftpClient sftp, String folder) throws IOException {
        return StreamSupport.stream(sftp.readDir(folder).spliterator(), false)
                .map(SftpClient.DirEntry::getFilename)
                .toList();
    }

    @Test
    void theProcessKeepsItsOwnProviders() {
        assertThat(java.security.Security.getProvider("BC")).isNull();
    }

    @Test
    void halfAFileNeverArrivesAndIsResumed() throws Exception {
        ClientSession broken = session("dealer-7");
        SftpClient writer = sftp(broken);
        SftpClient.CloseableHandle handle = writer.open(
                NOTES + "cut.txt", SftpClient.OpenMode.Write, SftpClient.OpenMode.Create, SftpClient.OpenMode.Truncate);
        writer.write(handle, 0, bytes("first "));
        broken.close(true).await(Duration.ofSeconds(10));
        try (ClientSession session = session("dealer-7");
                SftpClient sftp = sftp(session)) {
            assertThat(sftp.stat(NOTES + "cut.txt").getSize()).isEqualTo(6);
            assertThat(names(sftp, "/done/opel/note")).doesNotContain("cut.txt.receipt");
            try (SftpClient.CloseableHandle again = sftp.open(NOTES + "cut.txt", SftpClient.OpenMode.Write)) {
                sftp.write(again, 6, bytes("second"));
            }
            assertThat(names(sftp, "/done/opel/note")).contains("cut.txt.receipt");
            assertThat(sftp.stat(NOTES + "cut.txt").getSize())
                    .as("programs ask for the size of what they put")
                    .isEqualTo(12);
            assertThat(names(sftp, "/in/opel/note")).doesNotContain("cut.txt");
        }
    }

    @Test
    void aFileWithAHoleDoesNotArrive() throws Exception {
        try (ClientSession session = session("dealer-7");
                SftpClient sftp = sftp(session)) {
            SftpClient.CloseableHandle handle =
                    sftp.open(NOTES + "hole.txt", SftpClient.OpenMode.Write, SftpClient.OpenMode.Create);
            sftp.write(handle, 0, bytes("abc"));
            assertThatThrownBy(() -> sftp.write(handle, 10, bytes("xyz")))
                    .isInstanceOf(SftpException.class)
                    .hasMessageContaining("did not come");
            assertThatThrownBy(handle::close).hasMessageContaining("has not arrived");
            assertThat(names(sftp, "/done/opel/note")).doesNotContain("hole.txt.receipt");
        }
    }

    @Test
    void aSecondWriterTakesAFileOver() throws Exception {
        try (ClientSession session = session("dealer-7");
                SftpClient first = sftp(session);
                SftpClient second = sftp(session)) {
            SftpClient.CloseableHandle one =
                    first.open(NOTES + "two.txt", SftpClient.OpenMode.Write, SftpClient.OpenMode.Create);
            first.write(one, 0, bytes("one"));
            SftpClient.CloseableHandle two = second.open(
                    NOTES + "two.txt",
                    SftpClient.OpenMode.Write,
                    SftpClient.OpenMode.Create,
                    SftpClient.OpenMode.Truncate);
            assertThatThrownBy(() -> first.write(one, 3, bytes("one"))).hasMessageContaining("another session");
            second.write(two, 0, bytes("two"));
            assertThatThrownBy(one::close).isInstanceOf(IOException.class);
            two.close();
            assertThat(first.stat(NOTES + "two.txt").getSize()).isEqualTo(3);
        }
    }

    @Test
    void oneSessionHasSoManyFilesOpenAndOnePartySoManyParts() throws Exception {
        try (ClientSession session = session("dealer-9");
                SftpClient sftp = sftp(session)) {
            var open = new ArrayList<SftpClient.CloseableHandle>();
            for (int i = 0; i < SftpSession.HANDLES_MAX; i++) {
                open.add(sftp.openDir("/"));
            }
            assertThatThrownBy(() -> sftp.openDir("/")).hasMessageContaining("all that one session may");
            open.getFirst().close();
            open.set(0, sftp.openDir("/"));
            for (SftpClient.CloseableHandle handle : open) {
                handle.close();
            }
            String folder = "/in/citroen/warranty-claim/";
            for (int i = 0; i < 64; i++) {
                sftp.open(folder + i + ".part", SftpClient.OpenMode.Write, SftpClient.OpenMode.Create)
                        .close();
            }
            assertThatThrownBy(() ->
                            sftp.open(folder + "more.part", SftpClient.OpenMode.Write, SftpClient.OpenMode.Create))
                    .hasMessageContaining("64 unfinished files");
            for (int i = 0; i < 64; i++) {
                sftp.remove(folder + i + ".part");
            }
            assertThat(names(sftp, folder)).isEmpty();
        }
    }

    private ClientSession byPassword(String party, String password) throws IOException {
        ClientSession session = client.connect(party, "127.0.0.1", hub.sftpPort())
                .verify(Duration.ofSeconds(30))
                .getSession();
        session.setKeyIdentityProvider(KeyIdentityProvider.EMPTY_KEYS_PROVIDER);
        session.addPasswordIdentity(password);
        session.auth().verify(Duration.ofSeconds(30));
        return session;
    }

    @Test
    void aPasswordLetsInWhereThePartyHasOne() throws Exception {
        try (ClientSession session = byPassword("dealer-8", PASSWORD);
                SftpClient sftp = sftp(session)) {
            assertThat(names(sftp, "/in/opel")).contains("note");
        }
        assertThatThrownBy(() -> byPassword("dealer-7", PASSWORD)).isInstanceOf(IOException.class);
    }

    /// The party enrols as for any other door, and needs no entry of its own for SFTP.
    @Test
    void theKeyOfACertificateLetsInUntilItsPartyIsRevoked() throws Exception {
        Credential enrolled = hub.enrolled("opel-audit");
        var pair = new KeyPair(enrolled.chain().leaf().getPublicKey(), enrolled.key());
        ClientSession session = byKey("opel-audit", pair);
        assertThatThrownBy(() -> byKey("citroen-centre", pair)).isInstanceOf(IOException.class);
        HttpResponse<String> revoked =
                hub.operator("/operator/revocations", "{\"party\":\"opel-audit\",\"reason\":\"stolen\"}");
        assertThat(revoked.statusCode()).as(revoked.body()).isEqualTo(200);
        session.waitFor(List.of(ClientSession.ClientSessionEvent.CLOSED), Duration.ofSeconds(10));
        assertThat(session.isOpen()).isFalse();
        assertThatThrownBy(() -> byKey("opel-audit", pair)).isInstanceOf(IOException.class);
    }

    private ClientSession byKey(String party, KeyPair pair) throws IOException {
        ClientSession session = client.connect(party, "127.0.0.1", hub.sftpPort())
                .verify(Duration.ofSeconds(30))
                .getSession();
        session.setKeyIdentityProvider(KeyPairProvider.wrap(pair));
        session.auth().verify(Duration.ofSeconds(30));
        return session;
    }

    /// Its keys in the flows file are refused too: whoever has the stolen PC has them.
    @Test
    void revokingAPartyEndsItsSshKeysUntilItEnrolsAnew() throws Exception {
        hub.enrolled("dealer-9");
        try (ClientSession session = session("dealer-9")) {
            hub.operator("/operator/revocations", "{\"party\":\"dealer-9\",\"reason\":\"stolen\"}");
            session.waitFor(List.of(ClientSession.ClientSessionEvent.CLOSED), Duration.ofSeconds(10));
            assertThat(session.isOpen()).isFalse();
            assertThatThrownBy(() -> session("dealer-9")).isInstanceOf(IOException.class);
        } finally {
            hub.enrolled("dealer-9");
        }
        session("dealer-9").close();
    }

    @Test
    void aFileIsOpenedAndCutAsTheClientAsked() throws Exception {
        try (ClientSession session = session("dealer-7");
                SftpClient sftp = sftp(session)) {
            assertThatThrownBy(() -> sftp.open(NOTES + "new.part", SftpClient.OpenMode.Write))
                    .hasMessageContaining("There is no");
            var exclusive =
                    List.of(SftpClient.OpenMode.Write, SftpClient.OpenMode.Create, SftpClient.OpenMode.Exclusive);
            try (SftpClient.CloseableHandle made = sftp.open(NOTES + "new.part", exclusive)) {
                sftp.write(made, 0, bytes("too long"));
                sftp.setStat(made, new SftpClient.Attributes().size(3));
                assertThatThrownBy(() -> sftp.setStat(made, new SftpClient.Attributes().size(1_000)))
                        .hasMessageContaining("grows by what is written");
            } catch (SftpException refusedAtItsClose) {
                assertThat(refusedAtItsClose).hasMessageContaining("Not all of the file was written");
            }
            assertThatThrownBy(() -> sftp.open(NOTES + "new.part", exclusive)).hasMessageContaining("already");
            assertThat(sftp.stat(NOTES + "new.part").getSize()).isEqualTo(3);
            assertThatThrownBy(() -> sftp.rename(NOTES + "new.part", NOTES + "new.txt"))
                    .hasMessageContaining("broke off");
            sftp.remove(NOTES + "new.part");
        }
    }

    @Test
    void theLongestNameHasItsReceiptAndManyReceiptsAreListed() throws Exception {
        try (ClientSession session = session("dealer-7");
                SftpClient sftp = sftp(session)) {
            String longest = "n".repeat(172);
            put(sftp, NOTES + longest);
            assertThat(sftp.stat("/done/opel/note/" + longest + ".receipt").getSize())
                    .isPositive();
            assertThatThrownBy(() -> put(sftp, NOTES + longest + "n")).hasMessageContaining("at most 172 bytes");
            for (int i = 0; i < 120; i++) {
                put(sftp, NOTES + "many-" + i);
            }
            assertThat(names(sftp, "/done/opel/note"))
                    .filteredOn(name -> name.startsWith("many-"))
                    .hasSize(120)
                    .doesNotHaveDuplicates();
        }
    }

    private static void put(SftpClient sftp, String path) throws IOException {
        try (OutputStream out = sftp.write(path)) {
            out.write(bytes("note"));
        }
    }

    @Test
    void aReasonMayHaveASlashAndAFolderAloneAcknowledges() throws Exception { // I3
        try (ClientSession dealer = session("dealer-7");
                SftpClient sender = sftp(dealer);
                ClientSession centre = session("opel-centre");
                SftpClient reader = sftp(centre)) {
            put(sender, "/in/opel/warranty-claim/slash.xml");
            put(sender, "/in/opel/warranty-claim/whole.xml");
            String folder = "/out/opel/warranty-claim/";
            reader.rename(folder + waiting(reader, folder, "slash.xml"), "/refused/hours/rate is missing");
            reader.rename(folder + waiting(reader, folder, "whole.xml"), "/done/");
            assertThat(hub.operator("/operator/quarantine", null).body()).contains("hours/rate is missing");
            assertThat(names(reader, folder)).noneMatch(name -> name.contains("slash") || name.contains("whole"));
        }
    }

    private String waiting(SftpClient sftp, String folder, String part) throws IOException {
        return names(sftp, folder).stream()
                .filter(name -> name.contains(part))
                .findFirst()
                .orElseThrow();
    }

    /// What a file is, the table in force when it arrives says.
    @Test
    void aFlowThatGoesWhileAFileComesRefusesItAndOneThatComesBackTakesIt() throws Exception {
        try (ClientSession session = session("dealer-7");
                SftpClient sftp = sftp(session)) {
            SftpClient.CloseableHandle handle =
                    sftp.open(NOTES + "late.txt", SftpClient.OpenMode.Write, SftpClient.OpenMode.Create);
            sftp.write(handle, 0, bytes("note"));
            try {
                apply(flows.replaceFirst("(?m)^  opel/note:.*\n", ""));
                assertThatThrownBy(handle::close).hasMessageContaining("Refused");
                assertThatThrownBy(() -> put(sftp, NOTES + "later.txt")).hasMessageContaining("no such folder");
            } finally {
                apply(flows);
            }
            put(sftp, NOTES + "late.txt");
            assertThat(names(sftp, "/done/opel/note")).contains("late.txt.receipt");
        }
    }

    @Test
    void aPartyThatLeavesTheTableIsOutWithinASecond() throws Exception {
        try (ClientSession session = session("dealer-9")) {
            apply(flows.replaceFirst("(?m)^  dealer-9:.*\n", ""));
            long from = System.nanoTime();
            session.waitFor(List.of(ClientSession.ClientSessionEvent.CLOSED), Duration.ofSeconds(10));
            assertThat(session.isOpen()).isFalse();
            assertThat(Duration.ofNanos(System.nanoTime() - from)).isLessThan(Duration.ofSeconds(1));
            assertThatThrownBy(() -> session("dealer-9")).isInstanceOf(IOException.class);
        } finally {
            apply(flows);
        }
    }

    private void apply(String text) throws Exception {
        HttpResponse<String> applied = hub.operator("/operator/flows", text);
        assertThat(applied.statusCode()).as(applied.body()).isEqualTo(200);
    }

    @Test
    void whatIsNoSftpEndsTheConversationAlone() throws Exception {
        try (ClientSession session = session("dealer-7")) {
            for (byte[] garbage :
                    List.of(new byte[] {(byte) 0xff, 0, 0, 0, 1, 1, 1, 1, 1}, new byte[] {0, 0, 0, 0}, new byte[] {
                        0, 0, 0, 5, 1, 0, 0, 0, 3, 0, 0, 0, 5, 3, 0, 0, 0, 1, 0x7f, 0, 0, 0
                    })) {
                ChannelSubsystem channel = session.createSubsystemChannel("sftp");
                channel.open().verify(Duration.ofSeconds(10));
                OutputStream out = channel.getInvertedIn();
                out.write(garbage);
                out.close();
                channel.waitFor(
                        List.of(org.apache.sshd.client.channel.ClientChannelEvent.CLOSED), Duration.ofSeconds(10));
                assertThat(channel.isOpen()).isFalse();
            }
            try (SftpClient sftp = sftp(session)) {
                assertThat(names(sftp, "/")).containsExactly("in", "out", "done", "refused");
            }
        }
        assertThat(hub.failure()).isNull();
    }

    /// Connections that never say who they are, and sessions that never read, while one party does its work.
    @Test
    void manyAndSlowOnesHarmNobody() throws Exception {
        var strangers = new ArrayList<Socket>();
        var slow = new ArrayList<ClientSession>();
        try (HttpClient centre = hub.client("opel-centre")) {
            for (int i = 0; i < Places.STRANGERS_MAX + 20; i++) {
                strangers.add(new Socket(InetAddress.getLoopbackAddress(), hub.sftpPort()));
            }
            for (int i = 0; i < 20; i++) {
                ClientSession session = session("dealer-7");
                slow.add(session);
                ChannelSubsystem channel = session.createSubsystemChannel("sftp");
                channel.open().verify(Duration.ofSeconds(10));
                channel.getInvertedIn().write(new byte[] {0, 0, 0, 5, 1, 0, 0, 0, 3});
                channel.getInvertedIn().flush();
            }
            try (ClientSession session = session("dealer-7");
                    SftpClient sftp = sftp(session)) {
                try (OutputStream out = sftp.write(NOTES + "among-many.txt")) {
                    out.write(bytes("note"));
                }
                assertThat(names(sftp, "/done/opel/note")).contains("among-many.txt.receipt");
            }
            InputStream first = strangers.getFirst().getInputStream();
            strangers.getFirst().setSoTimeout(10_000);
            first.readAllBytes(); // ends: the place was given to another
            assertThat(hub.get(centre, "/v1/inbox?limit=1000").body()).contains("among-many.txt");
        } finally {
            for (Socket socket : strangers) {
                socket.close();
            }
            for (ClientSession session : slow) {
                session.close(true).await(Duration.ofSeconds(10));
            }
        }
    }

    /// Every place of a party is taken, and one of them does its work all the same. Half a minute of
    /// handshakes, so it runs when it is asked for: `-Daiguillage.many=true`.
    @Test
    @EnabledIfSystemProperty(named = "aiguillage.many", matches = "true")
    void fiveHundredSessionsAtOnceAndNoMore() throws Exception {
        var sessions = new ArrayList<ClientSession>();
        try {
            for (int i = 0; i < Places.PARTIES_MAX; i++) {
                sessions.add(session("dealer-7"));
            }
            long from = System.nanoTime();
            try (SftpClient sftp = sftp(sessions.get(Places.PARTIES_MAX / 2))) {
                try (OutputStream out = sftp.write(NOTES + "full-house.txt")) {
                    out.write(bytes("note"));
                }
                assertThat(names(sftp, "/done/opel/note")).contains("full-house.txt.receipt");
            }
            assertThat(Duration.ofNanos(System.nanoTime() - from)).isLessThan(Duration.ofSeconds(5));
            assertThatThrownBy(() -> session("dealer-7")).isInstanceOf(IOException.class);
        } finally {
            for (ClientSession session : sessions) {
                session.close(true);
            }
        }
    }
}
