package aiguillage.bench.peer;

import aiguillage.bench.server.Child;
import aiguillage.bench.server.Site;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.file.virtualfs.VirtualFileSystemFactory;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.sftp.server.SftpSubsystemFactory;

/// Apache MINA SSHD as it comes, over a folder: keys are checked, files are written and not synced, nobody gets a
/// receipt. What an SFTP server costs by itself.
public final class SshdProcess {

    private SshdProcess() {}

    /// @param arguments the site's folder
    public static void main(String[] arguments) throws Exception {
        Quiet.below("org.apache.sshd");
        var site = new Site(Path.of(arguments[0]));
        Path root = site.folder().resolve("sshd");
        Files.createDirectories(root.resolve("in").resolve(Site.FLOW.toString()));
        var key = site.sshKey().getPublic();
        SshServer server = SshServer.setUpDefaultServer();
        server.setHost("127.0.0.1");
        server.setPort(0);
        server.setKeyPairProvider(KeyPairProvider.wrap(KeyUtils.generateKeyPair(KeyPairProvider.SSH_ED25519, 256)));
        server.setPublickeyAuthenticator((user, offered, session) -> KeyUtils.compareKeys(key, offered));
        server.setFileSystemFactory(new VirtualFileSystemFactory(root));
        server.setSubsystemFactories(List.of(new SftpSubsystemFactory()));
        var none = new LongAdder();
        server.start();
        Child.say(server.getPort());
        Child.sayForEachOrder(none::sum);
        server.stop(true);
    }
}
