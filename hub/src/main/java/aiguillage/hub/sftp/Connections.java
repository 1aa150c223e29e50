package aiguillage.hub.sftp;

import aiguillage.hub.quota.Quota;
import aiguillage.hub.quota.Quotas;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.sshd.common.session.Session;
import org.apache.sshd.common.session.SessionListener;

/// The door's connections, and their bounds. Strangers and parties are counted apart: whoever fills the places
/// of strangers makes the one among them go that has been there longest, and keeps no party from its work. Safe
/// from any thread.
final class Connections implements SessionListener {

    /// Of parties, at once; of one party as many as its allowance has.
    static final int PARTIES_MAX = 500;

    /// Connections that have not said who they are.
    static final int STRANGERS_MAX = 100;

    private final Quotas quotas;
    private final KeyLogin login;
    // Both below are guarded by this.
    private final ArrayDeque<Session> strangers = new ArrayDeque<>();
    private final Map<Session, Quota> parties = new HashMap<>();

    Connections(Quotas quotas, KeyLogin login) {
        this.quotas = quotas;
        this.login = login;
    }

    @Override
    public void sessionCreated(Session session) {
        Session longest = null;
        synchronized (this) {
            strangers.add(session);
            if (strangers.size() > STRANGERS_MAX) {
                longest = strangers.remove();
            }
        }
        if (longest != null) {
            close(longest);
        }
    }

    @Override
    public void sessionEvent(Session session, SessionListener.Event event) {
        if (event == SessionListener.Event.Authenticated && !admitted(session)) {
            close(session);
        }
    }

    private synchronized boolean admitted(Session session) {
        Quota quota = quotas.of(KeyLogin.party(session));
        boolean isStillThere = strangers.remove(session);
        if (!isStillThere || parties.size() >= PARTIES_MAX || !quota.connectionBegins()) {
            return false;
        }
        parties.put(session, quota);
        return true;
    }

    @Override
    public synchronized void sessionClosed(Session session) {
        strangers.remove(session);
        Quota quota = parties.remove(session);
        if (quota != null) {
            quota.connectionEnds();
        }
    }

    /// Whether a session was let in: it has the place of a party.
    synchronized boolean isAdmitted(Session session) {
        return parties.containsKey(session);
    }

    /// Closes connections of parties and keys that have left the table; to be called several times a second.
    void sweep() {
        List<Session> open;
        synchronized (this) {
            open = List.copyOf(parties.keySet());
        }
        for (Iterator<Session> each = open.iterator(); each.hasNext(); ) {
            Session session = each.next();
            if (login.isOver(session)) {
                close(session);
            }
        }
    }

    private static void close(Session session) {
        var _ = session.close(true);
    }

    synchronized int count() {
        return parties.size();
    }
}
