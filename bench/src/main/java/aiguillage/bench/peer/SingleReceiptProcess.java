package aiguillage.bench.peer;

import aiguillage.bench.server.Child;
import aiguillage.bench.server.Site;
import aiguillage.hub.door.Connectors;
import aiguillage.pki.CertificateUse;
import aiguillage.pki.EcKeys;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SSLContext;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;

/// The plain way: each document becomes a file of its own that is synced, and gets a signature of its own (ECDSA
/// P-256). On the hub's own listener and TLS, so that only this differs. It routes nothing, remembers no ids and
/// proves nothing to third parties.
public final class SingleReceiptProcess {

    private SingleReceiptProcess() {}

    /// @param arguments the site's folder
    public static void main(String[] arguments) throws Exception {
        var site = new Site(Path.of(arguments[0]));
        SSLContext tls = site.tls(Site.HUB, new CertificateUse.Server(List.of("localhost"), List.of()));
        Path folder = Files.createDirectories(site.folder().resolve("single"));
        Server server = Connectors.server();
        ServerConnector main = Connectors.secured(
                server, new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), "main", tls, true);
        var receipts = new Receipts(folder, EcKeys.generate().getPrivate());
        server.setHandler(receipts);
        server.start();
        Child.say(main.getLocalPort());
        Child.sayForEachOrder(receipts.numbers::get);
        server.stop();
    }

    private static final class Receipts extends Handler.Abstract {

        private final Path folder;
        private final PrivateKey key;
        private final AtomicLong numbers = new AtomicLong();

        Receipts(Path folder, PrivateKey key) {
            this.folder = folder;
            this.key = key;
        }

        /// Blocks: as many documents are on their way to the disk as the listener has threads.
        @Override
        public boolean handle(Request request, Response response, Callback callback)
                throws IOException, GeneralSecurityException {
            ByteBuffer document = Content.Source.asByteBuffer(request);
            write(folder.resolve(Long.toString(numbers.incrementAndGet())), document.duplicate());
            Signature signature = Signature.getInstance("SHA256withECDSA");
            signature.initSign(key);
            signature.update(document);
            response.setStatus(HttpStatus.CREATED_201);
            response.write(true, ByteBuffer.wrap(signature.sign()), callback);
            return true;
        }

        private static void write(Path file, ByteBuffer document) throws IOException {
            try (var channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                while (document.hasRemaining()) {
                    channel.write(document);
                }
                channel.force(true);
            }
        }
    }
}
