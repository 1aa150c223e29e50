package aiguillage.hub.door.as4;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aiguillage.hub.as4.As4Writer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Gateways that misbehave: a push to them ends, and holds nothing.
@Timeout(30)
class As4PostingTest {

    private static final Duration SHORT = Duration.ofMillis(500);
    private static final Duration LONG = Duration.ofSeconds(20);

    private final AtomicBoolean isBodyClosed = new AtomicBoolean();
    private final AtomicBoolean toldSlow = new AtomicBoolean();
    private final List<Socket> open = new ArrayList<>();
    private ServerSocket server;
    private ExecutorService waiting;
    private As4Posting posting;

    @BeforeEach
    void start() throws Exception {
        server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        waiting = Executors.newVirtualThreadPerTaskExecutor();
        posting = new As4Posting(SSLContext.getDefault(), waiting);
    }

    @AfterEach
    void stop() throws Exception {
        assertThat(isBodyClosed).isTrue();
        posting.close();
        for (Socket socket : open) {
            socket.close();
        }
        server.close();
        waiting.shutdownNow();
    }

    private void answers(String answer) {
        waiting.execute(() -> {
            try {
                Socket socket = server.accept();
                open.add(socket);
                socket.getInputStream().read();
                socket.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
                socket.getOutputStream().flush();
            } catch (IOException closed) {
                assertThat(server.isClosed()).isTrue();
            }
        });
    }

    private As4Posting.Answer post(Duration most) throws Exception {
        return post(most, () -> {});
    }

    private As4Posting.Answer post(Duration most, As4Posting.Admitted admitted) throws Exception {
        var body = new ByteArrayInputStream("message".getBytes(StandardCharsets.US_ASCII)) {
            @Override
            public void close() {
                isBodyClosed.set(true);
            }
        };
        return posting.post(
                URI.create("http://localhost:" + server.getLocalPort() + "/as4"),
                new As4Writer.Parcel("text/plain", 7, body),
                SHORT.dividedBy(2),
                () -> toldSlow.set(true),
                most,
                admitted);
    }

    @Test
    void whoeverIsShutOutMeanwhileIsNotPostedTo() {
        answers("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n<");
        assertThatThrownBy(() -> post(LONG, () -> {
                    throw new As4Posting.ShutOut();
                }))
                .isInstanceOf(As4Posting.ShutOut.class);
    }

    @Test
    void anAnswerIsGivenWhole() throws Exception {
        answers("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
        assertThat(post(LONG).body()).asString(StandardCharsets.US_ASCII).isEqualTo("ok");
    }

    @Test
    void anAnswerThatStopsInItsBodyIsGivenUp() {
        answers("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n<");
        assertThatThrownBy(() -> post(SHORT)).isInstanceOf(IOException.class).hasMessageContaining("no whole answer");
        assertThat(toldSlow).isTrue();
    }

    @Test
    void anAnswerWithoutEndIsNotHeld() {
        answers("HTTP/1.1 200 OK\r\nContent-Length: 400000\r\n\r\n" + " ".repeat(400_000));
        assertThatThrownBy(() -> post(LONG)).isInstanceOf(IOException.class).hasMessageContaining("no whole answer");
    }

    @Test
    void anErrorOfTheGatewayIsNoAnswer() {
        answers("HTTP/1.1 500 Oops\r\nContent-Length: 0\r\n\r\n");
        assertThatThrownBy(() -> post(LONG))
                .isInstanceOf(IOException.class)
                .isNotInstanceOf(As4Posting.Unreachable.class)
                .hasMessageContaining("500");
    }

    @Test
    void nobodyThereIsToldApart() throws Exception {
        server.close();
        assertThatThrownBy(() -> post(LONG)).isInstanceOf(As4Posting.Unreachable.class);
    }
}
