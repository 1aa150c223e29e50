package aiguillage.hub.sftp;

import aiguillage.hub.login.Login;
import aiguillage.hub.login.Logins;
import aiguillage.hub.login.Verdict;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.PublicKey;
import org.apache.sshd.common.AttributeRepository.AttributeKey;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.session.Session;
import org.apache.sshd.common.util.buffer.ByteArrayBuffer;
import org.apache.sshd.server.auth.AsyncAuthException;
import org.apache.sshd.server.auth.password.PasswordAuthenticator;
import org.apache.sshd.server.auth.pubkey.PublickeyAuthenticator;
import org.apache.sshd.server.session.ServerSession;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Lets parties in, by keys and passwords ([Logins]). Does not wait.
final class SftpLogin implements PublickeyAuthenticator, PasswordAuthenticator {

    private static final AttributeKey<Login> LOGIN = new AttributeKey<>();

    private static final Logger LOG = LoggerFactory.getLogger(SftpLogin.class);

    private final Logins logins;

    SftpLogin(Logins logins) {
        this.logins = logins;
    }

    @Override
    public boolean authenticate(String user, PublicKey key, ServerSession session) {
        Login login = logins.byKey(user, wire(key), key.getEncoded());
        if (login == null) {
            return false;
        }
        session.setAttribute(LOGIN, login);
        return true;
    }

    private static byte[] wire(PublicKey key) {
        var buffer = new ByteArrayBuffer();
        buffer.putRawPublicKey(key);
        return buffer.getCompactData();
    }

    /// The answer comes later: nothing else of the door waits for it.
    @Override
    public boolean authenticate(String user, String password, ServerSession session) throws AsyncAuthException {
        var later = new AsyncAuthException();
        var _ = logins.byPassword(user, password, address(session))
                .thenAccept(verdict -> {
                    switch (verdict) {
                        case Verdict.In(var login) -> {
                            session.setAttribute(LOGIN, login);
                            later.setAuthed(true);
                        }
                        case Verdict.No() -> later.setAuthed(false);
                        case Verdict.Busy() -> tooBusy(session);
                    }
                })
                .exceptionally(e -> {
                    LOG.atDebug().setCause(e).log("A session ended before its password was judged.");
                    return null;
                });
        throw later;
    }

    private static void tooBusy(ServerSession session) {
        try {
            session.disconnect(
                    SshConstants.SSH2_DISCONNECT_TOO_MANY_CONNECTIONS,
                    "Busy with other passwords; this was not looked at: come back in a while.");
        } catch (IOException e) {
            LOG.atDebug().setCause(e).log("A session ended before its password was judged.");
        }
    }

    /// Whence a session comes.
    static InetAddress address(Session session) {
        return session.getRemoteAddress() instanceof InetSocketAddress inet
                ? inet.getAddress()
                : InetAddress.getLoopbackAddress();
    }

    /// The login of a session that has passed; null of one that has not.
    static @Nullable Login of(Session session) {
        return session.getAttribute(LOGIN);
    }
}
