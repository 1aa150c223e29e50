package aiguillage.hub.wss;

import aiguillage.hub.star.Answer;
import aiguillage.pki.Credential;
import aiguillage.xml.HardenedXml;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.cert.CertificateEncodingException;
import java.security.interfaces.RSAKey;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import org.xml.sax.SAXException;

/// Signs the hub's answers with its own certificate: the body, the timestamp and every header block. An answer
/// is gone through once for its digests, in constant memory, and then sent. Safe from any thread.
public final class MessageSigner {

    /// How long an answer says that it counts.
    private static final Duration COUNTS = Duration.ofMinutes(5);

    private static final String TIMESTAMP = "-timestamp";
    private static final String TOKEN = "-token";

    private final Supplier<Credential> own;
    private final Supplier<String> marks;

    /// @param own what the hub proves itself with at this moment
    public MessageSigner(Supplier<Credential> own) {
        this(own, () -> "_" + UUID.randomUUID());
    }

    /// @param marks what the Ids of each answer begin with. An element of a content may have any Id: nobody may
    ///     know these before
    MessageSigner(Supplier<Credential> own, Supplier<String> marks) {
        this.own = own;
        this.marks = marks;
    }

    /// The answer in its envelope, signed.
    ///
    /// @throws IOException when a part of it cannot be read, or the whole is no XML within the hub's bounds
    public List<Answer.Part> signed(Answer answer, Instant now) throws IOException {
        Credential credential = own.get();
        String mark = marks.get();
        IntFunction<String> attributes =
                number -> " xmlns:wsu=\"" + Names.WSU + "\" wsu:Id=\"" + id(mark, number) + "\"";
        String around = "<wsse:Security xmlns:wsse=\"" + Names.WSSE + "\" xmlns:wsu=\"" + Names.WSU
                + "\" soap:mustUnderstand=\"1\">" + token(mark, credential) + timestamp(mark, now);
        List<String> ids = new ArrayList<>(List.of(mark + TIMESTAMP));
        for (int i = 0; i <= answer.blocks().size(); i++) {
            ids.add(id(mark, i));
        }
        Digests digests = digests(answer.envelope(around + "</wsse:Security>", attributes), ids);
        String method = credential.key() instanceof RSAKey ? Algorithms.RSA_SHA_256 : Algorithms.ECDSA_SHA_256;
        String info = info(method, ids, digests);
        byte[] value = Algorithms.sign(method, credential.key(), info.getBytes(StandardCharsets.UTF_8));
        String signature = "<ds:Signature xmlns:ds=\"" + Names.DS + "\">" + info + "<ds:SignatureValue>" + base64(value)
                + "</ds:SignatureValue><ds:KeyInfo><wsse:SecurityTokenReference><wsse:Reference URI=\"#"
                + mark + TOKEN + "\" ValueType=\""
                + Names.X509_V3 + "\"/></wsse:SecurityTokenReference></ds:KeyInfo></ds:Signature>";
        return answer.envelope(around + signature + "</wsse:Security>", attributes);
    }

    private static String id(String mark, int number) {
        return mark + "-" + number;
    }

    private static String token(String mark, Credential credential) {
        try {
            return "<wsse:BinarySecurityToken wsu:Id=\"" + mark + TOKEN + "\" EncodingType=\"" + Names.BASE64
                    + "\" ValueType=\""
                    + Names.X509_V3 + "\">"
                    + base64(credential.chain().leaf().getEncoded()) + "</wsse:BinarySecurityToken>";
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException("the hub's certificate has no DER form", e);
        }
    }

    private static String timestamp(String mark, Instant now) {
        Instant created = now.truncatedTo(ChronoUnit.MILLIS);
        return "<wsu:Timestamp wsu:Id=\"" + mark + TIMESTAMP + "\"><wsu:Created>" + created
                + "</wsu:Created><wsu:Expires>" + created.plus(COUNTS) + "</wsu:Expires></wsu:Timestamp>";
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    private static Digests digests(List<Answer.Part> envelope, List<String> ids) throws IOException {
        Map<String, Digests.Wanted> wanted = new HashMap<>();
        for (String id : ids) {
            MessageDigest sha256 = Algorithms.digest(Algorithms.SHA_256).orElseThrow();
            wanted.put(id, new Digests.Wanted(List.of(), sha256));
        }
        var digests = new Digests(wanted, false);
        try (InputStream in = Answer.open(envelope)) {
            HardenedXml.read(in, new PartReader(digests));
        } catch (SAXException e) {
            throw new IOException("an answer of the hub cannot be signed: " + e.getMessage(), e);
        }
        return digests;
    }

    /// In its canonical form as it stands, so that these bytes are what is signed.
    private static String info(String method, List<String> ids, Digests digests) {
        var text = new StringBuilder("<ds:SignedInfo xmlns:ds=\"" + Names.DS + "\">")
                .append(element("CanonicalizationMethod", Names.EXCLUSIVE))
                .append(element("SignatureMethod", method));
        for (String id : ids) {
            byte[] digest = digests.digest(id);
            if (digest == null) {
                throw new IllegalStateException("the answer has no part " + id);
            }
            text.append("<ds:Reference URI=\"#")
                    .append(id)
                    .append("\"><ds:Transforms>")
                    .append(element("Transform", Names.EXCLUSIVE))
                    .append("</ds:Transforms>")
                    .append(element("DigestMethod", Algorithms.SHA_256))
                    .append("<ds:DigestValue>")
                    .append(base64(digest))
                    .append("</ds:DigestValue></ds:Reference>");
        }
        return text.append("</ds:SignedInfo>").toString();
    }

    private static String element(String name, String algorithm) {
        return "<ds:" + name + " Algorithm=\"" + algorithm + "\"></ds:" + name + ">";
    }
}
