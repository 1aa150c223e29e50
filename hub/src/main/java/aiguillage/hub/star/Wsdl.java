package aiguillage.hub.star;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/// The description of the STAR door, with the hub's own address in it.
public final class Wsdl {

    private final String template;

    /// Reads what all descriptions have in common.
    public Wsdl() {
        try (InputStream in = Wsdl.class.getResourceAsStream("transport.wsdl")) {
            if (in == null) {
                throw new AssertionError("transport.wsdl is part of this program");
            }
            template = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The description of one version of the transport. In 2005 the ids of contents were XML ids, in 2009
    /// tokens.
    ///
    /// @param address where the door is
    public String of(Transport transport, String address) {
        boolean hasIds = transport == Transport.STAR_2005;
        return template.replace("@NAMESPACE@", transport.namespace())
                .replace("@IDREF@", hasIds ? "IDREF" : "token")
                .replace("@ID@", hasIds ? "ID" : "token")
                .replace("@ADDRESS@", SoapText.escaped(address));
    }
}
