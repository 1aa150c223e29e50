package aiguillage.conformance.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import aiguillage.config.Address;
import aiguillage.pki.CertificateAuthority;
import aiguillage.pki.CertificateRequest;
import aiguillage.pki.CertificateUse;
import aiguillage.pki.Credential;
import aiguillage.pki.EcKeys;
import aiguillage.pki.TrustAnchors;
import aiguillage.pki.tls.MutualTls;
import aiguillage.pki.tls.PartyKeyManager;
import aiguillage.pki.tls.PartyTrustManager;
import aiguillage.protocol.FlowName;
import aiguillage.protocol.PartyId;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// A hub that answers with whatever does harm: the kit ends each step, in time and in bounds, and says what
/// came.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(30)
class MaliciousHubTest {

    private static final Duration PATIENCE = Duration.ofMillis(250);
    private static final Duration ENDED_WITHIN = Duration.ofSeconds(15);
    private static final FlowName FLOW = FlowName.of("alpha/answer");

    private SSLServerSocket listener;
    private Identity dealer;
    private Place place;
    private volatile Answer answer = Answer.NOTHING;
    private volatile String page = "";

    enum Answer {
        NOTHING,
        GARBAGE,
        ONE_BYTE_AFTER_THE_OTHER,
        ONE_HEADER_WITHOUT_END,
        CONTINUE_WITHOUT_END,
        CHUNKS_WITHOUT_END,
        MORE_THAN_IS_TAKEN,
        LESS_THAN_IS_SAID,
        REDIRECT,
        PAGE
    }

    @BeforeAll
    void listen(@TempDir Path folder) throws Exception {
        var authority = CertificateAuthority.init(folder.resolve("ca"), "Malice", null, Instant.now());
        var anchors = TrustAnchors.of(authority.chain().certificates().getLast());
        Credential hub = issued(
                authority,
                "hub.malice",
                new CertificateUse.Server(List.of("localhost"), List.of(InetAddress.getLoopbackAddress())));
        dealer = new Identity("dealer-a", issued(authority, "dealer-a", new CertificateUse.Client()), null);
        listener = (SSLServerSocket)
                MutualTls.context(new PartyKeyManager(hub), new PartyTrustManager(anchors, InstantSource.system()))
                        .getServerSocketFactory()
                        .createServerSocket(0, 20, InetAddress.getLoopbackAddress());
        place = new Place(new Address("localhost", listener.getLocalPort()), null, null, null, anchors);
        Thread.ofVirtual().start(this::serve);
    }

    private static Credential issued(CertificateAuthority authority, String party, CertificateUse use)
            throws IOException {
        KeyPair pair = EcKeys.generate();
        var id = new PartyId(party);
        return new Credential(
                pair.getPrivate(),
                authority.issue(CertificateRequest.create(pair, id), id, use, Duration.ofDays(1), Instant.now()));
    }

    @AfterAll
    void close() throws IOException {
        listener.close();
    }

    private void serve() {
        while (!listener.isClosed()) {
            try {
                var socket = (SSLSocket) listener.accept();
                socket.setSoTimeout((int) ENDED_WITHIN.toMillis());
                Thread.ofVirtual().start(() -> answer(socket));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void answer(SSLSocket socket) {
        try (socket) {
            OutputStream out = socket.getOutputStream();
            var asked = new byte[65_536];
            while (socket.getInputStream().read(asked) > 0) {
                give(out);
            }
        } catch (IOException | InterruptedException theKitHasGone) {
            assertThat(socket.isClosed()).isTrue();
        }
    }

    private void give(OutputStream out) throws IOException, InterruptedException {
        switch (answer) {
            case NOTHING -> {}
            case GARBAGE -> say(out, "\u0000\u0001 <<<< \u001b[2J\n\n\n");
            case ONE_BYTE_AFTER_THE_OTHER -> {
                say(out, "HTTP/1.1 200 OK\r\nX: ");
                for (int i = 0; i < 1_000; i++) {
                    say(out, "x");
                    Pause.millis(20);
                }
            }
            case ONE_HEADER_WITHOUT_END -> {
                say(out, "HTTP/1.1 200 OK\r\n");
                repeat(out, "X: y\r\n");
            }
            case CONTINUE_WITHOUT_END -> repeat(out, "HTTP/1.1 100 Continue\r\n\r\n");
            case CHUNKS_WITHOUT_END -> {
                say(out, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
                repeat(out, "10000\r\n" + "x".repeat(0x10000) + "\r\n");
            }
            case MORE_THAN_IS_TAKEN -> say(out, "HTTP/1.1 200 OK\r\nContent-Length: 2000000000\r\n\r\n");
            case LESS_THAN_IS_SAID -> say(out, "HTTP/1.1 200 OK\r\nContent-Length: 30000000\r\n\r\nx");
            case REDIRECT ->
                say(out, "HTTP/1.1 302 Found\r\nLocation: https://localhost:1/\r\nContent-Length: 0\r\n\r\n");
            case PAGE -> {
                byte[] body = page.getBytes(StandardCharsets.UTF_8);
                say(out, "HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\nContent-Length: " + body.length + "\r\n\r\n");
                out.write(body);
                out.flush();
            }
        }
    }

    private static void say(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.ISO_8859_1));
        out.flush();
    }

    /// Until the kit closes the line, or long after it should have.
    private static void repeat(OutputStream out, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        long end = System.nanoTime() + ENDED_WITHIN.toNanos();
        while (System.nanoTime() < end) {
            out.write(bytes);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Answer.class,
            names = {"REDIRECT", "PAGE"},
            mode = EnumSource.Mode.EXCLUDE)
    void noAnswerHoldsTheKitUp(Answer malice) {
        answer = malice;
        long from = System.nanoTime();
        try (var line = new HttpLine(dealer, place, PATIENCE)) {
            Throwable thrown = catchThrowable(() -> line.get("/v1/inbox"));
            assertThat(thrown).isInstanceOfAny(IOException.class, DealerDriver.Unintelligible.class);
        }
        assertThat(Duration.ofNanos(System.nanoTime() - from)).isLessThan(ENDED_WITHIN.dividedBy(2));
    }

    @Test
    void aRedirectIsFollowedNowhere() {
        answer = Answer.REDIRECT;
        assertThat(submitted(new RestDoor())).isEqualTo("refused status-302");
        assertThat(submitted(StarDoor.plain())).isEqualTo("refused status-302");
        assertThat(submitted(new As4Door())).isEqualTo("refused status-302");
    }

    private String submitted(Door door) {
        try (DealerDriver session = door.open(dealer, place)) {
            var offer = new Offer(FLOW, "1", "Claim", "<Claim/>".getBytes(StandardCharsets.UTF_8), null, null);
            return session.submit(offer, Manner.AT_ONCE).word();
        }
    }

    private void pulls(Door door, String malice) {
        answer = Answer.PAGE;
        page = malice;
        long from = System.nanoTime();
        try (DealerDriver session = door.open(dealer, place)) {
            assertThatThrownBy(() -> session.pull(FLOW)).isInstanceOf(DealerDriver.Unintelligible.class);
        }
        assertThat(Duration.ofNanos(System.nanoTime() - from)).isLessThan(ENDED_WITHIN.dividedBy(2));
    }

    @Test
    void aMailboxWithoutEndIsLeft() {
        pulls(new RestDoor(), "[{\"position\":\"7\",\"data_base64\":\"\"}]");
        pulls(new RestDoor(), "[[[[");
        pulls(new RestDoor(), "{\"position\":\"7\"}");
    }

    @Test
    void whatIsNoMessageOfStarIsSaidSo() {
        pulls(StarDoor.plain(), "<a><content id=\"");
        pulls(new As4Door(), "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n");
    }

    /// Backtracking over a text costs no more than reading it some times.
    @Test
    void noTextTakesForEver() {
        List<Function<String, Object>> readers = List.of(
                text -> Optional.ofNullable(StarText.receipt(text)),
                StarText::code,
                StarText::sentence,
                text -> FlatText.document(text.getBytes(StandardCharsets.UTF_8)));
        long from = System.nanoTime();
        for (String part : List.of("<", "<a receipt contentID=\"\">", "<faultstring>", "<detail>", "TEXT;x\n")) {
            for (Function<String, Object> reader : readers) {
                assertThat(reader.apply(part.repeat(2_000_000 / part.length()))).isNotNull();
                assertThat(reader.apply("DOC;A\nAREA;1;2;\nHOURS;1\n" + part.repeat(2_000_000 / part.length())))
                        .isNotNull();
            }
        }
        assertThat(Duration.ofNanos(System.nanoTime() - from)).isLessThan(ENDED_WITHIN);
    }

    @Test
    void aCodeThatIsNoneGoesIntoNoOutcome() {
        assertThat(Problems.said("id-taken", "").word()).isEqualTo("refused id-taken");
        assertThat(Problems.said("x, accepted · journal: 1 accepted\u001b[2J", "")
                        .word())
                .isEqualTo("refused unreadable");
    }
}
