package aiguillage.hub.schema;

import aiguillage.protocol.Digest;
import aiguillage.xml.HardenedXml;
import java.io.ByteArrayInputStream;
import java.net.URI;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.Schema;
import org.w3c.dom.bootstrap.DOMImplementationRegistry;
import org.w3c.dom.ls.DOMImplementationLS;
import org.w3c.dom.ls.LSInput;
import org.w3c.dom.ls.LSResourceResolver;
import org.xml.sax.SAXException;
import org.xml.sax.SAXParseException;

/// A compiled W3C XML Schema with the readers that check payloads against it.
public final class XmlSchema implements CompiledSchema {

    private final String name;
    private final Digest digest;
    private final Schema schema;

    private XmlSchema(String name, Digest digest, Schema schema) {
        this.name = name;
        this.digest = digest;
        this.schema = schema;
    }

    static XmlSchema compile(SchemaFiles files) throws SchemaRefused {
        URI address = files.first();
        byte[] content = files.read(address);
        try {
            Schema schema = HardenedXml.schema(
                    new StreamSource(new ByteArrayInputStream(content), address.toString()), resolver(files));
            return new XmlSchema(files.schema(), files.digest(), schema);
        } catch (Escaped escaped) {
            throw escaped.refused();
        } catch (SAXParseException e) {
            throw new SchemaRefused(
                    files.askedBy() + " is not correct: " + e.getSystemId() + ", line " + e.getLineNumber()
                            + ", column " + e.getColumnNumber() + ": " + e.getMessage()
                            + " Correct it; xmllint shows the same.",
                    e);
        } catch (SAXException e) {
            throw new SchemaRefused(files.askedBy() + " cannot be compiled: " + e.getMessage(), e);
        }
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Digest digest() {
        return digest;
    }

    Schema schema() {
        return schema;
    }

    private static LSResourceResolver resolver(SchemaFiles files) {
        DOMImplementationLS inputs = inputs();
        return (_, namespace, _, systemId, base) -> {
            try {
                return resolved(inputs.createLSInput(), files, namespace, systemId, base);
            } catch (SchemaRefused refused) {
                throw new Escaped(refused);
            }
        };
    }

    private static LSInput resolved(LSInput input, SchemaFiles files, String namespace, String systemId, String base)
            throws SchemaRefused {
        if (systemId == null) {
            throw new SchemaRefused(files.askedBy() + " imports the namespace " + namespace
                    + " without saying from which file. Add a schemaLocation with a relative path.");
        }
        URI address;
        try {
            address = base == null ? files.address(systemId) : URI.create(base).resolve(systemId);
        } catch (IllegalArgumentException e) {
            throw new SchemaRefused(
                    files.askedBy() + " refers to " + Fault.quoted(systemId) + ", which is not an address.", e);
        }
        input.setByteStream(new ByteArrayInputStream(files.read(address)));
        input.setSystemId(address.toString());
        return input;
    }

    private static DOMImplementationLS inputs() {
        try {
            return (DOMImplementationLS) DOMImplementationRegistry.newInstance().getDOMImplementation("LS");
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("every Java platform has DOM Load and Save", e);
        }
    }

    /// Carries a refusal through the schema compiler, whose resolver may throw nothing checked.
    private static final class Escaped extends RuntimeException {
        private static final long serialVersionUID = 1;
        private final SchemaRefused refused;

        Escaped(SchemaRefused refused) {
            super(refused);
            this.refused = refused;
        }

        SchemaRefused refused() {
            return refused;
        }
    }
}
