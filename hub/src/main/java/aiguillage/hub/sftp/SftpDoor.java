package aiguillage.hub.sftp;

import aiguillage.hub.files.FileTrees;
import aiguillage.hub.login.Logins;
import aiguillage.hub.presence.Presence;
import aiguillage.hub.quota.Quotas;
import aiguillage.pki.SshLibrary;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.core.CoreModuleProperties;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.auth.password.UserAuthPasswordFactory;
import org.apache.sshd.server.auth.pubkey.UserAuthPublicKeyFactory;
import org.apache.sshd.server.channel.ChannelSession;
import org.apache.sshd.server.command.Command;
import org.apache.sshd.server.forward.RejectAllForwardingFilter;
import org.apache.sshd.server.subsystem.SubsystemFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The listener for SSH, with one subsystem: SFTP.
public final class SftpDoor implements AutoCloseable {

    static final int TRIES_MAX = 6;
    static final Duration LOGIN_MAX = Duration.ofSeconds(20);
    static final Duration IDLE_MAX = Duration.ofMinutes(10);
    static final int CHANNELS_MAX = 2;

    /// What a party may send ahead; so much of each channel is in memory at most.
    private static final long WINDOW_BYTES = 512 << 10;

    private static final Duration STOP_MAX = Duration.ofSeconds(5);

    private static final Logger LOG = LoggerFactory.getLogger(SftpDoor.class);

    private final SshServer server;
    private final Connections connections;
    private final String fingerprint;

    /// Where it listens and what it works with.
    ///
    /// @param waiting runs what may wait, each on its own thread
    /// @param onFailure told of what nobody foresaw
    public record Parts(
            InetSocketAddress listen,
            Path hostKey,
            FileTrees trees,
            Logins logins,
            Quotas quotas,
            Presence presence,
            Executor waiting,
            Consumer<Throwable> onFailure) {}

    public SftpDoor(Parts parts) throws IOException {
        if (parts.listen.isUnresolved()) {
            throw new IOException("listen.sftp of hub.yaml: " + parts.listen.getHostString()
                    + " is no host that this machine knows; write an address of its own, as in 0.0.0.0:8022");
        }
        SshLibrary.keepToItself();
        server = SshServer.setUpDefaultServer();
        var login = new SftpLogin(parts.logins);
        connections = new Connections(parts.quotas, parts.presence, parts.logins);
        KeyPair key = HostKey.open(parts.hostKey);
        fingerprint = KeyUtils.getFingerPrint(key.getPublic());
        server.setHost(parts.listen.getAddress().getHostAddress());
        server.setPort(parts.listen.getPort());
        server.setKeyPairProvider(KeyPairProvider.wrap(key));
        server.setUserAuthFactories(List.of(UserAuthPublicKeyFactory.INSTANCE, UserAuthPasswordFactory.INSTANCE));
        server.setPublickeyAuthenticator(login);
        server.setPasswordAuthenticator(login);
        server.setForwardingFilter(RejectAllForwardingFilter.INSTANCE);
        server.setAgentFactory(null);
        server.setShellFactory(null);
        server.setCommandFactory(null);
        server.setSubsystemFactories(List.of(new Subsystem(parts, connections)));
        server.addSessionListener(connections);
        bounds();
    }

    private void bounds() {
        CoreModuleProperties.SERVER_IDENTIFICATION.set(server, "aiguillage");
        CoreModuleProperties.MAX_AUTH_REQUESTS.set(server, TRIES_MAX);
        CoreModuleProperties.AUTH_TIMEOUT.set(server, LOGIN_MAX);
        CoreModuleProperties.IDLE_TIMEOUT.set(server, IDLE_MAX);
        CoreModuleProperties.WAIT_FOR_SPACE_TIMEOUT.set(server, IDLE_MAX);
        CoreModuleProperties.MAX_CONCURRENT_CHANNELS.set(server, CHANNELS_MAX);
        CoreModuleProperties.WINDOW_SIZE.set(server, WINDOW_BYTES);
        CoreModuleProperties.STOP_WAIT_TIME.set(server, STOP_MAX);
    }

    private record Subsystem(Parts parts, Connections connections) implements SubsystemFactory {

        @Override
        public String getName() {
            return "sftp";
        }

        @Override
        public Command createSubsystem(ChannelSession channel) throws IOException {
            if (!connections.isAdmitted(channel.getSession())) {
                throw new IOException("the session was not let in");
            }
            return new SftpCommand(
                    parts.trees.of(Connections.party(channel.getSession())), parts.waiting, parts.onFailure);
        }
    }

    /// Opens the listener.
    ///
    /// @throws IOException when its address is in use or not ours
    public void start() throws IOException {
        server.start();
        LOG.atInfo()
                .addKeyValue("port", server.getPort())
                .addKeyValue("fingerprint", fingerprint)
                .log("The SFTP door is open. Tell its parties the fingerprint.");
    }

    public int port() {
        return server.getPort();
    }

    /// Closes connections of parties and keys that have left the table; to be called several times a second.
    public void sweep() {
        connections.sweep();
    }

    /// Closes the listener and every connection; what came of files stays, to be resumed.
    @Override
    public void close() {
        try {
            server.stop(true);
        } catch (IOException e) {
            LOG.atWarn().setCause(e).log("The SFTP door did not close in time; the hub stops all the same.");
        }
    }
}
