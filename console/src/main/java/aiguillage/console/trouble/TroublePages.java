package aiguillage.console.trouble;

import aiguillage.console.web.Route;
import aiguillage.hub.Inside;
import java.util.ArrayList;
import java.util.List;

/// Quarantine, mailboxes, replays.
public final class TroublePages {

    private final QuarantinePages quarantine;
    private final MailboxPages mailboxes;
    private final ReplayPages replays;

    public TroublePages(Inside hub) {
        this.quarantine = new QuarantinePages(hub);
        this.mailboxes = new MailboxPages(hub);
        this.replays = new ReplayPages(hub);
    }

    public List<Route> routes() {
        var routes = new ArrayList<Route>();
        routes.addAll(quarantine.routes());
        routes.addAll(mailboxes.routes());
        routes.addAll(replays.routes());
        return routes;
    }
}
