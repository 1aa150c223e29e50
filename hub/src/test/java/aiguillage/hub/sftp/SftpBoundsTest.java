package aiguillage.hub.sftp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aiguillage.hub.login.Places;
import aiguillage.hub.testing.RunningHub;
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
import java.util.stream.StreamSupport;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.channel.ChannelSubsystem;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
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

    private RunningHub hub;
    private SshClient client;
    private KeyPair key;
    private String flows = "";

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        Library.keepToItself();
        key = KeyUtils.generateKeyPair(KeyPairProvider.SSH_ED25519, 256);
        String text = PublicKeyEntry.toString(key.getPublic());
        flows = RunningHub.FLOWS
                .replace("dealer-7: {", "dealer-7: { ssh-keys: \"" + text + "\",")
                .replace("dealer-9: {", "dealer-9: { ssh-keys: \"" + text + "\",");
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
            assertThat(hub.get(centre, "/v1/inbox").body()).contains("among-many.txt");
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
