package aiguillage.console.overview;

import static org.assertj.core.api.Assertions.assertThat;

import aiguillage.console.session.Sessions;
import aiguillage.console.testing.ConsoleSite;
import aiguillage.console.testing.PlainBrowser;
import aiguillage.console.web.Live;
import aiguillage.hub.operators.Operator;
import aiguillage.hub.operators.Rank;
import aiguillage.hub.testing.RunningHub;
import aiguillage.hub.testing.TestClock;
import aiguillage.hub.testing.Until;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Pages that are kept up to date.
class LiveTest {

    private static final Operator EVE = ConsoleSite.operator("eve", Rank.SEE, "opel");

    private ConsoleSite site;

    @BeforeEach
    void start(@TempDir Path folder) throws Exception {
        site = new ConsoleSite(folder);
    }

    @AfterEach
    void stop() throws Exception {
        site.close();
    }

    private Socket looking(String token) throws Exception {
        return looking(site, token);
    }

    private static Socket looking(ConsoleSite site, String token) throws Exception {
        var socket = new Socket(InetAddress.getLoopbackAddress(), site.console().port());
        socket.setSoTimeout(20_000);
        socket.getOutputStream()
                .write(("GET /overview/live HTTP/1.1\r\nHost: localhost\r\nCookie: __Host-session=" + token
                                + "\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    private static BufferedReader reader(Socket socket) throws Exception {
        return new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
    }

    private static String upTo(BufferedReader in, String wanted) throws Exception {
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            if (line.contains(wanted)) {
                return line;
            }
        }
        throw new AssertionError("the answer ended before: " + wanted);
    }

    @Test
    void thePageIsToldAnewByItself() throws Exception {
        try (Socket socket = looking(site.signIn(EVE))) {
            BufferedReader in = reader(socket);
            upTo(in, "text/event-stream");
            upTo(in, "event: view");
            upTo(in, "data: ");
            upTo(in, "event: view");
        }
    }

    @Test
    void whoIsSignedOutLooksNoLonger() throws Exception {
        String token = site.signIn(EVE);
        try (Socket socket = looking(token)) {
            BufferedReader in = reader(socket);
            upTo(in, "event: view");
            site.console().sessions().end(token);
            String line = in.readLine();
            while (line != null && !line.equals("0")) {
                line = in.readLine(); // up to the last chunk
            }
            assertThat(line).isEqualTo("0");
        }
    }

    @Test
    void nobodyIsToldToAskAgainInVain() throws Exception {
        try (PlainBrowser stranger = site.stranger()) {
            assertThat(stranger.get("/overview/live").statusCode()).isEqualTo(401);
            assertThat(stranger.get("/start/first").statusCode()).isEqualTo(401);
        }
    }

    @Test
    void askingForAStreamKeepsNoSessionOpen(@TempDir Path folder) throws Exception {
        var clock = new TestClock(Instant.now());
        try (var own = new ConsoleSite(new RunningHub(folder, RunningHub.FLOWS, clock))) {
            String token = own.signIn(EVE);
            clock.advance(Sessions.IDLE_MAX.minusSeconds(1));
            try (Socket socket = looking(own, token)) {
                upTo(reader(socket), "text/event-stream");
            }
            clock.advance(Duration.ofSeconds(1));
            assertThat(own.console().sessions().look(token)).isEmpty();
        }
    }

    @Test
    void oneSessionLeavesRoomForOthers() throws Exception {
        String token = site.signIn(EVE);
        var open = new ArrayList<Socket>();
        try {
            for (int i = 0; i < Live.EACH_MAX; i++) {
                open.add(looking(token));
            }
            Until.holds("all look", () -> site.console().live().viewers() == Live.EACH_MAX);
            try (Socket further = looking(token);
                    Socket other = looking(site.signIn(EVE))) {
                upTo(reader(further), " 429 ");
                upTo(reader(other), "event: view");
            }
        } finally {
            for (Socket socket : open) {
                socket.close();
            }
        }
    }

    @Test
    void lookingOnKeepsNoSessionOpen() throws Exception {
        String token = site.signIn(EVE);
        assertThat(site.console().sessions().look(token)).isPresent();
        site.console().sessions().end(token);
        assertThat(site.console().sessions().look(token)).isEmpty();
    }

    @Test
    void whoReadsNothingHoldsUpNobody() throws Exception {
        String token = site.signIn(EVE);
        String other = site.signIn(EVE);
        var silent = new ArrayList<Socket>();
        try {
            for (int i = 0; i < 20; i++) {
                silent.add(looking(i % 2 == 0 ? token : other));
            }
            Until.holds("all look", () -> site.console().live().viewers() == 20);
            try (Socket socket = looking(site.signIn(EVE))) {
                BufferedReader in = reader(socket);
                upTo(in, "event: view");
                upTo(in, "event: view");
            }
        } finally {
            for (Socket socket : silent) {
                socket.close();
            }
        }
    }
}
