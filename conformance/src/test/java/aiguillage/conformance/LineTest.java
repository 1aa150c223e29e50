package aiguillage.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import aiguillage.conformance.listen.Line;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// The line passes every byte, until it is told to break.
@Timeout(30)
class LineTest {

    private ServerSocket hub;
    private Line line;

    @BeforeEach
    void open() throws IOException {
        hub = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        line = new Line(0, hub.getLocalPort());
    }

    @AfterEach
    void close() throws IOException {
        line.close();
        hub.close();
    }

    private Socket dealer() throws IOException {
        return new Socket(InetAddress.getLoopbackAddress(), line.port());
    }

    @Test
    void itPassesBothWays() throws IOException {
        try (Socket dealer = dealer();
                Socket accepted = hub.accept()) {
            dealer.getOutputStream().write(new byte[] {1, 2, 3});
            assertThat(accepted.getInputStream().readNBytes(3)).containsExactly(1, 2, 3);
            accepted.getOutputStream().write(4);
            assertThat(dealer.getInputStream().read()).isEqualTo(4);
            assertThat(line.isBroken()).isFalse();
            assertThat(line.attempts()).isEqualTo(1);
        }
    }

    @Test
    void itBreaksAfterSoManyBytes() throws IOException {
        try (Socket dealer = dealer();
                Socket accepted = hub.accept()) {
            line.make(Line.Kind.BREAKS, 2);
            dealer.getOutputStream().write(new byte[] {1, 2, 3, 4});
            assertThat(accepted.getInputStream().readAllBytes()).containsExactly(1, 2);
            assertThat(line.isBroken()).isTrue();
        }
    }

    @Test
    void itLosesTheAnswerToWhatCameWhole() throws IOException {
        try (Socket dealer = dealer();
                Socket accepted = hub.accept()) {
            line.make(Line.Kind.LOSES_ANSWERS, 3);
            dealer.getOutputStream().write(new byte[] {1, 2, 3});
            assertThat(accepted.getInputStream().readNBytes(3)).containsExactly(1, 2, 3);
            accepted.getOutputStream().write(4);
            accepted.getOutputStream().flush();
            assertThat(line.isBroken()).isTrue();
            line.mend();
            assertThat(ended(dealer)).isTrue();
            assertThat(line.isBroken()).isFalse();
        }
    }

    /// Whoever opens more than there is room for keeps nobody out for longer than he keeps them open.
    @Test
    void aCrowdFindsRoomForSixtyFourAndItsPlacesAreFreeAgain() throws IOException {
        List<Socket> crowd = new ArrayList<>();
        try (var many = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
                var narrow = new Line(0, many.getLocalPort())) {
            many.setSoTimeout(500);
            for (int i = 0; i < 80; i++) {
                crowd.add(new Socket(InetAddress.getLoopbackAddress(), narrow.port()));
            }
            List<Socket> let = letIn(many);
            crowd.addAll(let);
            assertThat(let).hasSize(64);
            for (Socket one : crowd) {
                one.close();
            }
            List<Socket> again = List.of();
            for (int i = 0; i < 10 && again.isEmpty(); i++) { // places are freed a moment later
                crowd.add(new Socket(InetAddress.getLoopbackAddress(), narrow.port()));
                again = letIn(many);
                crowd.addAll(again);
            }
            assertThat(again).isNotEmpty();
        } finally {
            for (Socket one : crowd) {
                one.close();
            }
        }
    }

    private static List<Socket> letIn(ServerSocket hub) throws IOException {
        List<Socket> let = new ArrayList<>();
        try {
            while (true) {
                let.add(hub.accept());
            }
        } catch (SocketTimeoutException nobodyElse) {
            return let;
        }
    }

    private static boolean ended(Socket socket) {
        try {
            return socket.getInputStream().read() < 0;
        } catch (IOException reset) {
            return true;
        }
    }
}
