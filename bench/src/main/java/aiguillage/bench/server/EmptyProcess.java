package aiguillage.bench.server;

import aiguillage.hub.door.Connectors;
import aiguillage.pki.CertificateUse;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import javax.net.ssl.SSLContext;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.Callback;

/// What a hub is held against: the hub's own listener, and behind it nothing but an empty answer. Says its port once
/// it is open, and for every line it reads how many requests it has answered.
public final class EmptyProcess {

    private EmptyProcess() {}

    /// @param arguments the site's folder
    public static void main(String[] arguments) throws Exception {
        var site = new Site(Path.of(arguments[0]));
        SSLContext tls = site.tls(Site.HUB, new CertificateUse.Server(List.of("localhost"), List.of()));
        Server server = Connectors.server();
        ServerConnector main = Connectors.secured(
                server, new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), "main", tls, true);
        var empty = new Empty();
        server.setHandler(new GracefulHandler(empty));
        server.start();
        Child.say(main.getLocalPort());
        Child.sayForEachOrder(empty.answered::sum);
        server.stop();
    }

    private static final class Empty extends Handler.Abstract.NonBlocking {

        private final LongAdder answered = new LongAdder();

        @Override
        public boolean handle(Request request, Response response, Callback callback) {
            answered.increment();
            response.setStatus(HttpStatus.NO_CONTENT_204);
            callback.succeeded();
            return true;
        }
    }
}
