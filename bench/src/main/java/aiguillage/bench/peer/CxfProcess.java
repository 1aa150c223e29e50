package aiguillage.bench.peer;

import aiguillage.bench.server.Child;
import aiguillage.bench.server.Site;
import aiguillage.hub.door.Connectors;
import aiguillage.pki.CertificateUse;
import jakarta.xml.ws.Provider;
import jakarta.xml.ws.Service;
import jakarta.xml.ws.ServiceMode;
import jakarta.xml.ws.WebServiceException;
import jakarta.xml.ws.WebServiceProvider;
import java.io.IOException;
import java.io.StringReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import javax.net.ssl.SSLContext;
import javax.xml.stream.XMLStreamException;
import javax.xml.transform.Source;
import javax.xml.transform.stream.StreamSource;
import org.apache.cxf.jaxws.EndpointImpl;
import org.apache.cxf.staxutils.StaxUtils;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Document;

/// Apache CXF as it comes, on the hub's own listener and TLS: a message is read, its body becomes a tree, and
/// an empty PutMessageResponse goes back. Nobody gets a receipt. What a SOAP server costs by itself. Twice: at
/// the first port nothing is kept, at the second the body is in a file that was synced before the answer.
public final class CxfProcess {

    private static final String ANSWER =
            "<PutMessageResponse xmlns=\"http://www.starstandards.org/webservices/2009/transport\"/>";

    private CxfProcess() {}

    /// @param arguments the site's folder
    public static void main(String[] arguments) throws Exception {
        Quiet.below("org.apache.cxf");
        var site = new Site(Path.of(arguments[0]));
        Path folder = Files.createDirectories(site.folder().resolve("cxf"));
        var answered = new LongAdder();
        SSLContext tls = site.tls(Site.HUB, new CertificateUse.Server(List.of("localhost"), List.of()));
        ServerConnector forgetting = started(tls, new Taker(answered, null));
        ServerConnector keeping = started(tls, new Taker(answered, new SyncedFiles(folder)));
        Child.say(forgetting.getLocalPort() + " " + keeping.getLocalPort());
        Child.sayForEachOrder(answered::sum);
        forgetting.getServer().stop();
        keeping.getServer().stop();
    }

    private static ServerConnector started(SSLContext tls, Taker taker) throws Exception {
        Server server = Connectors.server();
        ServerConnector connector = Connectors.secured(
                server, new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), "main", tls, true);
        var context = new CxfContext("/star");
        new EndpointImpl(taker).publish(context);
        server.setHandler(context.handler());
        server.start();
        return connector;
    }

    /// The body's tree stands for what any server would want of it.
    @WebServiceProvider
    @ServiceMode(Service.Mode.PAYLOAD)
    static final class Taker implements Provider<Source> {

        private final LongAdder answered;
        private final @Nullable SyncedFiles files;

        /// @param files where bodies go; null: nowhere
        Taker(LongAdder answered, @Nullable SyncedFiles files) {
            this.answered = answered;
            this.files = files;
        }

        @Override
        public Source invoke(Source body) {
            try {
                Document tree = StaxUtils.read(body);
                if (files != null) {
                    files.write(StaxUtils.toString(tree).getBytes(StandardCharsets.UTF_8));
                }
            } catch (XMLStreamException | IOException e) {
                throw new WebServiceException("the message cannot be read or kept: " + e.getMessage(), e);
            }
            answered.increment();
            return new StreamSource(new StringReader(ANSWER));
        }
    }
}
