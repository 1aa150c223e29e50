package aiguillage.fuzz;

import static aiguillage.fuzz.Inputs.require;

import aiguillage.hub.star.Fault;
import aiguillage.hub.star.Slice;
import aiguillage.hub.star.SoapReader;
import aiguillage.hub.star.StarMessage;
import aiguillage.hub.star.StarMessage.Content;
import aiguillage.xml.HardenedXml;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.List;
import org.xml.sax.Attributes;
import org.xml.sax.SAXException;
import org.xml.sax.SAXParseException;
import org.xml.sax.helpers.DefaultHandler;

/// Messages of STAR's transport. The reader of events and the finder of markup agree: each content stands
/// alone, and is the element that the reader saw.
final class StarMessageTarget implements Target {

    private static final String ENVELOPE = """
            <?xml version="1.0"?><e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/" xmlns:o="urn:o"
             xmlns:t="http://www.starstandards.org/webservices/2009/transport"><e:Header><t:payloadManifest>
             <t:manifest contentID="a" namespaceURI="urn:x" element="x"/></t:payloadManifest></e:Header><e:Body>
             %s</e:Body></e:Envelope>""";

    @Override
    public List<byte[]> seeds() {
        return Inputs.of(
                ENVELOPE.formatted("<t:PutMessage><t:payload><t:content id=\"a\"><x:x xmlns:x='urn:x' o:a='>'>"
                        + "<!-- </x:x> --><![CDATA[</x:x>]]><?p </x:x>?>é</x:x></t:content>"
                        + "<t:content id='b'><o:b/></t:content></t:payload></t:PutMessage>"),
                ENVELOPE.replace("?>", " encoding='ISO-8859-1'?>")
                        .formatted("<t:ProcessMessage><t:payload><t:content id='c'><o:b>x</o:b></t:content></t:payload>"
                                + "</t:ProcessMessage>"),
                ENVELOPE.formatted("<t:PullMessage maxItems=\"3\"><t:filter><t:receiptIDs><t:receiptID>delivery-7"
                        + "</t:receiptID></t:receiptIDs></t:filter></t:PullMessage>"));
    }

    @Override
    public void run(byte[] input) throws Exception {
        StarMessage message;
        try {
            message = SoapReader.read(() -> new ByteArrayInputStream(input));
        } catch (Fault refused) {
            require(!refused.text().isBlank(), "a fault says why");
            return;
        }
        for (Content content : message.contents()) {
            int begin = (int) content.begin();
            int bytes = (int) (content.end() - content.begin());
            byte[] alone;
            try (InputStream in = Slice.of(content, new ByteArrayInputStream(input, begin, bytes))) {
                alone = in.readAllBytes();
            }
            require(alone.length == Slice.bytes(content), "its length is known", content);
            var first = new First();
            try {
                HardenedXml.read(new ByteArrayInputStream(alone), first);
            } catch (SAXException e) {
                throw new AssertionError("it does not stand alone: " + Inputs.text(alone), e);
            }
            require(
                    first.name.equals("{" + content.namespace() + "}" + content.element()),
                    "it is the element that was read",
                    content,
                    first.name);
        }
    }

    private static final class First extends DefaultHandler {

        private String name = "";

        @Override
        public void startElement(String uri, String local, String qName, Attributes attributes) {
            name = name.isEmpty() ? "{" + uri + "}" + local : name;
        }

        @Override
        public void fatalError(SAXParseException e) throws SAXException {
            throw e;
        }
    }
}
