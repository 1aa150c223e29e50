package aiguillage.hub.door.star;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aiguillage.hub.star.Transport;
import aiguillage.hub.star.Wsdl;
import aiguillage.hub.testing.RunningHub;
import aiguillage.hub.testing.StarSamples;
import aiguillage.pki.Credential;
import jakarta.xml.soap.MessageFactory;
import jakarta.xml.soap.SOAPConstants;
import jakarta.xml.soap.SOAPException;
import jakarta.xml.soap.SOAPMessage;
import jakarta.xml.ws.soap.SOAPFaultException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;

/// STAR's transport with a client that is not ours: Apache CXF, by the published WSDL where it lies beside the
/// checkout, else by the hub's own.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(120)
class StarByCxfTest {

    private static final String STAR = "http://www.starstandard.org/STAR/5";
    private static final int SECONDS_MAX = 90;

    private RunningHub hub;
    private HttpClient centre;
    private Path folder;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        this.folder = folder;
        String flows = RunningHub.FLOWS
                + "  opel/star-claim: { from: dealer, to: opel-centre, bod: ProcessWarrantyClaim, payload-max: 200MB }\n"
                + "  opel/star-answer: { from: centre, to: dealer-7, bod: ShowServiceProcessingAdvisory, payload-max: 200MB }\n";
        hub = new RunningHub(
                RunningHub.speakingStar(RunningHub.config(folder, flows, InstantSource.system())),
                InstantSource.system());
        centre = hub.client("opel-centre");
    }

    @AfterAll
    void stop() {
        centre.close();
        hub.close();
    }

    private X509Certificate root() {
        return hub.anchors().validAt(Instant.now()).iterator().next();
    }

    private CxfClient client(Transport transport, String party, boolean isSigned) throws Exception {
        String published =
                transport == Transport.STAR_2005 ? "2005-10/STARTransport2005.wsdl" : "2009/STARTransport2009.wsdl";
        Optional<Path> samples = StarSamples.find();
        Path wsdl = samples.isPresent()
                ? samples.get().resolve("wsdl").resolve(published)
                : Files.writeString(
                        folder.resolve(transport + ".wsdl"),
                        new Wsdl().of(transport, hub.uri("/star").toString()));
        Credential credential = hub.credential(party);
        return new CxfClient(
                wsdl,
                transport,
                hub.uri("/star"),
                hub.parties().context(credential),
                isSigned ? new CxfSignature(credential, root(), transport) : null);
    }

    private static SOAPMessage message() throws SOAPException {
        return MessageFactory.newInstance(SOAPConstants.SOAP_1_1_PROTOCOL).createMessage();
    }

    private static SOAPMessage carrying(Transport transport, String operation, String element, String id, String text)
            throws SOAPException {
        String t = transport.namespace();
        SOAPMessage message = message();
        Element manifests = message.getSOAPHeader().addChildElement("payloadManifest", "t", t);
        Element manifest =
                (Element) manifests.appendChild(manifests.getOwnerDocument().createElementNS(t, "t:manifest"));
        manifest.setAttribute("contentID", "Content0");
        manifest.setAttribute("namespaceURI", STAR);
        manifest.setAttribute("element", element);
        var content = message.getSOAPBody()
                .addChildElement(operation, "t", t)
                .addChildElement("payload", "t", t)
                .addChildElement("content", "t", t);
        content.setAttribute("id", "Content0");
        var bod = content.addChildElement(element, "", STAR);
        var area = bod.addChildElement("ApplicationArea", "", STAR);
        area.addChildElement("BODID", "", STAR).addTextNode(id);
        bod.addChildElement("Text", "", STAR).addTextNode(text);
        return message;
    }

    private static SOAPMessage pull(Transport transport, String receipt) throws SOAPException {
        String t = transport.namespace();
        SOAPMessage message = message();
        var pull = message.getSOAPBody().addChildElement("PullMessage", "t", t);
        if (!receipt.isEmpty()) {
            pull.addChildElement("filter", "t", t)
                    .addChildElement("receiptIDs", "t", t)
                    .addChildElement("receiptID", "t", t)
                    .addTextNode(receipt);
        }
        return message;
    }

    private static NodeList contents(SOAPMessage message) throws SOAPException {
        return message.getSOAPBody().getElementsByTagNameNS("*", "content");
    }

    private static String receipt(SOAPMessage pulled) throws SOAPException {
        return ((Element) contents(pulled).item(0)).getAttribute("id");
    }

    @ParameterizedTest
    @CsvSource({"STAR_2005, false", "STAR_2009, false", "STAR_2005, true", "STAR_2009, true"})
    void everyOperationWorksWithAnIndependentStack(Transport transport, boolean isSigned) throws Exception {
        CxfClient dealer = client(transport, "dealer-7", isSigned);
        CxfClient reader = client(transport, "opel-centre", isSigned);
        String id = "cxf-" + transport + "-" + isSigned;
        SOAPMessage taken =
                dealer.call("PutMessage", carrying(transport, "PutMessage", "ProcessWarrantyClaim", id, "é & <claim>"));
        assertThat(taken.getSOAPBody().getFirstChild().getLocalName()).isEqualTo("PutMessageResponse");
        SOAPMessage pulled = reader.call("PullMessage", pull(transport, ""));
        assertThat(contents(pulled).getLength()).isEqualTo(1);
        assertThat(contents(pulled).item(0).getTextContent()).isEqualTo(id + "é & <claim>");
        SOAPMessage nothing = reader.call("PullMessage", pull(transport, receipt(pulled)));
        assertThat(contents(nothing).getLength()).isZero();
        SOAPMessage large =
                carrying(transport, "PutMessage", "ProcessWarrantyClaim", id + "-large", "x".repeat(3_000_000));
        dealer.call("PutMessage", large);
        SOAPMessage again = reader.call("PullMessage", pull(transport, ""));
        assertThat(contents(again).item(0).getTextContent()).hasSize((id + "-large").length() + 3_000_000);
        reader.call("PullMessage", pull(transport, receipt(again)));
    }

    /// What the centre answers to a BOD.
    private static SOAPMessage decision(Transport transport, String id, String text) throws SOAPException {
        SOAPMessage decision = carrying(transport, "PutMessage", "ShowServiceProcessingAdvisory", "answer-" + id, text);
        Node bod = contents(decision).item(0).getFirstChild();
        Node original = bod.appendChild(bod.getOwnerDocument().createElementNS(STAR, "OriginalApplicationArea"));
        original.appendChild(bod.getOwnerDocument().createElementNS(STAR, "BODID"))
                .setTextContent(id);
        return decision;
    }

    /// Asks by ProcessMessage, answers as the centre, and takes the answer's delivery out of the mailbox.
    private void ask(CxfClient dealer, CxfClient reader, Transport transport, String id, String text) throws Exception {
        SOAPMessage claim = carrying(transport, "ProcessMessage", "ProcessWarrantyClaim", id, text);
        SOAPMessage decision = decision(transport, id, text);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var answered = threads.submit(() -> dealer.call("ProcessMessage", claim));
            SOAPMessage came = reader.call("PullMessage", pull(transport, ""));
            while (contents(came).getLength() == 0) {
                assertThat(answered.isDone())
                        .as("answered before the centre has it")
                        .isFalse();
                came = reader.call("PullMessage", pull(transport, ""));
            }
            reader.call("PutMessage", decision);
            SOAPMessage answer = answered.get(SECONDS_MAX, TimeUnit.SECONDS);
            assertThat(contents(came).item(0).getTextContent().equals(id + text))
                    .as("the centre has what was sent")
                    .isTrue();
            assertThat(contents(answer).getLength()).isEqualTo(1);
            assertThat(contents(answer).item(0).getTextContent().equals("answer-" + id + text + id))
                    .as("the dealer has what was answered")
                    .isTrue();
            reader.call("PullMessage", pull(transport, receipt(came)));
            dealer.call("PullMessage", pull(transport, receipt(answer)));
        }
    }

    @ParameterizedTest
    @CsvSource({"STAR_2005, false", "STAR_2009, false", "STAR_2005, true", "STAR_2009, true"})
    void processMessageIsAnsweredInTheSameCall(Transport transport, boolean isSigned) throws Exception {
        CxfClient dealer = client(transport, "dealer-7", isSigned);
        CxfClient reader = client(transport, "opel-centre", isSigned);
        for (int bytes : List.of(1_000, 300_000, 4_000_000)) {
            String line = "é & <job> 0815\n";
            ask(dealer, reader, transport, "asked-" + transport + isSigned + bytes, line.repeat(bytes / 16));
        }
    }

    /// A stack that keeps messages as trees takes gigabytes for that: `-Daiguillage.many=true`, and 8 GB of
    /// heap.
    @ParameterizedTest
    @CsvSource({"STAR_2005, false", "STAR_2009, false", "STAR_2005, true", "STAR_2009, true"})
    @EnabledIfSystemProperty(named = "aiguillage.many", matches = "true")
    void aHundredMegabytesGoThroughAnIndependentStack(Transport transport, boolean isSigned) throws Exception {
        CxfClient dealer = client(transport, "dealer-7", isSigned);
        CxfClient reader = client(transport, "opel-centre", isSigned);
        String id = "large-" + transport + "-" + isSigned;
        String text = "0123456789".repeat(10_000_000);
        dealer.call("PutMessage", carrying(transport, "PutMessage", "ProcessWarrantyClaim", id, text));
        SOAPMessage pulled = reader.call("PullMessage", pull(transport, ""));
        assertThat(contents(pulled).item(0).getTextContent()).hasSize(id.length() + text.length());
        reader.call("PullMessage", pull(transport, receipt(pulled)));
    }

    /// The centre here pulls the whole BOD before it answers, so both ways are within the time of one call.
    @ParameterizedTest
    @CsvSource({"STAR_2005, false", "STAR_2009, false", "STAR_2005, true", "STAR_2009, true"})
    @EnabledIfSystemProperty(named = "aiguillage.many", matches = "true")
    void aHundredMegabytesAreAnsweredWithAsMuchInTheSameCall(Transport transport, boolean isSigned) throws Exception {
        CxfClient dealer = client(transport, "dealer-7", isSigned);
        CxfClient reader = client(transport, "opel-centre", isSigned);
        String text = "0123456789".repeat(10_000_000);
        ask(dealer, reader, transport, "asked-large-" + transport + isSigned, text);
    }

    @ParameterizedTest
    @EnumSource(Transport.class)
    void aRefusalIsAFaultThere(Transport transport) throws Exception {
        CxfClient dealer = client(transport, "dealer-7", false);
        assertThatThrownBy(() -> dealer.call(
                        "PutMessage", carrying(transport, "PutMessage", "ProcessTeleportRequest", "no", "x")))
                .isInstanceOf(SOAPFaultException.class)
                .hasMessageContaining("no flow for ProcessTeleportRequest");
    }
}
