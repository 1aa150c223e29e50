package aiguillage.console;

import aiguillage.console.document.DocumentPages;
import aiguillage.console.find.FindPages;
import aiguillage.console.ledger.LedgerPages;
import aiguillage.console.flows.ChangePages;
import aiguillage.console.flows.Drafts;
import aiguillage.console.flows.FlowsPages;
import aiguillage.console.overview.OverviewPages;
import aiguillage.console.prices.PricesPages;
import aiguillage.console.session.Sessions;
import aiguillage.console.start.StartPages;
import aiguillage.console.trouble.TroublePages;
import aiguillage.console.web.Confirmation;
import aiguillage.console.web.Live;
import aiguillage.console.web.LookPages;
import aiguillage.console.web.Route;
import aiguillage.console.web.Templates;
import aiguillage.console.web.WebServer;
import aiguillage.hub.HubConfig;
import aiguillage.hub.Inside;
import aiguillage.hub.problem.Problem;
import aiguillage.hub.problem.Refused;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;

/// The console of a running hub: its rooms, put together. [#open] opens it, [#close] closes it.
public final class Console implements AutoCloseable {

    private final Sessions sessions;
    private final Live live;
    private final WebServer server;

    private Console(Inside hub, HubConfig.Console config, Confirmation confirmation) throws Exception {
        var random = new SecureRandom();
        sessions = new Sessions(hub.operators(), random, hub.parts().clock());
        live = new Live(sessions);
        InetSocketAddress address = config.listen().socketAddress();
        boolean isPlain = address.getAddress() != null && address.getAddress().isLoopbackAddress();
        server = new WebServer(
                address,
                isPlain ? null : hub.tls(),
                config.origin() == null ? null : config.origin().toString(),
                origin -> routes(hub, random, live),
                sessions,
                confirmation,
                hub.parts());
    }

    /// Opens the console.
    ///
    /// @throws Exception when its address is in use or not ours
    public static Console open(Inside hub, HubConfig.Console config) throws Exception {
        return open(hub, config, _ -> {
            throw new Refused(Problem.NOT_AUTHORISED, "No security key is known.");
        });
    }

    /// Opens the console with another way to confirm.
    public static Console open(Inside hub, HubConfig.Console config, Confirmation confirmation) throws Exception {
        return new Console(hub, config, confirmation);
    }

    private static List<Route> routes(Inside hub, SecureRandom random, Live live) {
        var routes = new ArrayList<Route>();
        routes.addAll(LookPages.routes());
        routes.addAll(new OverviewPages(hub, live).routes());
        var drafts = new Drafts(hub.parts().clock());
        routes.addAll(new FlowsPages(hub).routes());
        routes.addAll(new ChangePages(hub, drafts).routes());
        routes.addAll(new StartPages(hub, drafts, new Templates()).routes());
        routes.addAll(new TroublePages(hub).routes());
        routes.addAll(new PricesPages(hub, random).routes());
        routes.addAll(new FindPages(hub).routes());
        routes.addAll(new DocumentPages(hub).routes());
        routes.addAll(new LedgerPages(hub).routes());
        return routes;
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
