package aiguillage.bench.peer;

import aiguillage.bench.server.Child;
import aiguillage.bench.server.Site;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.List;
import org.apache.sshd.common.PropertyResolverUtils;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.file.virtualfs.VirtualFileSystemFactory;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.sftp.server.SftpFileSystemAccessor;
import org.apache.sshd.sftp.server.SftpSubsystemFactory;

/// Apache MINA SSHD over a folder: keys are checked, files are written, nobody gets a receipt. What an SFTP
/// server costs by itself. Twice: at the first port files are not synced, at the second each is when it is
/// closed, which is how SSHD comes.
public final class SshdProcess {

    private SshdProcess() {}

    /// @param arguments the site's folder
    public static void main(String[] arguments) throws Exception {
        Quiet.below("org.apache.sshd");
        var site = new Site(Path.of(arguments[0]));
        Path root = site.folder().resolve("sshd");
        Files.createDirectories(root.resolve("in").resolve(Site.FLOW.toString()));
        SshServer unsynced = server(site, root, false);
        SshServer synced = server(site, root, true);
        Child.say(unsynced.getPort() + " " + synced.getPort());
        Child.sayForEachOrder(() -> 0); // it does not count
        unsynced.stop(true);
        synced.stop(true);
    }

    private static SshServer server(Site site, Path root, boolean isSynced)
            throws IOException, GeneralSecurityException {
        var key = site.sshKey().getPublic();
        SshServer server = SshServer.setUpDefaultServer();
        PropertyResolverUtils.updateProperty(server, SftpFileSystemAccessor.PROP_AUTO_SYNC_FILE_ON_CLOSE, isSynced);
        server.setHost("127.0.0.1");
        server.setPort(0);
        server.setKeyPairProvider(KeyPairProvider.wrap(KeyUtils.generateKeyPair(KeyPairProvider.SSH_ED25519, 256)));
        server.setPublickeyAuthenticator((user, offered, session) -> KeyUtils.compareKeys(key, offered));
        server.setFileSystemFactory(new VirtualFileSystemFactory(root));
        server.setSubsystemFactories(List.of(new SftpSubsystemFactory()));
        server.start();
        return server;
    }
}
