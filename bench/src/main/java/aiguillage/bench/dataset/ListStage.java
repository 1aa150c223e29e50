package aiguillage.bench.dataset;

import aiguillage.bench.Settings;
import aiguillage.bench.server.Child;
import aiguillage.bench.server.HubProcess;
import aiguillage.bench.server.OpenFiles;
import aiguillage.bench.server.Server;
import aiguillage.bench.server.Site;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/// A hub, a price list published at it, and the gateways that have it, each in a process of its own.
final class ListStage implements AutoCloseable {

    /// The query of a file that says what changes.
    static final String DELTA = "delta=true";

    /// A replica's tables, and what else it opens.
    private static final int FILES_OF_A_REPLICA = 72;

    private static final List<String> GATEWAY_OPTIONS = List.of("-Xmx3g");

    private final Site site;
    private final List<String> options;
    private final PartsList list;
    private final Child hub;
    private final Child gateways;
    private final int port;
    private final double firstSeconds;
    private int files;

    /// Publishes the list, and connects nobody yet.
    ///
    /// @param full how many gateways have a whole replica
    /// @param light how many have not
    ListStage(Settings settings, String name, int rows, int full, int light) throws IOException {
        OpenFiles.require(2 * light + FILES_OF_A_REPLICA * full, name);
        site = Site.withLists(settings.folder(), full + light);
        options = settings.serverOptions();
        list = new PartsList(rows);
        hub = Child.start(HubProcess.class, options, site.folder());
        gateways = Child.start(ReplicasProcess.class, GATEWAY_OPTIONS, site.folder(), full, light);
        port = Integer.parseInt(hub.answer().split(" ", 2)[0]);
        gateways.answer();
        firstSeconds = new Publisher(site, port)
                .publish(Site.PRICES, list.write(file()), "")
                .seconds();
    }

    /// Brings the list to all whole replicas, and connects all gateways.
    void open() throws IOException {
        order("open", port, list.part(0));
    }

    Site site() {
        return site;
    }

    /// How long it took to publish the whole list.
    double firstSeconds() {
        return firstSeconds;
    }

    PartsList list() {
        return list;
    }

    /// A file that is not there yet.
    Path file() {
        return site.folder().resolve("list-" + files++ + ".csv");
    }

    /// A file that makes so many rows dearer.
    Path dearer(int count) throws IOException {
        return list.write(file(), list.dearer(count));
    }

    /// Another server on the same site.
    Server start(Class<?> main) throws IOException {
        return Server.start(main, options, site.folder());
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
