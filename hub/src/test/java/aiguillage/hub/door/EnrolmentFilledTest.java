package aiguillage.hub.door;

import static org.assertj.core.api.Assertions.assertThat;

import aiguillage.config.Bytes;
import aiguillage.hub.HubConfig;
import aiguillage.hub.testing.RawConnection;
import aiguillage.hub.testing.RunningHub;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Anybody may connect to the enrolment listener, and hold as many connections as it takes.
class EnrolmentFilledTest {

    private static final int CONNECTIONS_MAX = 10;

    /// Before the hub gives up the handshakes that do not get on.
    private static final Duration SOON = Sweeper.HANDSHAKE_MAX.dividedBy(2);

    @Test
    @Timeout(60)
    void strangersThatFillTheEnrolmentListenerKeepNoPartyOut(@TempDir Path folder) throws Exception {
        HubConfig usual = RunningHub.config(folder, RunningHub.FLOWS, InstantSource.system());
        HubConfig config = RunningHub.limitedTo(new HubConfig.Limits(Bytes.of("1MB"), CONNECTIONS_MAX), usual);
        try (var hub = new RunningHub(config, InstantSource.system());
                HttpClient dealer = hub.client("dealer-7")) {
            List<RawConnection> strangers = new ArrayList<>();
            try {
                for (int i = 0; i < CONNECTIONS_MAX + 2; i++) {
                    strangers.add(
                            RawConnection.plain(hub.enrolmentUri("/").getPort()).send("\u0016\u0003\u0001"));
                }
                HttpRequest note = hub.submission("dealer-7", "opel/note", "note-1", new byte[] {1})
                        .timeout(SOON)
                        .build();
                assertThat(dealer.send(note, HttpResponse.BodyHandlers.ofString())
                                .statusCode())
                        .isEqualTo(201);
            } finally {
                for (RawConnection stranger : strangers) {
                    stranger.close();
                }
            }
        }
    }
}
