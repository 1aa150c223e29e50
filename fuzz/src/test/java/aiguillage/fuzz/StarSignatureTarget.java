package aiguillage.fuzz;

import static aiguillage.fuzz.Inputs.require;

import aiguillage.hub.star.Answer;
import aiguillage.hub.star.SoapReader;
import aiguillage.hub.wss.BadSignature;
import aiguillage.hub.wss.MessageSigner;
import aiguillage.hub.wss.SignatureCheck;
import aiguillage.pki.CertificateAuthority;
import aiguillage.pki.CertificateRequest;
import aiguillage.pki.CertificateUse;
import aiguillage.pki.Credential;
import aiguillage.pki.EcKeys;
import aiguillage.protocol.PartyId;
import aiguillage.protocol.signature.Freshness;
import aiguillage.xml.HardenedXml;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.w3c.dom.Document;

/// Signed messages. Whatever is changed in one: if its signature still holds, it says the same as before.
final class StarSignatureTarget implements Target {

    private static final String BODY = "<t:PutMessage xmlns:t=\"urn:t\"><t:payload><t:content id=\"a\"><x>pay 10</x>"
            + "</t:content></t:payload></t:PutMessage>";

    private final Instant now = Instant.now();
    private final byte[] signed;

    StarSignatureTarget() throws Exception {
        Path folder = Files.createTempDirectory("fuzz").resolve("ca");
        CertificateAuthority.init(folder, "Fuzz", null, now);
        KeyPair pair = EcKeys.generate();
        var party = new PartyId("dealer-7");
        Credential dealer = new Credential(
                pair.getPrivate(),
                CertificateAuthority.openIssuing(folder)
                        .issue(
                                CertificateRequest.create(pair, party),
                                party,
                                new CertificateUse.Client(),
                                Duration.ofDays(1),
                                now));
        var message = new Answer(List.of(), List.of(Answer.Part.of(BODY)));
        try (InputStream in = Answer.open(new MessageSigner(() -> dealer).signed(message, now))) {
            signed = in.readAllBytes();
        }
    }

    @Override
    public List<byte[]> seeds() {
        return List.of(signed);
    }

    @Override
    public void run(byte[] input) throws Exception {
        SoapReader.Source source = () -> new ByteArrayInputStream(input);
        try {
            SignatureCheck.requireWhole(source, SignatureCheck.statement(source, Freshness.DEFAULT, now));
        } catch (BadSignature refused) {
            require(!refused.text().isBlank(), "a refusal says why");
            return;
        }
        Document tree = HardenedXml.tree().parse(new ByteArrayInputStream(input));
        String body = tree.getElementsByTagNameNS("http://schemas.xmlsoap.org/soap/envelope/", "Body")
                .item(0)
                .getTextContent();
        require(body.equals("pay 10"), "what holds says the same", body);
    }
}
