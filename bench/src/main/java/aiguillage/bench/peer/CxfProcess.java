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
import java.io.StringReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
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

/// Apache CXF as it comes, on the hub's own listener and TLS: a message is read, its body becomes a tree, and
/// an empty PutMessageResponse goes back. Nothing is kept, nobody gets a receipt. What a SOAP server costs by itself.
public final class CxfProcess {

    private static final String ANSWER =
            "<PutMessageResponse xmlns=\"http://www.starstandards.org/webservices/2009/transport\"/>";

    private CxfProcess() {}

    /// @param arguments the site's folder
    public static void main(String[] arguments) throws Exception {
        Quiet.below("org.apache.cxf");
        var site = new Site(Path.of(arguments[0]));
        SSLContext tls = site.tls(Site.HUB, new CertificateUse.Server(List.of("localhost"), List.of()));
        Server server = Connectors.server();
        ServerConnector main = Connectors.secured(
                server, new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), "main", tls, true);
        var taker = new Taker();
        var context = new CxfContext("/star");
        new EndpointImpl(taker).publish(context);
        server.setHandler(context.handler());
        server.start();
        Child.say(main.getLocalPort());
        Child.sayForEachOrder(taker.answered::sum);
        server.stop();
    }

    /// The body's tree stands for what any server would want of it.
    @WebServiceProvider
    @ServiceMode(Service.Mode.PAYLOAD)
    static final class Taker implements Provider<Source> {

        private final LongAdder answered = new LongAdder();

        @Override
        public Source invoke(Source body) {
            try {
                StaxUtils.read(body);
            } catch (XMLStreamException e) {
                throw new WebServiceException("the message cannot be read: " + e.getMessage(), e);
            }
            answered.increment();
            return new StreamSource(new StringReader(ANSWER));
        }
    }
}
