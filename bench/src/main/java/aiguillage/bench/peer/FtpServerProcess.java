package aiguillage.bench.peer;

import aiguillage.bench.server.Child;
import aiguillage.bench.server.Site;
import aiguillage.pki.CertificateUse;
import java.io.File;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import org.apache.ftpserver.ConnectionConfigFactory;
import org.apache.ftpserver.FtpServer;
import org.apache.ftpserver.FtpServerFactory;
import org.apache.ftpserver.filesystem.nativefs.impl.NativeFileSystemView;
import org.apache.ftpserver.filesystem.nativefs.impl.NativeFtpFile;
import org.apache.ftpserver.ftplet.FtpException;
import org.apache.ftpserver.ftplet.FtpFile;
import org.apache.ftpserver.ftplet.User;
import org.apache.ftpserver.impl.DefaultFtpServer;
import org.apache.ftpserver.listener.ListenerFactory;
import org.apache.ftpserver.ssl.ClientAuth;
import org.apache.ftpserver.ssl.SslConfiguration;
import org.apache.ftpserver.usermanager.ClearTextPasswordEncryptor;
import org.apache.ftpserver.usermanager.PropertiesUserManagerFactory;
import org.apache.ftpserver.usermanager.impl.BaseUser;
import org.apache.ftpserver.usermanager.impl.WritePermission;

/// Apache FtpServer over a folder, with TLS on both connections: files are written, nobody gets a receipt. What
/// an FTP server costs by itself. Twice: at the first port files are not synced, as it comes, at the second
/// each is before its answer.
///
/// In its favour: passwords are compared as they are, client certificates are not looked at, data connections
/// are anybody's.
public final class FtpServerProcess {

    /// Who may come, and as many threads.
    private static final int CLIENTS_MAX = 64;
    private static final String LISTENER = "default";

    private FtpServerProcess() {}

    /// @param arguments the site's folder
    public static void main(String[] arguments) throws Exception {
        Quiet.below("org.apache.ftpserver", "org.apache.mina");
        var site = new Site(Path.of(arguments[0]));
        Path root = site.folder().resolve("ftpserver");
        Files.createDirectories(root.resolve("in").resolve(Site.FLOW.toString()));
        FtpServer unsynced = started(site, root, false);
        FtpServer synced = started(site, root, true);
        Child.say(port(unsynced) + " " + port(synced));
        Child.sayForEachOrder(() -> 0); // it does not count
        unsynced.stop();
        synced.stop();
    }

    private static int port(FtpServer server) {
        return ((DefaultFtpServer) server).getListener(LISTENER).getPort();
    }

    private static FtpServer started(Site site, Path root, boolean isSynced) throws IOException, FtpException {
        var listener = new ListenerFactory();
        listener.setServerAddress("127.0.0.1");
        listener.setPort(0);
        listener.setSslConfiguration(
                new Tls(site.tls(Site.HUB, new CertificateUse.Server(List.of("localhost"), List.of()))));
        var server = new FtpServerFactory();
        server.addListener(LISTENER, listener.createListener());
        var users = new PropertiesUserManagerFactory();
        users.setPasswordEncryptor(new ClearTextPasswordEncryptor());
        server.setUserManager(users.createUserManager());
        for (int i = 0; i < CLIENTS_MAX; i++) {
            var user = new BaseUser();
            user.setName(Site.dealer(i).value());
            user.setPassword(user.getName());
            user.setHomeDirectory(root.toString());
            user.setAuthorities(List.of(new WritePermission()));
            server.getUserManager().save(user);
        }
        if (isSynced) {
            server.setFileSystem(SyncedView::new);
        }
        var connections = new ConnectionConfigFactory();
        connections.setMaxLogins(CLIENTS_MAX);
        connections.setMaxThreads(CLIENTS_MAX);
        server.setConnectionConfig(connections.createConnectionConfig());
        FtpServer made = server.createServer();
        made.start();
        return made;
    }

    /// The hub's own kind of TLS.
    private record Tls(SSLContext context) implements SslConfiguration {

        @Override
        public SSLSocketFactory getSocketFactory() {
            return context.getSocketFactory();
        }

        @Override
        public SSLContext getSSLContext() {
            return context;
        }

        @Override
        public SSLContext getSSLContext(String protocol) {
            return context;
        }

        @Override
        public String[] getEnabledCipherSuites() {
            return context.getDefaultSSLParameters().getCipherSuites();
        }

        @Override
        public String getEnabledProtocol() {
            return "TLSv1.2";
        }

        @Override
        public String[] getEnabledProtocols() {
            return new String[] {getEnabledProtocol()};
        }

        @Override
        public ClientAuth getClientAuth() {
            return ClientAuth.NONE;
        }
    }

    private static final class SyncedView extends NativeFileSystemView {

        private final User user;

        SyncedView(User user) throws FtpException {
            super(user, false);
            this.user = user;
        }

        @Override
        public FtpFile getFile(String name) {
            FtpFile file = super.getFile(name);
            return new SyncedFile(file.getAbsolutePath(), (File) file.getPhysicalFile(), user);
        }
    }

    private static final class SyncedFile extends NativeFtpFile {

        SyncedFile(String name, File file, User user) {
            super(name, file, user);
        }

        @Override
        public OutputStream createOutputStream(long offset) throws IOException {
            if (offset != 0) {
                throw new IOException("nothing is resumed here");
            }
            var file = new FileOutputStream(getPhysicalFile());
            return new OutputStream() {

                private boolean isClosed;

                @Override
                public void write(int b) throws IOException {
                    file.write(b);
                }

                @Override
                public void write(byte[] bytes, int offset, int length) throws IOException {
                    file.write(bytes, offset, length);
                }

                @Override
                public void close() throws IOException { // comes twice
                    if (!isClosed) {
                        isClosed = true;
                        try (file) {
                            file.getFD().sync();
                        }
                    }
                }
            };
        }
    }
}
