package aiguillage.hub.door.call;

import static org.assertj.core.api.Assertions.assertThat;

import aiguillage.hub.testing.RunningHub;
import java.io.ByteArrayInputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// A body whose length is not announced is found too large only while it goes into its file.
@Timeout(60)
class LengthUnknownTest {

    @ParameterizedTest
    @EnumSource(names = {"HTTP_1_1", "HTTP_2"})
    void aBodyThatGrowsTooLargeIsRefusedAndNothingIsKept(HttpClient.Version version, @TempDir Path folder)
            throws Exception {
        String flows = RunningHub.FLOWS.replace("payload-max: 1kB", "payload-max: 300kB");
        try (var hub = new RunningHub(folder, flows, InstantSource.system());
                HttpClient dealer = hub.client("dealer-7")) {
            assertThat(submitted(hub, dealer, version, "fits", 300_000)).isEqualTo(201);
            assertThat(submitted(hub, dealer, version, "too-large", 400_000)).isEqualTo(413);
            try (Stream<Path> files = Files.list(hub.data().payloads())) {
                assertThat(files).as("that of the one that fits").hasSize(1);
            }
        }
    }

    private static int submitted(RunningHub hub, HttpClient dealer, HttpClient.Version version, String id, int bytes)
            throws Exception {
        HttpRequest note = hub.submission("dealer-7", "opel/note", id, new byte[0])
                .version(version)
                .POST(HttpRequest.BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(new byte[bytes])))
                .build();
        return dealer.send(note, HttpResponse.BodyHandlers.ofString()).statusCode();
    }
}
