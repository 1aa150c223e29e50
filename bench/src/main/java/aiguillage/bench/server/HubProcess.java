package aiguillage.bench.server;

import aiguillage.hub.Hub;
import aiguillage.hub.HubConfig;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;

/// A hub in a process of its own. Says its [Ports] once it is open.
public final class HubProcess {

    /// An argument: with every door open.
    public static final String DOORS = "doors";

    private HubProcess() {}

    /// Where a hub listens; 0 for doors that are closed.
    public record Ports(int main, int operations, int sftp, int ftps) {

        /// The first answer of a hub that was just started.
        public static Ports of(Child hub) throws IOException {
            String[] ports = hub.answer().split(" ", 4);
            return new Ports(
                    Integer.parseInt(ports[0]),
                    Integer.parseInt(ports[1]),
                    Integer.parseInt(ports[2]),
                    Integer.parseInt(ports[3]));
        }
    }

    /// @param arguments the site's folder; then [#DOORS], or nothing
    public static void main(String[] arguments) {
        var site = new Site(Path.of(arguments[0]));
        HubConfig config = List.of(arguments).contains(DOORS) ? site.configWithDoors() : site.config();
        try (Hub hub = Hub.start(config, InstantSource.system(), HubProcess::stop)) {
            Child.say(hub.mainPort() + " " + hub.operationsPort() + " " + hub.sftpPort() + " " + hub.ftpsPort());
            awaitEnd();
        } catch (Exception | LinkageError e) {
            stop(e);
        }
    }

    /// Waits until whoever started this process wants it to end.
    private static void awaitEnd() throws IOException {
        System.in.transferTo(OutputStream.nullOutputStream());
    }

    private static void stop(Throwable cause) {
        cause.printStackTrace();
        Runtime.getRuntime().halt(1);
    }
}
