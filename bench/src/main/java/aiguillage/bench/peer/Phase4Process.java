package aiguillage.bench.peer;

import aiguillage.bench.load.Messages;
import aiguillage.bench.server.Child;
import aiguillage.bench.server.Site;
import aiguillage.hub.door.Connectors;
import aiguillage.pki.CertificateUse;
import com.helger.http.header.HttpHeaderMap;
import com.helger.phase4.incoming.AS4RequestHandler;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SSLContext;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;

/// The same job by phase4, the AS4 library most in use: a signed message comes in, its signature is checked, its
/// payload is written to a file that is synced, and a signed receipt (non-repudiation) goes back. On the hub's own
/// listener and TLS.
///
/// In its favour: messages are signed beforehand, duplicates are not looked for (the same messages come again and
/// again), all that it manages is in memory, nothing is encrypted.
public final class Phase4Process {

    private Phase4Process() {}

    /// @param arguments the site's folder, the file for the messages, their number, the bytes of a payload
    public static void main(String[] arguments) throws Exception {
        Quiet.below("com.helger");
        var site = new Site(Path.of(arguments[0]));
        Path folder = Files.createDirectories(site.folder().resolve("phase4"));
        try (var as4 = As4.open(folder)) {
            Messages.write(
                    Path.of(arguments[1]),
                    as4.messages(Integer.parseInt(arguments[2]), Integer.parseInt(arguments[3])));
            SSLContext tls = site.tls(Site.HUB, new CertificateUse.Server(List.of("localhost"), List.of()));
            Server server = Connectors.server();
            ServerConnector main = Connectors.secured(
                    server, new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), "main", tls, true);
            var receiver = new Receiver(as4);
            server.setHandler(receiver);
            server.start();
            Child.say(main.getLocalPort());
            Child.sayForEachOrder(receiver.answered::get);
            server.stop();
        }
    }

    /// A plain Jetty handler around phase4's own request handler.
    private static final class Receiver extends Handler.Abstract {

        private final As4 as4;
        private final AtomicLong answered = new AtomicLong();

        Receiver(As4 as4) {
            this.as4 = as4;
        }

        @Override
        public boolean handle(Request request, Response response, Callback callback) throws Exception {
            var headers = new HttpHeaderMap();
            request.getHeaders().forEach(field -> headers.addHeader(field.getName(), field.getValue()));
            var answer = new As4Answer();
            try (AS4RequestHandler handler = as4.handler();
                    InputStream body = Content.Source.asInputStream(request)) {
                handler.handleRequest(body, headers, answer);
            }
            answered.incrementAndGet();
            answer.write(response, callback);
            return true;
        }
    }
}
