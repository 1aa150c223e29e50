package aiguillage.hub.as4;

import java.io.ByteArrayOutputStream;
import org.apache.xml.security.Init;
import org.apache.xml.security.c14n.Canonicalizer;
import org.apache.xml.security.exceptions.XMLSecurityException;
import org.w3c.dom.Node;

/// Canonical forms of XML, by Apache Santuario: the exclusive one without comments (W3C xml-exc-c14n), which is
/// signed, and the inclusive one, which is kept.
final class Canonical {

    static {
        Init.init(); // names of algorithms, in Santuario's own maps; no provider is added to the platform
    }

    private Canonical() {}

    /// A whole message, with comments and with every namespace that it declares: what was signed in it stays
    /// signed.
    static byte[] whole(Node document) throws As4Fault {
        return bytes(Canonicalizer.ALGO_ID_C14N_WITH_COMMENTS, document, "");
    }

    /// @param prefixes the `InclusiveNamespaces` prefix list; empty for none
    /// @throws As4Fault when there is no such form, as of an element with a relative namespace
    static byte[] bytes(Node node, String prefixes) throws As4Fault {
        return bytes(Names.EXCLUSIVE, node, prefixes);
    }

    private static byte[] bytes(String algorithm, Node node, String prefixes) throws As4Fault {
        var out = new ByteArrayOutputStream();
        try {
            Canonicalizer canonicalizer = Canonicalizer.getInstance(algorithm);
            if (prefixes.isEmpty()) {
                canonicalizer.canonicalizeSubtree(node, out);
            } else {
                canonicalizer.canonicalizeSubtree(node, prefixes, out);
            }
        } catch (XMLSecurityException e) {
            throw new As4Fault(EbmsError.INVALID_HEADER, "XML cannot be canonicalized: " + e.getMessage() + ".");
        }
        return out.toByteArray();
    }
}
