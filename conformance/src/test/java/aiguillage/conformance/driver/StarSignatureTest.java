package aiguillage.conformance.driver;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aiguillage.pki.CertificateAuthority;
import aiguillage.pki.CertificateRequest;
import aiguillage.pki.CertificateUse;
import aiguillage.pki.Credential;
import aiguillage.pki.EcKeys;
import aiguillage.protocol.PartyId;
import aiguillage.xml.HardenedXml;
import java.io.ByteArrayInputStream;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import javax.xml.crypto.dsig.CanonicalizationMethod;
import javax.xml.crypto.dsig.DigestMethod;
import javax.xml.crypto.dsig.Reference;
import javax.xml.crypto.dsig.SignatureMethod;
import javax.xml.crypto.dsig.Transform;
import javax.xml.crypto.dsig.XMLSignatureFactory;
import javax.xml.crypto.dsig.dom.DOMSignContext;
import javax.xml.crypto.dsig.spec.C14NMethodParameterSpec;
import javax.xml.crypto.dsig.spec.TransformParameterSpec;
import javax.xml.crypto.dsig.spec.XPathFilterParameterSpec;
import javax.xml.transform.dom.DOMSource;
import javax.xml.transform.stream.StreamResult;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/// A hub's signature counts for what it covers, and for nothing else.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StarSignatureTest {

    private static final String WSU =
            "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd";
    private static final XMLSignatureFactory FACTORY = XMLSignatureFactory.getInstance("DOM");

    private Credential hub;
    private StarSignature signature;

    @BeforeAll
    void issue(@TempDir Path folder) throws Exception {
        Instant now = Instant.now();
        CertificateAuthority.init(folder.resolve("ca"), "Kit", null, now);
        KeyPair pair = EcKeys.generate();
        var party = new PartyId("hub");
        hub = new Credential(
                pair.getPrivate(),
                CertificateAuthority.openIssuing(folder.resolve("ca"))
                        .issue(
                                CertificateRequest.create(pair, party),
                                party,
                                new CertificateUse.Client(),
                                Duration.ofDays(1),
                                now));
        signature = new StarSignature(hub);
    }

    private static String message(StarText.Marks marks) {
        return "<e:Envelope xmlns:e=\"" + StarSignature.SOAP + "\"><e:Header>" + marks.security() + "</e:Header><e:Body"
                + marks.body() + ">pay 10</e:Body></e:Envelope>";
    }

    private String signed() {
        List<byte[]> parts = signature.signed(marks -> List.of(message(marks).getBytes(StandardCharsets.UTF_8)));
        return new String(parts.getFirst(), StandardCharsets.UTF_8);
    }

    private void require(String answer) {
        signature.requireSigned(
                answer.getBytes(StandardCharsets.UTF_8), hub.chain().leaf());
    }

    private void requireRefused(String answer, String why) {
        assertThatThrownBy(() -> require(answer))
                .isInstanceOf(DealerDriver.Unintelligible.class)
                .hasMessageContaining(why);
    }

    /// The message, signed anew with other references.
    private String signedBy(List<Reference> references) throws Exception {
        String plain = signed().replaceFirst("(?s)<([a-z]+:)?Signature .*</([a-z]+:)?Signature>", "");
        Document tree = HardenedXml.tree().parse(new ByteArrayInputStream(plain.getBytes(StandardCharsets.UTF_8)));
        for (String name : List.of("Body", "Timestamp")) {
            ((Element) tree.getElementsByTagNameNS("*", name).item(0)).setIdAttributeNS(WSU, "Id", true);
        }
        var info = FACTORY.newSignedInfo(
                FACTORY.newCanonicalizationMethod(CanonicalizationMethod.EXCLUSIVE, (C14NMethodParameterSpec) null),
                FACTORY.newSignatureMethod(SignatureMethod.ECDSA_SHA256, null),
                references);
        Element security =
                (Element) tree.getElementsByTagNameNS("*", "Security").item(0);
        FACTORY.newXMLSignature(info, null).sign(new DOMSignContext(hub.key(), security));
        var text = new StringWriter();
        HardenedXml.writer().transform(new DOMSource(tree), new StreamResult(text));
        return text.toString();
    }

    private static Reference reference(String uri, Transform... first) throws Exception {
        List<Transform> transforms = new ArrayList<>(List.of(first));
        transforms.add(FACTORY.newTransform(CanonicalizationMethod.EXCLUSIVE, (TransformParameterSpec) null));
        return FACTORY.newReference(uri, FACTORY.newDigestMethod(DigestMethod.SHA256, null), transforms, null, null);
    }

    @Test
    void whatIsSignedHoldsAndWhatWasChangedDoesNot() throws Exception {
        assertThatCode(() -> require(signed())).doesNotThrowAnyException();
        requireRefused(signed().replace("pay 10", "pay 11"), "does not hold");
        String anew = signedBy(List.of(reference("#body"), reference("#timestamp")));
        assertThatCode(() -> require(anew)).doesNotThrowAnyException();
    }

    @Test
    void aTransformThatSelectsNothingSignsNothing() throws Exception {
        Transform nothing = FACTORY.newTransform(Transform.XPATH, new XPathFilterParameterSpec("false()"));
        String answer = signedBy(List.of(reference("#body", nothing), reference("#timestamp")));
        requireRefused(answer, "not for all of it");
        requireRefused(answer.replace("pay 10", "pay 11"), "not for all of it");
    }

    @Test
    void aReferenceToTheWholeMessageIsNoneToItsBody() throws Exception {
        Transform enveloped = FACTORY.newTransform(Transform.ENVELOPED, (TransformParameterSpec) null);
        requireRefused(signedBy(List.of(reference("", enveloped))), "not for all of it");
    }

    @Test
    void anAnswerWithoutHeaderIsNotSigned() {
        requireRefused(
                "<e:Envelope xmlns:e=\"" + StarSignature.SOAP + "\" xmlns:u=\"" + WSU
                        + "\"><e:Body u:Id=\"body\"><u:Timestamp u:Id=\"timestamp\"/></e:Body></e:Envelope>",
                "no Header");
    }
}
