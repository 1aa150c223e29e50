package aiguillage.hub.door.star;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aiguillage.hub.star.Transport;
import aiguillage.hub.testing.RunningHub;
import aiguillage.hub.testing.StarSamples;
import jakarta.xml.soap.MessageFactory;
import jakarta.xml.soap.SOAPConstants;
import jakarta.xml.soap.SOAPMessage;
import java.io.ByteArrayInputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.w3c.dom.Element;

/// STAR's way of telling of a file that is too large for a message (NotifyLargeFile), by the published schema
/// and the published WSDL of this BOD. Skipped where the samples are not.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(60)
class NotifyLargeFileTest {

    private Path samples;
    private RunningHub hub;
    private HttpClient centre;
    private HttpClient dealer;
    private ServerSocket files;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        samples = StarSamples.folder();
        String flows = RunningHub.FLOWS + "  opel/large-file: { from: centre, to: dealer-7, bod: NotifyLargeFile,"
                + " schema: BODs/Developer/NotifyLargeFile.xsd }\n";
        hub = new RunningHub(
                RunningHub.checkingBy(
                        samples.resolve("schemas"),
                        RunningHub.speakingStar(RunningHub.config(folder, flows, InstantSource.system()))),
                InstantSource.system());
        centre = hub.client("opel-centre");
        dealer = hub.client("dealer-7");
        files = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    }

    @AfterAll
    void stop() throws Exception {
        if (hub != null) {
            centre.close();
            dealer.close();
            files.close();
            hub.close();
        }
    }

    /// Written as no writer of trees would: what comes out is what went in, or it is not.
    private String bod(String id) {
        return "<star:NotifyLargeFile  xmlns:star='http://www.starstandard.org/STAR/5'\n"
                + "  xmlns:oa=\"http://www.openapplications.org/oagis/9\" releaseID='5.5.4' languageCode=\"fr-FR\" >\n"
                + "  <star:ApplicationArea><star:Sender><star:LogicalID>opel-centre</star:LogicalID>"
                + "<star:ComponentID>prices</star:ComponentID><star:TaskID>NotifyLargeFile</star:TaskID>"
                + "<star:CreatorNameCode>x</star:CreatorNameCode><star:SenderNameCode>OC</star:SenderNameCode>"
                + "</star:Sender><star:CreationDateTime>2026-03-20T07:15:00Z</star:CreationDateTime><star:BODID>" + id
                + "</star:BODID><star:Destination><star:DestinationNameCode>D7</star:DestinationNameCode>"
                + "</star:Destination></star:ApplicationArea><!-- é -->\r\n"
                + "  <star:NotifyLargeFileDataArea><star:Notify><oa:ActionCriteria><oa:ActionExpression"
                + " actionCode='Add'>/x</oa:ActionExpression></oa:ActionCriteria></star:Notify><star:LargeFile>"
                + "<star:LargeFileHeader><star:DocumentIdentificationGroup><star:DocumentIdentification>"
                + "<star:DocumentID>" + id + "</star:DocumentID></star:DocumentIdentification>"
                + "</star:DocumentIdentificationGroup><star:File><star:Filename>tarif &amp; remises.zip</star:Filename>"
                + "<star:MIMECode>application/zip</star:MIMECode><star:URI>http://127.0.0.1:" + files.getLocalPort()
                + "/tarif.zip</star:URI></star:File></star:LargeFileHeader></star:LargeFile>"
                + "</star:NotifyLargeFileDataArea></star:NotifyLargeFile>";
    }

    private static String put(Transport transport, String bod) {
        return "<e:Envelope xmlns:e=\"http://schemas.xmlsoap.org/soap/envelope/\" xmlns:t=\"" + transport.namespace()
                + "\"><e:Header><t:payloadManifest><t:manifest contentID=\"C\""
                + " namespaceURI=\"http://www.starstandard.org/STAR/5\" element=\"NotifyLargeFile\"/></t:payloadManifest>"
                + "</e:Header><e:Body><t:PutMessage><t:payload><t:content id=\"C\">" + bod
                + "</t:content></t:payload></t:PutMessage></e:Body></e:Envelope>";
    }

    private static String pull(Transport transport, String receipt) {
        String filter = receipt.isEmpty()
                ? ""
                : "<t:filter><t:receiptIDs><t:receiptID>" + receipt + "</t:receiptID></t:receiptIDs></t:filter>";
        return "<e:Envelope xmlns:e=\"http://schemas.xmlsoap.org/soap/envelope/\"><e:Body><t:PullMessage xmlns:t=\""
                + transport.namespace() + "\">" + filter + "</t:PullMessage></e:Body></e:Envelope>";
    }

    private HttpResponse<String> post(HttpClient client, String message) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(hub.uri("/star"))
                .header("Content-Type", "text/xml; charset=utf-8")
                .POST(HttpRequest.BodyPublishers.ofString(message))
                .build();
        return client.send(request, HttpResponse.BodyHandlers.ofString());
    }

    @ParameterizedTest
    @EnumSource(Transport.class)
    void itGoesInAndComesOutByteForByte(Transport transport) throws Exception {
        String bod = bod("large-" + transport);
        HttpResponse<String> taken = post(centre, put(transport, bod));
        assertThat(taken.statusCode()).as(taken.body()).isEqualTo(200);
        String given = post(dealer, pull(transport, "")).body();
        int begin = given.indexOf("<t:content id=\"");
        String receipt = given.substring(begin + 15, given.indexOf('"', begin + 15));
        assertThat(given.substring(given.indexOf('>', begin) + 1, given.lastIndexOf("</t:content>")))
                .isEqualTo(bod);
        assertThat(post(dealer, pull(transport, receipt)).body()).doesNotContain("<t:content");
    }

    @ParameterizedTest
    @EnumSource(Transport.class)
    void aStackReadsItByTheWsdlOfThisBod(Transport transport) throws Exception {
        String folder = transport == Transport.STAR_2005 ? "2005-10" : "2009";
        Path wsdl = samples.resolve("wsdl").resolve(folder).resolve("NotifyLargeFile.wsdl");
        String id = "by-stack-" + transport;
        client(wsdl, transport, "opel-centre").call("PutMessage", message(put(transport, bod(id))));
        CxfClient reader = client(wsdl, transport, "dealer-7");
        SOAPMessage pulled = reader.call("PullMessage", message(pull(transport, "")));
        var content = (Element)
                pulled.getSOAPBody().getElementsByTagNameNS("*", "content").item(0);
        assertThat(content.getElementsByTagNameNS("*", "Filename").item(0).getTextContent())
                .isEqualTo("tarif & remises.zip");
        assertThat(content.getElementsByTagNameNS("*", "BODID").item(0).getTextContent())
                .isEqualTo(id);
        reader.call("PullMessage", message(pull(transport, content.getAttribute("id"))));
    }

    private CxfClient client(Path wsdl, Transport transport, String party) throws Exception {
        var tls = hub.parties().context(hub.credential(party));
        return new CxfClient(wsdl, "NotifyLargeFile", transport, hub.uri("/star"), tls, null);
    }

    private static SOAPMessage message(String text) throws Exception {
        return MessageFactory.newInstance(SOAPConstants.SOAP_1_1_PROTOCOL)
                .createMessage(null, new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void oneWithoutTheFileIsRefusedWithItsPlace() throws Exception {
        String bod = bod("no-file").replaceFirst("<star:File>.*</star:File>", "");
        HttpResponse<String> refused = post(centre, put(Transport.STAR_2009, bod));
        assertThat(refused.statusCode()).isEqualTo(500);
        assertThat(refused.body()).contains("code=\"payload-invalid\"", "line 4,", "File");
    }

    @Test
    void theHubFetchesNothing() throws Exception {
        assertThat(post(centre, put(Transport.STAR_2009, bod("not-fetched"))).statusCode())
                .isEqualTo(200);
        String given = post(dealer, pull(Transport.STAR_2009, "")).body();
        assertThat(given).contains("not-fetched");
        files.setSoTimeout(1);
        assertThatThrownBy(files::accept).isInstanceOf(SocketTimeoutException.class);
        int begin = given.indexOf("<t:content id=\"");
        post(dealer, pull(Transport.STAR_2009, given.substring(begin + 15, given.indexOf('"', begin + 15))));
    }
}
