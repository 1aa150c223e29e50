package aiguillage.bench.gateways;

import aiguillage.bench.server.Child;
import aiguillage.bench.server.Site;
import aiguillage.hub.door.Connectors;
import aiguillage.pki.CertificateUse;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;

/// What a broadcast is held against: the hub's own listener, and behind it a loop that writes the same bytes to every
/// open stream. Says its port once it is open.
public final class StreamsProcess {

    private StreamsProcess() {}

    /// @param arguments the site's folder
    public static void main(String[] arguments) throws Exception {
        var site = new Site(Path.of(arguments[0]));
        Server server = Connectors.server();
        ServerConnector main = Connectors.secured(
                server,
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                "main",
                site.tls(Site.HUB, new CertificateUse.Server(List.of("localhost"), List.of())),
                true);
        server.setHandler(new Streams());
        server.start();
        Child.say(main.getLocalPort());
        awaitEnd();
        server.stop();
    }

    private static void awaitEnd() throws IOException {
        System.in.transferTo(OutputStream.nullOutputStream());
    }

    /// `GET` opens a stream; `POST /BYTES` writes an event of so many bytes to each.
    private static final class Streams extends Handler.Abstract.NonBlocking {

        private static final String EVENT = "id: 1\nevent: delivery\ndata: ";

        private final Queue<Response> open = new ConcurrentLinkedQueue<>();

        @Override
        public boolean handle(Request request, Response response, Callback callback) {
            if (HttpMethod.GET.is(request.getMethod())) {
                request.addIdleTimeoutListener(timeout -> false);
                request.addFailureListener(callback::failed);
                response.write(false, StandardCharsets.US_ASCII.encode("retry: 1000\n\n"), Callback.NOOP);
                open.add(response);
                return true;
            }
            int bytes = Integer.parseInt(Request.getPathInContext(request).substring(1));
            byte[] event = (EVENT + "x".repeat(Math.max(0, bytes - EVENT.length() - 2)) + "\n\n")
                    .getBytes(StandardCharsets.US_ASCII);
            for (Response one : open) {
                one.write(false, ByteBuffer.wrap(event), Callback.NOOP);
            }
            response.setStatus(HttpStatus.NO_CONTENT_204);
            callback.succeeded();
            return true;
        }
    }
}
