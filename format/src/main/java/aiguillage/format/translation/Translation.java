package aiguillage.format.translation;

import aiguillage.format.description.FormatFile;
import aiguillage.format.description.FormatFile.Produces;
import aiguillage.format.description.FormatFiles;
import aiguillage.format.description.FormatRefused;
import aiguillage.format.record.FlatNode;
import aiguillage.format.record.Unwritable;
import aiguillage.format.record.XmlText;
import aiguillage.format.report.Fault;
import aiguillage.xml.HardenedXml;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import javax.xml.transform.sax.SAXSource;
import net.sf.saxon.s9api.Message;
import net.sf.saxon.s9api.QName;
import net.sf.saxon.s9api.SaxonApiException;
import net.sf.saxon.s9api.SaxonApiUncheckedException;
import net.sf.saxon.s9api.XPathCompiler;
import net.sf.saxon.s9api.XPathSelector;
import net.sf.saxon.s9api.XdmAtomicValue;
import net.sf.saxon.s9api.XdmDestination;
import net.sf.saxon.s9api.XdmNode;
import net.sf.saxon.s9api.XdmNodeKind;
import net.sf.saxon.s9api.Xslt30Transformer;
import net.sf.saxon.s9api.XsltExecutable;
import org.jspecify.annotations.Nullable;
import org.xml.sax.ContentHandler;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;
import org.xml.sax.helpers.AttributesImpl;

/// Makes documents of fields, and fields of documents. Immutable, safe from any thread.
public final class Translation {

    /// Elements within each other, in documents that are made fields of.
    private static final int DEPTH_MAX = 100;

    private static final String XSI = "http://www.w3.org/2001/XMLSchema-instance";

    private final FormatFile head;
    private final Stylesheets stylesheets;
    private final @Nullable XsltExecutable to;
    private final @Nullable XsltExecutable from;

    /// Compiles the stylesheets of a format.
    ///
    /// @throws FormatRefused when one is not correct
    public Translation(FormatFile head, FormatFiles files) throws FormatRefused {
        this.head = head;
        this.stylesheets = new Stylesheets(files);
        String toName = head.to();
        String fromName = head.from();
        this.to = toName == null ? null : stylesheets.compiled(toName);
        this.from = fromName == null ? null : stylesheets.compiled(fromName);
    }

    /// Whether documents can be made files again.
    public boolean hasWayBack() {
        return from != null || to == null;
    }

    /// The document that some fields are.
    ///
    /// @param root with one document, and the records that stand before it at the top of the file
    /// @throws Untranslatable when the stylesheet makes none of them
    public byte[] document(FlatNode root) throws Untranslatable {
        if (to == null) {
            return asItIs(root);
        }
        var said = new AtomicReference<Message>();
        try {
            Xslt30Transformer transformer = transformer(to, said);
            var bytes = new Made(FlatNode.DOCUMENT_BYTES_MAX);
            transformer.applyTemplates(tree(root), transformer.newSerializer(bytes));
            return bytes.toByteArray();
        } catch (SaxonApiException | SaxonApiUncheckedException | SAXException | Elsewhere | Made.TooLong e) {
            throw untranslatable(said.get(), e);
        } catch (StackOverflowError e) {
            throw new Untranslatable("The stylesheet " + head.to() + " calls itself without end.", e);
        }
    }

    private static byte[] asItIs(FlatNode root) throws Untranslatable {
        try {
            return XmlText.of(root, FlatNode.DOCUMENT_BYTES_MAX);
        } catch (Unwritable e) {
            throw new Untranslatable(String.valueOf(e.getMessage()), e);
        }
    }

    private static final class Elsewhere extends RuntimeException {

        private static final long serialVersionUID = 1;

        Elsewhere(String message) {
            super(message);
        }
    }

    private static Xslt30Transformer transformer(XsltExecutable stylesheet, AtomicReference<Message> said) {
        Xslt30Transformer transformer = stylesheet.load30();
        transformer.setMessageHandler(message -> {
            if (message.isTerminate()) {
                said.set(message);
            }
        });
        transformer.setErrorReporter(_ -> {}); // the exception says it, too
        transformer.setResultDocumentHandler(uri -> {
            throw new Elsewhere("The stylesheet writes a second result, to \"" + uri + "\". It has one alone.");
        });
        return transformer;
    }

    /// A stylesheet ends with `<xsl:message terminate="yes"><fault line="" column="" where="" found=""
    /// expected=""/></xsl:message>` when it finds something that a schema cannot.
    private static Untranslatable untranslatable(@Nullable Message said, Exception cause) {
        if (said == null) {
            return new Untranslatable("The stylesheet fails: " + cause.getMessage(), cause);
        }
        for (XdmNode child : said.getContent().children("fault")) {
            return new Untranslatable(new Fault(
                    number(child, "line"),
                    number(child, "column"),
                    attribute(child, "where"),
                    attribute(child, "found"),
                    attribute(child, "expected")));
        }
        return new Untranslatable(
                "The stylesheet refuses it: "
                        + Fault.shown(said.getContent().getStringValue().strip()),
                cause);
    }

    private static String attribute(XdmNode node, String name) {
        String value = node.attribute(name);
        return value == null ? "" : value;
    }

    private static int number(XdmNode node, String name) {
        String value = attribute(node, name);
        return value.matches("[0-9]{1,9}") ? Math.max(1, Integer.parseInt(value)) : 1;
    }

    private XdmNode tree(FlatNode root) throws SaxonApiException, SAXException {
        var builder = stylesheets.processor().newDocumentBuilder().newBuildingContentHandler();
        builder.startDocument();
        element(builder, root);
        builder.endDocument();
        return builder.getDocumentNode();
    }

    private static void element(ContentHandler builder, FlatNode node) throws SAXException {
        var attributes = new AttributesImpl();
        if (node.line() > 0) {
            attributes.addAttribute("", "line", "line", "CDATA", Integer.toString(node.line()));
        }
        if (node.isNil()) {
            builder.startPrefixMapping("xsi", XSI);
            attributes.addAttribute(XSI, "nil", "xsi:nil", "CDATA", "true");
        }
        builder.startElement("", node.name(), node.name(), attributes);
        if (!node.text().isEmpty()) {
            builder.characters(node.text().toCharArray(), 0, node.text().length());
        }
        for (FlatNode child : node.children()) {
            element(builder, child);
        }
        builder.endElement("", node.name(), node.name());
        if (node.isNil()) {
            builder.endPrefixMapping("xsi");
        }
    }

    /// The fields that a document is, below the schema's root.
    ///
    /// @param document not closed; its size was bounded before
    /// @throws Untranslatable when there is no way back, or the stylesheet makes no fields of it
    public FlatNode fields(InputStream document) throws IOException, Untranslatable {
        if (!hasWayBack()) {
            throw new Untranslatable("The format has no stylesheet `from`, so its documents are no files.", null);
        }
        var said = new AtomicReference<Message>();
        try {
            XdmNode source = head.produces() == Produces.JSON ? ofJson(document) : ofXml(document);
            if (from == null) {
                return node(root(source), 0);
            }
            var result = new XdmDestination();
            transformer(from, said).applyTemplates(source, result);
            return node(root(result.getXdmNode()), 0);
        } catch (SaxonApiException | SaxonApiUncheckedException | Elsewhere e) {
            throw untranslatable(said.get(), e);
        } catch (StackOverflowError e) {
            throw new Untranslatable("The stylesheet " + head.from() + " calls itself without end.", e);
        }
    }

    private XdmNode ofXml(InputStream document) throws SaxonApiException {
        return stylesheets
                .processor()
                .newDocumentBuilder()
                .build(new SAXSource(HardenedXml.reader(), new InputSource(document)));
    }

    /// As XPath 3.1 writes JSON in XML (`fn:json-to-xml`).
    private XdmNode ofJson(InputStream document) throws SaxonApiException, IOException {
        XPathCompiler compiler = stylesheets.processor().newXPathCompiler();
        var json = new QName("json");
        compiler.declareVariable(json);
        XPathSelector selector = compiler.compile("json-to-xml($json)").load();
        selector.setVariable(json, new XdmAtomicValue(new String(document.readAllBytes(), StandardCharsets.UTF_8)));
        return (XdmNode) selector.evaluateSingle();
    }

    private static XdmNode root(XdmNode document) throws Untranslatable {
        for (XdmNode child : document.children()) {
            if (child.getNodeKind() == XdmNodeKind.ELEMENT) {
                return child;
            }
        }
        throw new Untranslatable("The stylesheet `from` made no element.", null);
    }

    private static FlatNode node(XdmNode element, int depth) throws Untranslatable {
        if (depth > DEPTH_MAX) {
            throw new Untranslatable("The document has more than " + DEPTH_MAX + " elements within each other.", null);
        }
        String name = element.getNodeName().getLocalName();
        List<FlatNode> children = new ArrayList<>();
        for (XdmNode child : element.children()) {
            if (child.getNodeKind() == XdmNodeKind.ELEMENT) {
                children.add(node(child, depth + 1));
            }
        }
        if (!children.isEmpty()) {
            return FlatNode.of(name, 0, children);
        }
        boolean isNil = "true".equals(element.getAttributeValue(new QName(XSI, "nil")));
        return isNil ? FlatNode.nil(name) : FlatNode.field(name, element.getStringValue());
    }
}
