package aiguillage.hub.wss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aiguillage.hub.star.Answer;
import aiguillage.hub.star.Answer.Block;
import aiguillage.hub.star.Answer.Part;
import aiguillage.hub.star.Fault;
import aiguillage.hub.star.SoapReader;
import aiguillage.hub.testing.Parties;
import aiguillage.pki.CertificateAuthority;
import aiguillage.pki.Credential;
import aiguillage.protocol.signature.Freshness;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A message's signature holds when it is of the whole message as it stands there, and in no other case.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SignatureCheckTest {

    private static final Instant NOW = Instant.parse("2026-11-26T12:00:00Z");
    private static final String BODY = "<t:PutMessage xmlns:t=\"urn:t\"><t:payload>pay 10</t:payload></t:PutMessage>";
    private static final String DS = "http://www.w3.org/2000/09/xmldsig#";

    private Credential dealer;
    private Credential other;

    @BeforeAll
    void parties(@TempDir Path folder) throws Exception {
        InstantSource clock = InstantSource.fixed(NOW);
        CertificateAuthority.init(folder.resolve("ca"), "Test", null, NOW);
        var parties = new Parties(folder.resolve("ca"), clock);
        dealer = parties.credential("dealer-7");
        other = parties.credential("dealer-8");
    }

    private static Answer answer(String body) {
        return new Answer(
                List.of(new Block("<t:payloadManifest xmlns:t=\"urn:t\"", "><t:m/></t:payloadManifest>")),
                List.of(Part.of(body)));
    }

    private static String text(List<Part> parts) throws Exception {
        try (InputStream in = Answer.open(parts)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static String signed(Credential by, Instant when, String body) throws Exception {
        return text(new MessageSigner(() -> by, () -> "part").signed(answer(body), when));
    }

    private String signed() throws Exception {
        return signed(dealer, NOW, BODY);
    }

    private static SignatureCheck.Statement check(String message) throws Exception {
        byte[] bytes = message.getBytes(StandardCharsets.UTF_8);
        return check(() -> new ByteArrayInputStream(bytes));
    }

    private static SignatureCheck.Statement check(SoapReader.Source message) throws Exception {
        SignatureCheck.Statement statement = SignatureCheck.statement(message, Freshness.DEFAULT, NOW);
        SignatureCheck.requireWhole(message, statement);
        return statement;
    }

    private static void requireRefused(String message, String why) {
        assertThatThrownBy(() -> check(message))
                .isInstanceOf(BadSignature.class)
                .hasMessageContaining(why);
    }

    /// A change of the message that has an effect.
    private void requireRefused(String from, String to, String why) throws Exception {
        String changed = signed().replace(from, to);
        assertThat(changed).isNotEqualTo(signed());
        requireRefused(changed, why);
    }

    @Test
    void aWholeMessageHolds() throws Exception {
        SignatureCheck.Statement proven = check(signed());
        assertThat(proven.signer()).containsExactly(dealer.chain().leaf());
        assertThat(proven.created()).isEqualTo(NOW);
        String large = signed(dealer, NOW, BODY.replace("pay 10", "x<b/>\r\n".repeat(200_000)));
        assertThat(check(large).signed()).isNotEqualTo(proven.signed());
    }

    /// Meant to be run with a heap of 64 MB, and `-Daiguillage.many=true`.
    @Test
    @EnabledIfSystemProperty(named = "aiguillage.many", matches = "true")
    void twoHundredMegabytesAreCheckedInTheMemoryOfOneTag() throws Exception {
        byte[] line = "<l>0123456789 é</l>\n".repeat(1_000).getBytes(StandardCharsets.UTF_8);
        List<Part> body = new ArrayList<>(List.of(Part.of("<t:PutMessage xmlns:t=\"urn:t\">")));
        for (int i = 0; i < 10_000; i++) {
            body.add(new Part(line.length, () -> new ByteArrayInputStream(line)));
        }
        body.add(Part.of("</t:PutMessage>"));
        List<Part> signed = new MessageSigner(() -> dealer).signed(new Answer(List.of(), body), NOW);
        check(() -> Answer.open(signed));
    }

    @Test
    void nothingSignedCanBeChanged() throws Exception {
        requireRefused("pay 10", "pay 11", "part-1 was changed");
        requireRefused("<t:m/>", "<t:n/>", "part-0 was changed");
        requireRefused("12:00:00Z</wsu:Created>", "12:00:01Z</wsu:Created>", "part-timestamp was changed");
        requireRefused("<ds:DigestValue>", "<ds:DigestValue>AAAA", "SignatureValue");
        String value = "<ds:SignatureValue>";
        requireRefused(value, value + "AAAA", "SignatureValue");
        requireRefused("xmlenc#sha256", "xmlenc#sha512", "SignatureValue");
        requireRefused(
                Base64.getEncoder().encodeToString(dealer.chain().leaf().getEncoded()),
                Base64.getEncoder().encodeToString(other.chain().leaf().getEncoded()),
                "SignatureValue");
    }

    private static String bodyOf(String message) {
        return message.substring(message.indexOf("<soap:Body"), message.indexOf("</soap:Envelope>"));
    }

    @Test
    void aBodyThatWasMovedIsNotTheBody() throws Exception {
        String message = signed();
        String body = bodyOf(message);
        String evil = "<soap:Body><t:PutMessage xmlns:t=\"urn:t\">pay 99</t:PutMessage></soap:Body>";
        String named = evil.replace("<soap:Body>", "<soap:Body xmlns:wsu=\"" + Names.WSU + "\" wsu:Id=\"part-1\">");
        String wrapped = "<x:w xmlns:x=\"urn:x\">" + body + "</x:w></soap:Header>";
        requireRefused(message.replace("</soap:Header>" + body, wrapped + evil), "does not cover {urn:x}w");
        requireRefused(message.replace("</soap:Header>" + body, wrapped + named), "does not cover {urn:x}w");
        requireRefused(
                message.replace("</wsse:Security>", body + "</wsse:Security>").replace("</soap:Header>" + body, evil),
                "soap:Body, which is not read here");
        requireRefused(message.replace(body, evil + body), "does not cover soap:Body");
        requireRefused(message.replace(body, body + evil), "more than a Header and a Body");
        requireRefused(message.replace(body, evil.replace("99", "<x>" + body + "</x>")), "does not cover soap:Body");
        requireRefused(message.replace(body, named.replace("99", body)), "Two elements");
        requireRefused(
                message.replace("</soap:Header>", "</soap:Header><soap:Header/>"), "more than a Header and a Body");
        requireRefused(message.replace("<soap:Header>", "<x/><soap:Header>"), "no Security header before");
        requireRefused(
                message.replace("soap:Envelope", "soap:Envelop"), "A signed envelope has a Header and then a Body");
    }

    @Test
    void aHeaderBlockIsNotTheBodyWhateverItsName() throws Exception {
        String message = signed();
        String body = bodyOf(message);
        String evil = "<soap:Body><t:PutMessage xmlns:t=\"urn:t\">pay 99</t:PutMessage></soap:Body>";
        String moved = message.replace("</soap:Header>" + body, body + "</soap:Header>" + evil);
        requireRefused(moved, "does not cover soap:Body of the message's envelope");
        String id = " xmlns:wsu=\"" + Names.WSU + "\" wsu:Id=\"";
        requireRefused(
                moved.replace("<soap:Body><t", "<soap:Body" + id + "other\"><t"),
                "does not cover soap:Body of the message's envelope");
        requireRefused(moved.replace("<soap:Body><t", "<soap:Body" + id + "part-1\"><t"), "Two elements");
        for (String name : List.of("soap:Header", "soap:Envelope")) {
            requireRefused(
                    message.replace(
                            "</soap:Header>" + body, "<" + name + ">" + body + "</" + name + "></soap:Header>" + evil),
                    "does not cover " + name + " of the message's header");
        }
    }

    @Test
    void everythingThatCountsIsCovered() throws Exception {
        requireRefused("</soap:Header>", "<n:new xmlns:n=\"urn:n\"/></soap:Header>", "does not cover {urn:n}new");
        requireRefused(" wsu:Id=\"part-0\"", "", "does not cover {urn:t}payloadManifest");
        requireRefused(" wsu:Id=\"part-1\"", "", "does not cover soap:Body");
        requireRefused(" wsu:Id=\"part-timestamp\"", "", "does not cover wsu:Timestamp");
        requireRefused("URI=\"#part-0\"", "URI=\"#part-9\"", "SignatureValue");
        requireRefused("<t:m/>", "<t:m/><!-- and more -->", "does not cover comments");
        requireRefused("pay 10", "pay 1<!-- -->0", "does not cover comments");
    }

    @Test
    void whoDidNotSignCostsNoMoreThanAHeader() throws Exception {
        byte[] bytes = signed().replace("<ds:SignatureValue>", "<ds:SignatureValue>AAAA")
                .replace("pay 10", "<c/>".repeat(100_000))
                .getBytes(StandardCharsets.UTF_8);
        List<InputStream> opened = new ArrayList<>();
        SoapReader.Source message = () -> {
            var in = new ByteArrayInputStream(bytes);
            opened.add(in);
            return in;
        };
        assertThatThrownBy(() -> SignatureCheck.statement(message, Freshness.DEFAULT, NOW))
                .isInstanceOf(BadSignature.class)
                .hasMessageContaining("SignatureValue");
        for (InputStream in : opened) {
            assertThat(in.available()).isGreaterThan(bytes.length - 30_000);
        }
    }

    @Test
    void aListOfPrefixesHasABound() throws Exception {
        requireRefused(
                "<ds:Transform Algorithm=\"" + Names.EXCLUSIVE + "\">",
                "<ds:Transform Algorithm=\"" + Names.EXCLUSIVE + "\"><ec:InclusiveNamespaces xmlns:ec=\""
                        + Names.EXCLUSIVE + "\" PrefixList=\"" + "a ".repeat(65) + "\"/>",
                "more than 64 prefixes");
    }

    @Test
    void namespacesThatOtherToolsRefuseToSignAreRefused() throws Exception {
        requireRefused("pay 10", "<r:e xmlns:r=\"relative\"/>", "A namespace is not absolute");
    }

    @Test
    void aRefusalRepeatsLittleOfTheMessage() throws Exception {
        String far = "x".repeat(60_000);
        String repeated = signed().replace("URI=\"#part-0\"", "URI=\"#" + far + "\"")
                .replace("Algorithm=\"" + Algorithms.SHA_256 + "\"", "Algorithm=\"" + far + "\"");
        for (String message : List.of(repeated, "<e xmlns:a=\"" + far + "\"/>", "<" + far + "/>")) {
            assertThatThrownBy(() -> check(message))
                    .isInstanceOfSatisfying(
                            BadSignature.class,
                            bad -> assertThat(bad.text()).hasSizeLessThanOrEqualTo(Fault.TEXT_CHARS_MAX));
        }
    }

    @Test
    void whatAContentHoldsNeverMeetsTheHubsOwnIds() throws Exception {
        String first = text(new MessageSigner(() -> dealer).signed(answer(BODY), NOW));
        String second = text(new MessageSigner(() -> dealer)
                .signed(answer(BODY.replace("pay 10", bodyOf(first) + "<t:x/>")), NOW));
        check(second);
    }

    @Test
    void aHeaderForAnotherActorIsNotOurs() throws Exception {
        requireRefused("soap:mustUnderstand=", "soap:actor=\"urn:next-hub\" soap:mustUnderstand=", "for the actor");
        check(signed().replace("soap:mustUnderstand=", "soap:actor=\"" + Names.NEXT + "\" soap:mustUnderstand="));
    }

    private static String reference(String uri) {
        return "<ds:Reference URI=\"" + uri + "\"><ds:Transforms><ds:Transform Algorithm=\"" + Names.EXCLUSIVE
                + "\"/></ds:Transforms><ds:DigestMethod Algorithm=\"" + Algorithms.SHA_256
                + "\"/><ds:DigestValue>AAAA</ds:DigestValue></ds:Reference>";
    }

    @ParameterizedTest
    @CsvSource({
        "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256, http://www.w3.org/2000/09/xmldsig#rsa-sha1",
        "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256, http://www.w3.org/2000/09/xmldsig#hmac-sha1",
        "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256, http://www.w3.org/2001/04/xmldsig-more#hmac-sha256",
        "http://www.w3.org/2001/04/xmlenc#sha256, http://www.w3.org/2000/09/xmldsig#sha1",
        "http://www.w3.org/2001/04/xmlenc#sha256, http://www.w3.org/2001/04/xmldsig-more#md5",
    })
    void weakAlgorithmsAreRefused(String from, String to) throws Exception {
        requireRefused("Algorithm=\"" + from, "Algorithm=\"" + to, "not accepted");
    }

    @Test
    void nothingIsTransformedOrFetched() throws Exception {
        String exclusive = "<ds:Transform Algorithm=\"" + Names.EXCLUSIVE + "\"></ds:Transform>";
        for (String algorithm : List.of(
                "http://www.w3.org/TR/1999/REC-xslt-19991116",
                "http://www.w3.org/TR/1999/REC-xpath-19991116",
                "http://www.w3.org/2002/06/xmldsig-filter2",
                DS + "enveloped-signature",
                DS + "base64",
                "http://www.w3.org/TR/2001/REC-xml-c14n-20010315",
                Names.EXCLUSIVE + "WithComments")) {
            requireRefused(exclusive, exclusive.replace(Names.EXCLUSIVE, algorithm), "the only one");
        }
        requireRefused(exclusive, exclusive + exclusive, "more than one");
        requireRefused(exclusive, exclusive.replace("></", "><x:xslt xmlns:x=\"urn:x\"/></"), "not read here");
        requireRefused(exclusive, "", "has not all of");
        for (String uri : List.of("", "#", "file:///etc/hostname", "http://example.org/x", "cid:body", "other#body")) {
            requireRefused(
                    "</ds:SignedInfo>", reference(uri) + "</ds:SignedInfo>", "not to an element of this message");
        }
        requireRefused("URI=\"#part-1\"", "URI=\"#xpointer(/)\"", "SignatureValue");
    }

    @Test
    void whatIsNotListedIsNotRead() throws Exception {
        String message = signed();
        String signature = message.substring(message.indexOf("<ds:Signature "), message.indexOf("</wsse:Security>"));
        requireRefused(message.replace(signature, signature + signature), "more than one ds:Signature");
        String security = message.substring(message.indexOf("<wsse:Security"), message.indexOf("<t:payloadManifest"));
        requireRefused(message.replace(security, security + security), "more than one Security header");
        requireRefused("</ds:Signature>", "<ds:Object Id=\"o\"/></ds:Signature>", "ds:Object, which is not read here");
        requireRefused("</ds:SignedInfo>", "<ds:Manifest/></ds:SignedInfo>", "not read here");
        requireRefused("<wsu:Timestamp", "<wsse:UsernameToken/><wsu:Timestamp", "wsse:UsernameToken");
        requireRefused("<ds:KeyInfo>", "<ds:KeyInfo><ds:X509Data/>", "ds:X509Data");
        requireRefused("URI=\"#part-token\"", "URI=\"#other\"", "direct reference");
        requireRefused("<wsu:Timestamp", "<wsu:Timestamp/><wsu:Timestamp", "more than one wsu:Timestamp");
        requireRefused("#X509v3\">", "#X509v1\">", "neither");
        requireRefused(
                "<soap:Envelope",
                "<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/hostname\">]><soap:Envelope",
                "DOCTYPE is disallowed");
    }

    @Test
    void aHeaderHasABound() throws Exception {
        requireRefused("</wsu:Created>", "</wsu:Created>" + " ".repeat(70_000), "more than 65536 characters");
        requireRefused(
                "URI=\"#part-token\"", "URI=\"#part-token\" x=\"" + "x".repeat(70_000) + "\"", "more than 65536");
        requireRefused("</ds:SignedInfo>", reference("#a").repeat(30) + "</ds:SignedInfo>", "more than 20 references");
        var blocks = new StringBuilder();
        for (int i = 0; i < 1_000; i++) {
            blocks.append("<n:n").append(i).append(" xmlns:n=\"urn:n\"/>");
        }
        requireRefused("</soap:Header>", blocks + "</soap:Header>", "does not cover {urn:n}n0");
    }

    @Test
    void onlyWhatIsFreshHolds() throws Exception {
        Instant[] wrong = {NOW.minus(Duration.ofSeconds(301)), NOW.plus(Duration.ofSeconds(301))};
        for (Instant when : wrong) {
            assertThatThrownBy(() -> check(signed(dealer, when, BODY)))
                    .isInstanceOfSatisfying(
                            BadSignature.class,
                            bad -> assertThat(bad.isOfAnotherTime()).isTrue());
        }
        check(signed(dealer, NOW.minus(Duration.ofSeconds(299)), BODY));
        requireRefused("wsu:Created>", "wsu:Begun>", "wsu:Timestamp/wsu:Begun, which is not read here");
        String message = signed();
        String timestamp = message.substring(message.indexOf("<wsu:Timestamp"), message.indexOf("<ds:Signature "));
        requireRefused(message.replace(timestamp, ""), "no Timestamp");
        requireRefused(
                message.replace("<wsse:Security", "<wsse:Secure").replace("/wsse:Security", "/wsse:Secure"),
                "no Security");
    }
}
