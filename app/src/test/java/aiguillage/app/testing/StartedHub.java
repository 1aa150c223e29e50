package aiguillage.app.testing;

import aiguillage.config.ConfigReader;
import aiguillage.hub.Hub;
import aiguillage.hub.HubConfig;
import aiguillage.hub.settings.HubSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicReference;

/// A hub started from the files of `aiguillage init` as they stand.
public final class StartedHub implements AutoCloseable {

    private static final int PORTS_TRIED_MAX = 100;

    private final Path folder;
    private final AtomicReference<Throwable> failure = new AtomicReference<>();
    private Hub hub;

    /// @param folder empty or new
    public StartedHub(Path folder) throws Exception {
        this.folder = folder;
        must(Ran.command(
                "init", folder, "--main", free(), "--enrolment", free(), "--operations", free(), "--console", free()));
        must(Ran.command("ca", "init", "--folder", folder.resolve("ca")));
        hub = start();
    }

    private Hub start() throws Exception {
        HubConfig config = new ConfigReader().file(yaml(), HubConfig.class).value();
        return Hub.start(config, InstantSource.system(), failure::set);
    }

    private static void must(Ran ran) {
        if (ran.exit() != 0) {
            throw new AssertionError(ran);
        }
    }

    /// An address that a later listener can have: the commands read it from the file, so it cannot be port 0.
    /// Below the ports that systems give to outgoing connections.
    public static String free() throws IOException {
        IOException last = new IOException("no port tried");
        for (int i = 0; i < PORTS_TRIED_MAX; i++) {
            int port = ThreadLocalRandom.current().nextInt(10_000, 20_000);
            try (var _ = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return "127.0.0.1:" + port;
            } catch (IOException taken) {
                last = taken;
            }
        }
        throw last;
    }

    public String mainUri() {
        return "https://localhost:" + hub.mainPort();
    }

    public String enrolmentUri() {
        return "https://localhost:" + hub.enrolmentPort();
    }

    public String operationsUri() {
        return "http://127.0.0.1:" + hub.operationsPort();
    }

    /// What operators have set, as the console does.
    public HubSettings settings() {
        return hub.inside().settings();
    }

    public Path yaml() {
        return folder.resolve("hub.yaml");
    }

    public Path file(String name) {
        return folder.resolve(name);
    }

    /// Stops the hub and starts it again from the same files.
    public void restart() throws Exception {
        hub.close();
        hub = start();
    }

    public void stop() {
        hub.close();
    }

    /// Closes the hub, and fails if it had to stop by itself.
    @Override
    public void close() {
        hub.close();
        if (failure.get() != null) {
            throw new AssertionError("the hub stopped by itself", failure.get());
        }
    }
}
