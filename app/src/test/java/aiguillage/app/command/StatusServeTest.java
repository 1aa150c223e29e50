package aiguillage.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import aiguillage.app.testing.Ran;
import aiguillage.app.testing.StartedHub;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The public status stays up when the hub's machine does not: real processes, one of them killed.
class StatusServeTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    private Path folder;

    private final List<Process> running = new ArrayList<>();

    @AfterEach
    void stop() throws Exception {
        for (Process process : running) {
            process.destroyForcibly();
            assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        }
    }

    private Process started(String name, String... arguments) throws IOException {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                "aiguillage.app.Main"));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve(name + ".log").toFile())
                .start();
        running.add(process);
        return process;
    }

    private String until(HttpClient client, URI uri, Predicate<String> wanted) throws Exception {
        Instant end = Instant.now().plus(PATIENCE);
        String last = "";
        while (Instant.now().isBefore(end)) {
            try {
                last = client.send(HttpRequest.newBuilder(uri).timeout(PATIENCE).build(), BodyHandlers.ofString())
                        .body();
                if (wanted.test(last)) {
                    return last;
                }
            } catch (IOException notYet) {
                last = notYet.toString();
            }
            LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
        }
        throw new AssertionError("not in " + PATIENCE + ": " + uri + " says " + last + "\n"
                + Files.readString(folder.resolve("hub.log")) + "\n" + Files.readString(folder.resolve("status.log")));
    }

    @Test
    void theStatusIsToldWhenTheHubWasKilled() throws Exception {
        Path home = folder.resolve("hub");
        String enrolment = StartedHub.free();
        assertThat(Ran.command(
                                "init",
                                home,
                                "--main",
                                StartedHub.free(),
                                "--enrolment",
                                enrolment,
                                "--operations",
                                StartedHub.free())
                        .exit())
                .isZero();
        assertThat(Ran.command("ca", "init", "--folder", home.resolve("ca")).exit())
                .isZero();
        String listen = StartedHub.free();
        Process hub = started(
                "hub", "hub", "run", "--config", home.resolve("hub.yaml").toString(), "--log", "text");
        started(
                "status",
                "status",
                "serve",
                "--hubs",
                "https://localhost" + enrolment.substring(enrolment.indexOf(':')),
                "--root",
                home.resolve("ca/root/certificate.pem").toString(),
                "--listen",
                listen,
                "--every",
                "1");
        try (HttpClient client = HttpClient.newHttpClient()) {
            URI feed = URI.create("http://" + listen + "/status.json");
            String working = until(client, feed, text -> text.contains("{\"state\":\"working\""));
            assertThat(working).doesNotContain("silentSince");
            hub.destroyForcibly();
            assertThat(hub.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
            String down = until(client, feed, text -> text.contains("{\"state\":\"down\""));
            assertThat(down).contains("silentSince", "\"status\":{\"hub\":");
            HttpResponse<String> page = client.send(
                    HttpRequest.newBuilder(URI.create("http://" + listen + "/")).build(), BodyHandlers.ofString());
            assertThat(page.body())
                    .contains("Aucun hub ne répond, depuis le", "No hub answers, since")
                    .contains("Tout fonctionne, depuis le");
            assertThat(page.headers().firstValue("Cache-Control")).contains("public, max-age=15");
        }
    }

    @Test
    void whatIsNoHubIsRefusedAtOnce() {
        Ran ran = Ran.command("status", "serve", "--hubs", "http://hub.example.com");
        assertThat(ran.exit()).isEqualTo(2);
        assertThat(ran.err()).contains("https://<host>:<port>");
    }
}
