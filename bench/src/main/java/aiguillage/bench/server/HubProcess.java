package aiguillage.bench.server;

import aiguillage.hub.Hub;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.InstantSource;

/// A hub in a process of its own. Says its [Ports] once it is open.
public final class HubProcess {

    private HubProcess() {}

    /// Where a hub listens.
    public record Ports(int main, int operations, int sftp) {

        /// The first answer of a hub that was just started.
        public static Ports of(Child hub) throws IOException {
            String[] ports = hub.answer().split(" ", 3);
            return new Ports(Integer.parseInt(ports[0]), Integer.parseInt(ports[1]), Integer.parseInt(ports[2]));
        }
    }

    /// @param arguments the site's folder
    public static void main(String[] arguments) {
        var site = new Site(Path.of(arguments[0]));
        try (Hub hub = Hub.start(site.config(), InstantSource.system(), HubProcess::stop)) {
            Child.say(hub.mainPort() + " " + hub.operationsPort() + " " + hub.sftpPort());
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
