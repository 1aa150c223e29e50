package aiguillage.hub.door.star;

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
import org.apache.cxf.ws.security.wss4j.WSS4JInInterceptor;
import org.apache.cxf.ws.security.wss4j.WSS4JOutInterceptor;
import org.jspecify.annotations.Nullable;

/// An independent SOAP stack (Apache CXF) that speaks STAR's transport as a WSDL describes it.
final class CxfClient {

    private final Service service;
    private final QName port;
    private final Transport transport;
    private final URI address;
    private final SSLContext tls;
    private final @Nullable CxfSignature signature;

    /// @param wsdl a file
    CxfClient(Path wsdl, Transport transport, URI address, SSLContext tls) throws Exception {
        this(wsdl, transport, address, tls, null);
    }

    /// @param signature messages are signed so, and answers must be; null: neither
    CxfClient(Path wsdl, Transport transport, URI address, SSLContext tls, @Nullable CxfSignature signature)
            throws Exception {
        this(wsdl, "", transport, address, tls, signature);
    }

    /// @param bod whose own WSDL it is; empty: that of any
    CxfClient(Path wsdl, String bod, Transport transport, URI address, SSLContext tls, @Nullable CxfSignature signature)
            throws Exception {
        this.signature = signature;
        String bindings = transport.namespace() + "/bindings";
        this.service = Service.create(wsdl.toUri().toURL(), new QName(bindings, bod + "WebService"));
        this.port = new QName(bindings, bod + "StarTransport");
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
        if (signature != null) {
            client.getOutInterceptors().add(new WSS4JOutInterceptor(signature.signs()));
            client.getInInterceptors().add(new WSS4JInInterceptor(signature.checks()));
        }
        return dispatch.invoke(message);
    }
}
