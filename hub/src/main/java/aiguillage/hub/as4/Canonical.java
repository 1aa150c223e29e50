package aiguillage.hub.as4;

import java.io.ByteArrayOutputStream;
import java.io.UncheckedIOException;
import org.apache.xml.security.Init;
import org.apache.xml.security.c14n.Canonicalizer;
import org.apache.xml.security.exceptions.XMLSecurityException;
import org.w3c.dom.Node;

/// Exclusive canonicalization without comments (W3C xml-exc-c14n), by Apache Santuario.
final class Canonical {

    static {
        Init.init(); // names of algorithms, in Santuario's own maps; no provider is added to the platform
    }

    private Canonical() {}

    /// @param prefixes the `InclusiveNamespaces` prefix list; empty for none
    static byte[] bytes(Node node, String prefixes) {
        var out = new ByteArrayOutputStream();
        try {
            Canonicalizer canonicalizer = Canonicalizer.getInstance(Names.EXCLUSIVE);
            if (prefixes.isEmpty()) {
                canonicalizer.canonicalizeSubtree(node, out);
            } else {
                canonicalizer.canonicalizeSubtree(node, prefixes, out);
            }
        } catch (XMLSecurityException e) {
            throw new UncheckedIOException(
                    new java.io.IOException("XML cannot be canonicalized: " + e.getMessage(), e));
        }
        return out.toByteArray();
    }
}
