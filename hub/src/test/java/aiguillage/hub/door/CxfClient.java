package aiguillage.hub.door;

import aiguillage.hub.star.Transport;
import jakarta.xml.soap.SOAPMessage;
import jakarta.xml.ws.BindingProvider;
import jakarta.xml.ws.Dispatch;
import jakarta.xml.ws.Service;
import jakarta.xml.ws.soap.SOAPFaultException;
import java.net.URI;
import java.nio.file.Path;
import javax.net.ssl.SSLContext;
import javax.xml.namespace.QName;
import org.apache.cxf.configuration.jsse.TLSClientParameters;
import org.apache.cxf.endpoint.Client;
import org.apache.cxf.jaxws.DispatchImpl;
import org.apache.cxf.transport.http.HTTPConduit;

/// An independent SOAP stack (Apache CXF) that speaks STAR's transport as a WSDL describes it.
final class CxfClient {

    private final Service service;
    private final QName port;
    private final Transport transport;
    private final URI address;
    private final SSLContext tls;

    /// @param wsdl a file
    CxfClient(Path wsdl, Transport transport, URI address, SSLContext tls) throws Exception {
        String bindings = transport.namespace() + "/bindings";
        this.service = Service.create(wsdl.toUri().toURL(), new QName(bindings, "WebService"));
        this.port = new QName(bindings, "StarTransport");
        this.transport = transport;
        this.address = address;
        this.tls = tls;
    }

    /// Calls an operation.
    ///
    /// @throws SOAPFaultException when the answer is a fault
    SOAPMessage call(String operation, SOAPMessage message) {
        Dispatch<SOAPMessage> dispatch = service.createDispatch(port, SOAPMessage.class, Service.Mode.MESSAGE);
        var context = dispatch.getRequestContext();
        context.put(BindingProvider.ENDPOINT_ADDRESS_PROPERTY, address.toString());
        context.put(BindingProvider.SOAPACTION_USE_PROPERTY, true);
        context.put(BindingProvider.SOAPACTION_URI_PROPERTY, transport.namespace() + "/operations/" + operation);
        Client client = ((DispatchImpl<SOAPMessage>) dispatch).getClient();
        var conduit = (HTTPConduit) client.getConduit();
        var parameters = new TLSClientParameters();
        parameters.setSslContext(tls);
        conduit.setTlsClientParameters(parameters);
        return dispatch.invoke(message);
    }
}
