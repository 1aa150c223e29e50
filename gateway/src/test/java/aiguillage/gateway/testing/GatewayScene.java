package aiguillage.gateway.testing;

import aiguillage.config.ConfigReader;
import aiguillage.gateway.Gateway;
import aiguillage.gateway.GatewayConfig;
import aiguillage.protocol.PartyId;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A whole gateway in a folder: its configuration, its identity, and its DMS's folders.
public final class GatewayScene {

    public static final PartyId DEALER = new PartyId("dealer-7");

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration LOOK = Duration.ofMillis(5);

    private final Path root;
    private final Path file;

    public GatewayScene(Path root, TestAuthority authority, URI... hubs) throws IOException {
        this(root, authority, "", hubs);
    }

    /// With more settings, as YAML.
    public GatewayScene(Path root, TestAuthority authority, String more, URI... hubs) throws IOException {
        this(root, DEALER, "opel, fiat", more, hubs);
        authority.enrol(DEALER, root.resolve("data"));
    }

    /// Of any party; its identity is not there yet.
    public GatewayScene(Path root, PartyId party, String brands, String more, URI... hubs) throws IOException {
        this.root = Files.createDirectories(root);
        this.file = root.resolve("gateway.yaml");
        String addresses = Stream.of(hubs).map(URI::toString).collect(Collectors.joining(", "));
        Files.writeString(file, """
                party: %s
                hubs:
                  - name: main
                    addresses: [%s]
                    brands: [%s]
                settle: 0ms
                look: 100ms
                free-space-min: 1MB
                door: { listen: "127.0.0.1:0" }
                line: { silence-max: 45s, retry-first: 10ms, retry-longest: 200ms }
                %s
                """.formatted(party, addresses, brands, more));
    }

    public Path file() {
        return file;
    }

    public Path data() {
        return root.resolve("data");
    }

    public Path dms(String... below) {
        return Path.of(root.resolve("dms").toString(), below);
    }

    public GatewayConfig config() {
        return new ConfigReader().file(file, GatewayConfig.class).value();
    }

    public Gateway start() throws IOException, InterruptedException {
        return Gateway.start(config(), InstantSource.system());
    }

    /// The DMS puts a complete file into `out`.
    public void put(String brand, String kind, String name, String content) throws IOException {
        Path folder = Files.createDirectories(dms(brand, "out", kind));
        Path unfinished = folder.resolve(name + ".tmp");
        Files.writeString(unfinished, content);
        Files.move(unfinished, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE);
    }

    public static List<String> names(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return List.of();
        }
        try (var files = Files.list(folder)) {
            return files.map(f -> f.getFileName().toString()).sorted().toList();
        }
    }

    /// Waits until this is so.
    public static void until(String what, Callable<Boolean> condition) throws Exception {
        until(what, PATIENCE, LOOK, condition);
    }

    /// Waits until this is so.
    ///
    /// @param patience a safety net
    /// @param look how often to look
    public static void until(String what, Duration patience, Duration look, Callable<Boolean> condition)
            throws Exception {
        Instant deadline = Instant.now().plus(patience);
        while (!condition.call()) {
            if (Instant.now().isAfter(deadline)) {
                throw new AssertionError("not in " + patience.toSeconds() + " s: " + what);
            }
            LockSupport.parkNanos(look.toNanos());
        }
    }
}
