package aiguillage.console;

import aiguillage.console.alerts.AlertPages;
import aiguillage.console.alerts.MaintenancePages;
import aiguillage.console.document.DocumentPages;
import aiguillage.console.find.FindPages;
import aiguillage.console.find.Palette;
import aiguillage.console.flows.ChangePages;
import aiguillage.console.flows.Drafts;
import aiguillage.console.flows.FlowsPages;
import aiguillage.console.key.SecurityKeys;
import aiguillage.console.ledger.LedgerPages;
import aiguillage.console.overview.OverviewPages;
import aiguillage.console.parties.BulkPages;
import aiguillage.console.parties.PartiesPages;
import aiguillage.console.people.FirstOperator;
import aiguillage.console.people.PeoplePages;
import aiguillage.console.prices.PricesPages;
import aiguillage.console.session.Sessions;
import aiguillage.console.start.StartPages;
import aiguillage.console.trouble.TroublePages;
import aiguillage.console.web.Behind;
import aiguillage.console.web.Confirmation;
import aiguillage.console.web.Live;
import aiguillage.console.web.LookPages;
import aiguillage.console.web.Route;
import aiguillage.console.web.SavedViews;
import aiguillage.console.web.Templates;
import aiguillage.console.web.WebServer;
import aiguillage.hub.HubConfig;
import aiguillage.hub.Inside;
import aiguillage.pki.Credential;
import aiguillage.pki.tls.MutualTls;
import aiguillage.pki.tls.PartyKeyManager;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;

/// The console of a running hub: its rooms, put together. [#open] opens it, [#close] closes it.
public final class Console implements AutoCloseable {

    private final Inside hub;
    private final Sessions sessions;
    private final SecureRandom random = new SecureRandom();
    private final Live live;
    private final WebServer server;

    private Console(Inside hub, HubConfig.Console config, UnaryOperator<Confirmation> confirmation) throws Exception {
        this.hub = hub;
        sessions = new Sessions(hub.operators(), random, hub.parts().clock());
        live = new Live(sessions);
        InetSocketAddress address = config.listen().socketAddress();
        boolean isPlain = address.getAddress() != null && address.getAddress().isLoopbackAddress();
        server = new WebServer(
                address,
                isPlain ? null : tls(hub, config),
                config.origin() == null ? null : origin(config.origin()),
                origin -> rooms(origin, confirmation),
                sessions,
                hub.parts(),
                hub.settings(),
                new Behind(
                        hub.reach().operations(),
                        hub.data().operatorToken().toAbsolutePath().normalize()));
    }

    /// Without what some write behind it: browsers do not.
    private static String origin(URI typed) {
        return (typed.getScheme() + "://" + typed.getAuthority()).toLowerCase(Locale.ROOT);
    }

    private static SSLContext tls(Inside hub, HubConfig.Console config) throws Exception {
        Path certificate = config.certificate();
        Path key = config.key();
        if (certificate == null || key == null) {
            return hub.tls();
        }
        var context = SSLContext.getInstance(MutualTls.PROTOCOL);
        context.init(
                new KeyManager[] {new PartyKeyManager(Credential.read(key, certificate))},
                new TrustManager[0], // a browser shows no certificate
                new SecureRandom());
        return context;
    }

    /// Opens the console.
    ///
    /// @throws Exception when its address is in use or not ours, or its certificate cannot be read
    public static Console open(Inside hub, HubConfig.Console config) throws Exception {
        return new Console(hub, config, UnaryOperator.identity());
    }

    /// Opens the console with another way to confirm.
    public static Console open(Inside hub, HubConfig.Console config, Confirmation confirmation) throws Exception {
        return new Console(hub, config, _ -> confirmation);
    }

    /// The link by which the first operator makes a key; empty when somebody can sign in already. A new one
    /// each time.
    ///
    /// @throws IOException when its file cannot be written
    public Optional<String> firstLink() throws IOException {
        return new FirstOperator(hub).link(server.origin());
    }

    /// Where it is, as browsers write it.
    public String origin() {
        return server.origin();
    }

    private WebServer.Rooms rooms(String origin, UnaryOperator<Confirmation> confirmation) {
        var keys = new SecurityKeys(
                hub.operators(),
                origin,
                hub.parts().name().value(),
                random,
                hub.parts().clock());
        var people = new PeoplePages(hub, sessions, keys, origin);
        var routes = new ArrayList<>(people.routes());
        routes.addAll(routes());
        return new WebServer.Rooms(routes, confirmation.apply(people.confirmation()));
    }

    private List<Route> routes() {
        var routes = new ArrayList<Route>();
        routes.addAll(LookPages.routes());
        routes.addAll(new OverviewPages(hub, live).routes());
        var drafts = new Drafts(hub.parts().clock());
        routes.addAll(new FlowsPages(hub).routes());
        routes.addAll(new ChangePages(hub, drafts).routes());
        routes.addAll(new StartPages(hub, sessions, drafts, new Templates()).routes());
        routes.addAll(new TroublePages(hub).routes());
        routes.addAll(new PricesPages(hub, live, random).routes());
        routes.addAll(new FindPages(hub).routes());
        routes.addAll(new Palette(hub).routes());
        routes.addAll(new DocumentPages(hub).routes());
        routes.addAll(new LedgerPages(hub).routes());
        routes.addAll(new AlertPages(hub, random).routes());
        routes.addAll(new MaintenancePages(hub).routes());
        routes.addAll(new SavedViews(hub.settings()).routes());
        routes.addAll(new BulkPages(hub, drafts).routes());
        routes.addAll(new PartiesPages(hub).routes());
        return routes;
    }

    /// All addresses there are.
    public List<Route> addresses() {
        return server.routes();
    }

    /// The sessions that are open.
    public Sessions sessions() {
        return sessions;
    }

    /// The pages that are kept up to date.
    public Live live() {
        return live;
    }

    public int port() {
        return server.port();
    }

    @Override
    public void close() {
        live.close();
        server.close();
    }
}
