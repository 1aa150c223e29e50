package aiguillage.console.people;

import aiguillage.console.key.SecurityKeys;
import aiguillage.console.session.Sessions;
import aiguillage.console.web.Confirmation;
import aiguillage.console.web.Route;
import aiguillage.hub.Inside;
import java.util.List;
import java.util.stream.Stream;

/// Who looks after the hub, and how they come in.
public final class PeoplePages {

    private final KeyDesk desk;
    private final List<Route> routes;

    /// @param origin where the console is, as browsers write it
    public PeoplePages(Inside hub, Sessions sessions, SecurityKeys keys, String origin) {
        desk = new KeyDesk(keys);
        routes = Stream.of(
                        new SignInPages(hub, desk, new Entrance(sessions), new FirstOperator(hub)).routes(),
                        new KeyPages(hub, desk).routes(),
                        new OperatorPages(hub, sessions, origin).routes(),
                        new SessionPages(hub, sessions).routes(),
                        new ActivityPages(hub).routes())
                .flatMap(List::stream)
                .toList();
    }

    public List<Route> routes() {
        return routes;
    }

    /// Asks for the key again, for what has consequences.
    public Confirmation confirmation() {
        return new KeyConfirmation(desk);
    }
}
