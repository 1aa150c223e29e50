package aiguillage.gateway.testing;

import aiguillage.config.ConfigReader;
import aiguillage.gateway.Gateway;
import aiguillage.gateway.GatewayConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;

/// A gateway in a process of its own, to be killed.
public final class GatewayProcess {

    private GatewayProcess() {}

    public static void main(String[] arguments) throws Exception {
        var config = new ConfigReader().file(Path.of(arguments[0]), GatewayConfig.class);
        try (Gateway gateway = Gateway.start(config.value(), InstantSource.system())) {
            gateway.ended().get();
        }
    }

    /// Starts one.
    public static Process start(GatewayScene scene) throws IOException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        List<String> command = List.of(
                java,
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx256m",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                GatewayProcess.class.getName(),
                scene.file().toString());
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        scene.data().resolve("process.log").toFile()))
                .start();
    }
}
