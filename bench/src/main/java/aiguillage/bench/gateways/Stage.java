package aiguillage.bench.gateways;

import aiguillage.bench.Settings;
import aiguillage.bench.server.Child;
import aiguillage.bench.server.HubProcess;
import aiguillage.bench.server.OpenFiles;
import aiguillage.bench.server.Server;
import aiguillage.bench.server.Site;
import java.io.IOException;
import java.util.List;

/// A hub and its gateways, each in a process of its own.
final class Stage implements AutoCloseable {

    /// So many handshakes are under way at the same time while a stage is set up.
    static final int SET_UP_AT_ONCE = 64;

    private static final List<String> GATEWAY_OPTIONS = List.of("-Xmx3g");

    private final Site site;
    private final List<String> options;
    private final Child gateways;
    private Child hub;
    private int port;

    /// @param perDealer how many gateways one dealer has; a hub lets it have four streams
    Stage(Settings settings, String name, int count, int perDealer) throws IOException {
        OpenFiles.require(2 * count, name);
        site = Site.create(settings.folder(), GatewaysProcess.dealers(count / perDealer));
        options = settings.serverOptions();
        gateways = Child.start(GatewaysProcess.class, GATEWAY_OPTIONS, site.folder(), count / perDealer);
        hub = Child.start(HubProcess.class, options, site.folder());
        gateways.answer();
        port = port(hub);
    }

    private static int port(Child server) throws IOException {
        return Integer.parseInt(server.answer().split(" ", 2)[0]);
    }

    int hubPort() {
        return port;
    }

    long hubPid() {
        return hub.pid();
    }

    /// Another server on the same site.
    Server start(Class<?> main) throws IOException {
        return Server.start(main, options, site.folder());
    }

    /// Stops the hub and starts it again on the same data, at another port.
    void restartHub() throws IOException {
        hub.close();
        hub = Child.start(HubProcess.class, options, site.folder());
        port = port(hub);
    }

    /// Has the gateways do something, and returns what they answer.
    String order(Object... words) throws IOException {
        return gateways.ask(words);
    }

    /// The same for answers that are numbers.
    double[] numbers(Object... words) throws IOException {
        return gateways.numbers(words);
    }

    @Override
    public void close() {
        gateways.close();
        hub.close();
    }
}
