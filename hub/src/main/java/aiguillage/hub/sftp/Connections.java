package aiguillage.hub.sftp;

import aiguillage.hub.login.Login;
import aiguillage.hub.login.Logins;
import aiguillage.hub.login.Places;
import aiguillage.hub.presence.Door;
import aiguillage.hub.presence.Presence;
import aiguillage.hub.quota.Quotas;
import aiguillage.protocol.PartyId;
import org.apache.sshd.common.session.Session;
import org.apache.sshd.common.session.SessionListener;

/// The door's connections, and their places. Safe from any thread.
final class Connections implements SessionListener {

    private final Places<Session> places;
    private final Logins logins;

    Connections(Quotas quotas, Presence presence, Logins logins) {
        this.places = new Places<>(quotas, presence, Door.SFTP);
        this.logins = logins;
    }

    @Override
    public void sessionCreated(Session session) {
        Session displaced = places.came(session, SftpLogin.address(session));
        if (displaced != null) {
            close(displaced);
        }
    }

    @Override
    public void sessionEvent(Session session, SessionListener.Event event) {
        if (event == SessionListener.Event.KeyEstablished) {
            places.talks(session);
        }
        if (event == SessionListener.Event.Authenticated && !places.admitted(session, party(session))) {
            close(session);
        }
    }

    /// The party of a session that has passed.
    static PartyId party(Session session) {
        Login login = SftpLogin.of(session);
        if (login == null) {
            throw new AssertionError("a session passed without a key or a password");
        }
        return login.party();
    }

    @Override
    public void sessionClosed(Session session) {
        places.left(session);
    }

    /// Whether a session was let in: it has the place of a party.
    boolean isAdmitted(Session session) {
        return places.isAdmitted(session);
    }

    /// Closes connections of parties whose login counts no more; to be called several times a second.
    void sweep() {
        for (Session session : places.parties()) {
            Login login = SftpLogin.of(session);
            if (login == null || logins.isOver(login)) {
                close(session);
            }
        }
    }

    private static void close(Session session) {
        var _ = session.close(true);
    }
}
