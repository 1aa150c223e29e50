package aiguillage.bench.server;

import aiguillage.config.ConfigReader;
import aiguillage.gateway.Gateway;
import aiguillage.gateway.GatewayConfig;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;

/// A gateway in a process of its own. Says `ready` once it takes documents, and the port of its local door
/// when it has one.
public final class GatewayProcess {

    /// As the launcher starts a gateway.
    public static final List<String> OPTIONS = List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");

    private GatewayProcess() {}

    /// @param arguments its `gateway.yaml`
    public static void main(String[] arguments) throws Exception {
        var config = new ConfigReader().file(Path.of(arguments[0]), GatewayConfig.class);
        try (Gateway gateway = Gateway.start(config.value(), InstantSource.system())) {
            gateway.ended().exceptionally(GatewayProcess::stop);
            Child.say(gateway.door().map(door -> "ready " + door.getPort()).orElse("ready"));
            System.in.transferTo(OutputStream.nullOutputStream());
        }
    }

    private static Void stop(Throwable cause) {
        cause.printStackTrace();
        Runtime.getRuntime().halt(1);
        throw new AssertionError("halted");
    }
}
