package aiguillage.hub.as4;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import aiguillage.hub.testing.StarSamples;
import aiguillage.pki.CertificateAuthority;
import aiguillage.protocol.PartyId;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Messages as strangers may write them: what is read of them, what their signature proves, what nothing helps.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class SoapMessageTest {

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final PartyId HUB = new PartyId("hub.example");

    private Path folder;
    private CertificateAuthority authority;
    private String signed;

    @BeforeAll
    void sign(@TempDir Path temporary) throws Exception {
        folder = temporary;
        authority = CertificateAuthority.init(folder.resolve("ca"), "Test", null, NOON);
        As4Keys keys = As4Keys.open(folder.resolve("as4.pem"), HUB, authority, NOON);
        String unit =
                MessageText.error("1@hub", NOON, "", EbmsError.OTHER, "failed", "a <sentence> & \"more\"\n\u00e9");
        signed =
                new String(new Signer(keys::signing).signed(Suite.ED25519, unit, Map.of(), ""), StandardCharsets.UTF_8);
    }

    private static String outcome(String message) {
        return outcome(message.getBytes(StandardCharsets.UTF_8));
    }

    /// What it says, and whether it is proven; or the error.
    private static String outcome(byte[] message) {
        String said;
        try {
            SoapMessage soap = SoapMessage.read(message);
            said = soap.said().getClass().getSimpleName();
            try {
                return said + " by " + Proof.of(soap).suite();
            } catch (As4Fault fault) {
                return said + " " + fault.error().code();
            }
        } catch (As4Fault fault) {
            return fault.error().code();
        }
    }

    @Test
    void whatTheHubSignsIsProven() {
        assertThat(outcome(signed)).isEqualTo("Errors by ED25519");
    }

    @Test
    void keysAreReadBackAndRenewedForTheSameKeys() throws Exception {
        Path file = folder.resolve("renewed.pem");
        As4Keys first = As4Keys.open(file, HUB, authority, NOON);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(As4Keys.open(file, HUB, authority, NOON).certificates()).isEqualTo(first.certificates());
        As4Keys later = As4Keys.open(file, HUB, authority, NOON.plus(Duration.ofDays(600)));
        assertThat(later.certificates()).isNotEqualTo(first.certificates());
        assertThat(later.agreement()).isEqualTo(first.agreement());
        assertThat(As4Keys.open(file, HUB, authority, NOON.plus(Duration.ofDays(600)))
                        .certificates())
                .isEqualTo(later.certificates());
    }

    /// As a hub wrote it that knew no ECDH yet: what its partners were told goes on.
    @Test
    void aFileWithoutTheKeyForEcdhGetsOne() throws Exception {
        Path file = folder.resolve("earlier.pem");
        As4Keys first = As4Keys.open(file, HUB, authority, NOON);
        String text = Files.readString(file);
        Files.writeString(file, text.substring(0, text.lastIndexOf("-----BEGIN PRIVATE KEY-----")));
        As4Keys second = As4Keys.open(file, HUB, authority, NOON);
        assertThat(second.agreement()).isEqualTo(first.agreement());
        assertThat(second.ecdh()).isNotEqualTo(first.ecdh());
        assertThat(As4Keys.open(file, HUB, authority, NOON).ecdh()).isEqualTo(second.ecdh());
    }

    /// A signature proves the header and the body that are read, and no others that stand somewhere else.
    @Test
    void nothingIsWrappedIntoASignedMessage() {
        String messaging = between("<eb:Messaging ", "</eb:Messaging>");
        String other = messaging.replace("EBMS:0004", "EBMS:0001");
        String security = between("<wsse:Security ", "</wsse:Security>");
        assertThat(outcome(signed.replace(messaging, other))).isEqualTo("Errors EBMS:0101");
        // The signed header elsewhere, and another in its place: under the same id, another, or none.
        String moved = "<x:moved xmlns:x=\"urn:x\">" + messaging + "</x:moved>";
        assertThat(outcome(signed.replace(messaging, moved + other))).isEqualTo("EBMS:0009");
        assertThat(outcome(signed.replace(
                        messaging, moved + other.replace("wsu:Id=\"messaging\"", "wsu:Id=\"messaging-2\""))))
                .isEqualTo("Errors EBMS:0103");
        assertThat(outcome(signed.replace(messaging, moved + other.replace("wsu:Id=\"messaging\"", ""))))
                .isEqualTo("Errors EBMS:0103");
        assertThat(outcome(signed.replace(messaging, messaging + other.replace("wsu:Id=\"messaging\"", ""))))
                .isEqualTo("EBMS:0009");
        assertThat(outcome(signed.replace(security, security + security.replace("\"signer\"", "\"signer-2\""))))
                .isEqualTo("EBMS:0009");
        String token = between("<wsse:BinarySecurityToken ", "</wsse:BinarySecurityToken>");
        assertThat(outcome(signed.replace(security, security.replace(token, "") + token)))
                .isEqualTo("EBMS:0009"); // a prefix without its namespace
        assertThat(outcome(signed.replace("</eb:Messaging>", "<!-- passed over --></eb:Messaging>")))
                .isEqualTo("Errors by ED25519");
    }

    private String between(String begin, String end) {
        int from = signed.indexOf(begin);
        return signed.substring(from, signed.indexOf(end, from) + end.length());
    }

    /// Whatever one character of a signed message becomes: it is not proven to say something else.
    @Test
    void noCharacterOfASignedMessageCanBeChanged() {
        String messaging = between("<eb:Messaging ", "</eb:Messaging>");
        int from = signed.indexOf(messaging);
        int declared = signed.indexOf("S12", from); // what is declared further out as well says nothing there
        for (int at = from; at < from + messaging.length(); at++) {
            if (at >= declared && at < declared + 3) {
                continue;
            }
            char now = signed.charAt(at);
            String changed = signed.substring(0, at) + (now == 'x' ? 'y' : 'x') + signed.substring(at + 1);
            assertThat(outcome(changed)).as(changed.substring(at - 5, at + 5)).doesNotContain(" by ");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "http://www.w3.org/2021/04/xmldsig-more#eddsa-ed25519, http://www.w3.org/2000/09/xmldsig#rsa-sha1, EBMS:0103",
        "http://www.w3.org/2021/04/xmldsig-more#eddsa-ed25519, http://www.w3.org/2001/04/xmldsig-more#hmac-sha256, EBMS:0103",
        "http://www.w3.org/2021/04/xmldsig-more#eddsa-ed25519, http://www.w3.org/2001/04/xmldsig-more#rsa-sha256, EBMS:0101",
        "http://www.w3.org/2001/04/xmlenc#sha256, http://www.w3.org/2000/09/xmldsig#sha1, EBMS:0103",
        "http://www.w3.org/2001/10/xml-exc-c14n#, http://www.w3.org/TR/1999/REC-xslt-19991116, EBMS:0103",
        "URI=\"#body\", URI=\"\", EBMS:0101",
        "URI=\"#body\", URI=\"http://example.invalid/\", EBMS:0101",
        "X509v3, X509PKIPathv1, EBMS:0103"
    })
    void onlyTheAlgorithmsOfTheProfilesAreUnderstood(String one, String other, String error) {
        assertThat(outcome(signed.replace(one, other))).isEqualTo("Errors " + error);
    }

    /// What is signed is what stands there, and it is not read again: its text must be its own canonical form.
    @Test
    void whatTheHubWritesIsCanonicalWhateverItRepeats() throws Exception {
        String any = "<a b='c'> & \"d\" ]]>\t\r\n \u0085 \u2028 \ufffe \u0001 \ud800 \ud83d\ude97 &amp;";
        var message = new Outgoing(
                any, NOON, any, any, any, any, any, any, new TreeMap<>(Map.of(any, any, "b", "")), any, any);
        var parts = List.of(
                new SignedPart("#\"<&>\t" + any, "a b #default", new byte[32]),
                new SignedPart("cid:" + any, "", new byte[32]));
        for (String unit : List.of(
                MessageText.userMessage(message),
                MessageText.receipt(any, NOON, any, parts),
                MessageText.error(any, NOON, any, EbmsError.OTHER, "", any),
                MessageText.error(any, NOON, "", EbmsError.EMPTY_MESSAGE_PARTITION_CHANNEL, "", "&".repeat(200_000)))) {
            String text = MessageText.envelope("", MessageText.messaging(unit));
            SoapMessage read = SoapMessage.read(text.getBytes(StandardCharsets.UTF_8));
            assertThat(new String(Canonical.bytes(read.messaging(), ""), StandardCharsets.UTF_8))
                    .isEqualTo(MessageText.messaging(unit));
            assertThat(new String(Canonical.bytes(read.body(), ""), StandardCharsets.UTF_8))
                    .isEqualTo(MessageText.BODY);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "</ds:Reference>, <x/></ds:Reference>",
                "</ds:Reference>, <ds:Reference/></ds:Reference>",
                "</ds:Transforms>, <x/></ds:Transforms>",
                "</ds:Transform>, <x/></ds:Transform>",
                "</ds:CanonicalizationMethod>, <x/></ds:CanonicalizationMethod>",
                "URI=\"#body\", URI=\"#messaging\""
            })
    void aSignatureHoldsOnlyWhatIsUnderstood(String change) {
        String[] both = change.split(", ", 2);
        assertThat(signed).contains(both[0]);
        assertThat(outcome(signed.replace(both[0], both[1]))).isEqualTo("Errors EBMS:0103");
    }

    /// Canonicalizing looks each prefix up at each element, before anything is known of the sender.
    @Test
    void prefixListsAreShort() {
        assertThat(outcome(withPrefixes("a ".repeat(32)))).isEqualTo("Errors EBMS:0101");
        assertThat(outcome(withPrefixes("a ".repeat(33)))).isEqualTo("Errors EBMS:0103");
        assertThat(outcome(withPrefixes("a".repeat(600)))).isEqualTo("Errors EBMS:0103");
    }

    private String withPrefixes(String list) {
        return signed.replace(
                "</ds:CanonicalizationMethod>",
                "<i:InclusiveNamespaces xmlns:i=\"" + Names.EXCLUSIVE + "\" PrefixList=\"" + list
                        + "\"/></ds:CanonicalizationMethod>");
    }

    @ParameterizedTest
    @ValueSource(strings = {"<a/>", "<a b=''/>", "<?a?>", "<!---->", "<a xmlns='urn:a'/>", "<![CDATA[]]>"})
    void noMessageBecomesALargeTree(String node) {
        String body =
                "<S12:Body xmlns:S12=\"" + Names.SOAP + "\">" + node.repeat(SoapMessage.NODES_MAX) + "</S12:Body>";
        assertThat(outcome(signed.replace(MessageText.BODY, body))).isEqualTo("EBMS:0009");
    }

    @Test
    void noXmlIsReadThatCouldDoHarm() {
        assertThat(outcome("<!DOCTYPE a [<!ENTITY b SYSTEM \"file:///etc/passwd\">]>" + signed))
                .isEqualTo("EBMS:0009");
        assertThat(outcome("<a>".repeat(1_000))).isEqualTo("EBMS:0009");
        assertThat(outcome(new byte[0])).isEqualTo("EBMS:0009");
    }

    /// Messages of others, as they are published: Holodeck's and phase4's receipts, one of which was edited,
    /// and some wrong on purpose.
    @ParameterizedTest
    @CsvSource({
        "phase4-peppol-client/external/verify/dataport1.as4in, Receipt EBMS:0101",
        "phase4-peppol-client/external/verify/dataport1-mustunderstand.as4in, Receipt by RSA",
        "phase4-peppol-client/external/verify/governikus.as4in, Receipt by RSA",
        "phase4-peppol-client/external/verify/helger.as4in, Receipt by RSA",
        "phase4-test/testfiles/TestReceipt12.xml, Receipt by RSA",
        "phase4-test/testfiles/ErrorMessage.xml, Errors EBMS:0103",
        "phase4-test/testfiles/ErrorMessageNoRefToMessageID.xml, Errors EBMS:0103",
        "phase4-test/testfiles/ErrorMessageWithFault.xml, Errors EBMS:0103",
        "phase4-test/testfiles/NoResponder.xml, EBMS:0009",
        "phase4-test/testfiles/TwoUserMessages.xml, EBMS:0009",
        "phase4-test/testfiles/UserMessageNoPartyID.xml, EBMS:0009",
        "phase4-test/testfiles/WrongSigningAlgorithm.xml, UserMessage EBMS:0103",
        "phase4-test/testfiles/WrongSigningDigestAlgorithm.xml, UserMessage EBMS:0103",
        "phase4-test/unused/TestMimeMessage12.xml, UserMessage EBMS:0101",
        "phase4-test/unused/UserMessage12.xml, UserMessage EBMS:0103",
        "phase4-lib/external/soap12test/UserMessage12.xml, UserMessage EBMS:0103",
        "phase4-lib/external/soap12test/PullRequest12.xml, EBMS:0009",
        "phase4-lib/external/soap11test/EmptyMessaging.xml, EBMS:0009",
        "phase4-lib/external/soap11test/MessageInfoMissing.xml, EBMS:0009",
        "phase4-lib/external/soap11test/UserMessage.xml, EBMS:0009",
        "phase4-lib/external/soap11test/UserMessage-no-soap.xml, EBMS:0009"
    })
    void messagesOfOthersAreReadOrRefusedRightly(String file, String outcome) throws Exception {
        Optional<Path> star = StarSamples.find();
        assumeTrue(star.isPresent(), "no folder shared/samples/as4 beside the checkout");
        Path sample = star.orElseThrow().resolveSibling("as4").resolve(file);
        assumeTrue(Files.exists(sample), "no sample " + sample);
        String text = Files.readString(sample, StandardCharsets.ISO_8859_1);
        String xml = text.startsWith("<")
                ? text
                : text.substring(text.indexOf("\n<") < 0 ? text.indexOf("<") : text.indexOf("\n<") + 1);
        assertThat(outcome(xml.getBytes(StandardCharsets.ISO_8859_1))).isEqualTo(outcome);
    }
}
