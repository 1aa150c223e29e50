package aiguillage.console.people;

import aiguillage.console.session.Sessions;
import aiguillage.console.web.Answer;
import aiguillage.console.web.Visit;
import aiguillage.hub.operators.Operator;
import aiguillage.protocol.Digest;
import java.util.Map;

/// Lets people in and out: a browser has a new session each time, so that nobody can have planted one in it.
final class Entrance {

    /// Only for this host, over a connection nobody reads, out of reach of scripts, and never sent from another
    /// site's page (RFC 6265bis, 4.1.2 and 4.1.3.2).
    private static final String COOKIE = Sessions.COOKIE + "=%s; Path=/; Secure; HttpOnly; SameSite=Strict";

    private final Sessions sessions;

    Entrance(Sessions sessions) {
        this.sessions = sessions;
    }

    /// @param key the hash of what the key calls itself
    /// @param to a path of the console
    Answer in(Visit visit, Operator operator, Digest key, String to) {
        end(visit);
        return leading(to, String.format(COOKIE, sessions.open(operator, key)));
    }

    Answer out(Visit visit) {
        end(visit);
        return leading("/sign-in", String.format(COOKIE, "") + "; Max-Age=0");
    }

    private void end(Visit visit) {
        String token = visit.token();
        if (token != null) {
            sessions.end(token);
        }
    }

    private static Answer leading(String to, String cookie) {
        return new Answer.Content(
                303, "text/plain;charset=utf-8", new byte[0], Map.of("Location", to, "Set-Cookie", cookie));
    }
}
