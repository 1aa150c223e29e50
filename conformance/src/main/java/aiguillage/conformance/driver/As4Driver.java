package aiguillage.conformance.driver;

import aiguillage.hub.as4.As4Fault;
import aiguillage.hub.as4.As4Message;
import aiguillage.hub.as4.As4Writer;
import aiguillage.hub.as4.Cid;
import aiguillage.hub.as4.EbmsError;
import aiguillage.hub.as4.Mime;
import aiguillage.hub.as4.Opening;
import aiguillage.hub.as4.Outgoing;
import aiguillage.hub.as4.PayloadPart;
import aiguillage.hub.as4.Proof;
import aiguillage.hub.as4.SoapMessage;
import aiguillage.hub.as4.Suite;
import aiguillage.pki.Credential;
import aiguillage.protocol.FlowName;
import aiguillage.protocol.PartyId;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// One session of a dealer's AS4 system. As such systems do, it keeps what it was given until it has said what
/// became of it: a hub gives nothing twice within a minute.
final class As4Driver implements DealerDriver {

    private static final String PATH = "/as4";
    private static final String NOTHING_WAITS = "EBMS:0006";
    private static final int PULLED_MAX = 5_000;
    private static final int PAYLOAD_BYTES_MAX = TreeLine.FILE_BYTES_MAX;

    /// How the hub's own error says which of its problems it is.
    private static final Pattern CODE = Pattern.compile("([a-z-]+): .*", Pattern.DOTALL);

    private final Identity identity;
    private final HttpLine line;
    private final SecureRandom random = new SecureRandom();
    private final Map<String, Waiting> kept = new LinkedHashMap<>();
    private @Nullable As4Partner partner;

    As4Driver(Identity identity, HttpLine line) {
        this.identity = identity;
        this.line = line;
    }

    /// What the hub answers with.
    private sealed interface Heard {

        /// A message that holds.
        ///
        /// @param proof null: it is an error that is not signed
        record Message(As4Message said, @Nullable Proof proof, Mime behind) implements Heard {}

        /// Taken, without a word.
        record Nothing() implements Heard {}

        /// No message of AS4.
        record Refusal(Said said) implements Heard {}
    }

    private static final class Turned extends IOException {

        private static final long serialVersionUID = 1;

        private final transient Said said;

        private Turned(Said said) {
            super(said.toString());
            this.said = said;
        }
    }

    /// Asked for once.
    private As4Partner partner() throws IOException {
        As4Partner known = partner;
        if (known == null) {
            HttpLine.Answer answer = line.get(PATH + "/certificates");
            if (answer.status() != 200) {
                throw new Turned(Problems.said(answer));
            }
            known = As4Partner.of(answer.body());
            partner = known;
        }
        return known;
    }

    /// What this party signs with.
    private record Own(As4Writer writer, Suite suite) {}

    private Own own() throws Turned {
        Credential credential = identity.credential();
        if (credential == null) {
            throw new Turned(new Said.ShutOut("nothing is signed without a key"));
        }
        Suite suite = Suite.of(credential.chain().leaf().getPublicKey())
                .orElseThrow(() -> new Unintelligible("the key of " + identity.party() + " signs no AS4 message"));
        return new Own(new As4Writer(credential, random), suite);
    }

    @Override
    public Said submit(Offer offer, Manner manner) {
        try {
            As4Partner hub = partner();
            Own own = own();
            Outgoing message = message(offer, hub);
            As4Writer.Source content = () -> new ByteArrayInputStream(offer.content());
            As4Writer.Digested packed = As4Writer.digested(content);
            As4Writer.Parcel parcel = own.writer.userMessage(own.suite, message, hub.encryption(), packed, content);
            byte[] body;
            try (InputStream bytes = parcel.body()) {
                body = bytes.readAllBytes();
            }
            return switch (heard(line.post(PATH, type(parcel.contentType()), List.of(body), manner), hub)) {
                case Heard.Message(As4Message.Receipt receipt, Proof _, Mime _) -> {
                    if (!receipt.refTo().equals(offer.id())
                            || !own.writer.isReceiptOf(receipt, message, () -> packed)) {
                        throw new Unintelligible("the receipt is not for what was sent, part by part");
                    }
                    yield new Said.Accepted(proof(offer.id()));
                }
                case Heard.Message(As4Message.Errors errors, var _, Mime _) -> refused(errors);
                case Heard.Refusal(Said said) -> said;
                case Heard.Message _, Heard.Nothing _ ->
                    throw new Unintelligible("a document was answered by neither a receipt nor an error");
            };
        } catch (Turned turned) {
            return turned.said;
        } catch (IOException e) {
            return Problems.broken(e);
        }
    }

    private Outgoing message(Offer offer, As4Partner hub) {
        String from = offer.sender() == null ? identity.party() : offer.sender();
        return new Outgoing(
                offer.id(),
                Instant.now(),
                PartyId.URN_PREFIX + from,
                PartyId.URN_PREFIX + hub.name(),
                "urn:aiguillage:brand:" + offer.flow().brand(),
                offer.flow().kind(),
                offer.id(),
                null,
                offer.recipient() == null ? Map.of() : Map.of("finalRecipient", PartyId.URN_PREFIX + offer.recipient()),
                "application/xml",
                "payload@" + identity.party());
    }

    private static Map<String, String> type(String contentType) {
        return Map.of("Content-Type", contentType);
    }

    /// The hub's own receipt, which anybody can check: the first of the document's.
    private byte[] proof(String id) throws IOException {
        String path = "/v1/documents/" + URLEncoder.encode(id, StandardCharsets.UTF_8) + "/receipts";
        HttpLine.Answer answer = line.get(path);
        if (answer.status() != 200) {
            throw new Unintelligible("the document has a receipt, and its proof cannot be had: " + answer.text());
        }
        try {
            return JsonMapper.shared()
                    .writeValueAsBytes(
                            JsonMapper.shared().readTree(answer.body()).path(0));
        } catch (JacksonException e) {
            throw new Unintelligible("no JSON at " + path, e);
        }
    }

    private static Said refused(As4Message.Errors errors) {
        As4Message.Reported first = errors.reported().getFirst();
        Matcher code = CODE.matcher(first.detail());
        return Problems.said(
                code.matches()
                        ? code.group(1)
                        : first.code().toLowerCase(java.util.Locale.ROOT).replace(':', '-'),
                first.code() + " " + first.description());
    }

    /// What the hub said, proven to be the hub's; only an error may be unsigned, since it may not know to whom
    /// it speaks.
    private static Heard heard(HttpLine.Answer answer, As4Partner hub) throws IOException {
        if (answer.status() == 202 && answer.body().length == 0) {
            return new Heard.Nothing();
        }
        String type = answer.headers().getOrDefault("content-type", "");
        if (!type.startsWith("application/soap+xml") && !type.startsWith("multipart/related")) {
            return new Heard.Refusal(Problems.said(answer));
        }
        try {
            var mime = new Mime(new ByteArrayInputStream(answer.body()), type);
            SoapMessage soap = SoapMessage.read(mime.root());
            As4Message said = soap.said();
            if (said instanceof As4Message.Errors && soap.security() == null) {
                return new Heard.Message(said, null, mime);
            }
            Proof proof = Proof.of(soap);
            if (!hub.certificates().contains(proof.signer())) {
                throw new Unintelligible(
                        "the answer is signed with a certificate that is not at " + PATH + "/certificates");
            }
            return new Heard.Message(said, proof, mime);
        } catch (As4Fault e) {
            throw new Unintelligible("the answer is no good AS4: " + e.detail(), e);
        }
    }

    @Override
    public List<Waiting> pull(FlowName flow) {
        try {
            As4Partner hub = partner();
            Own own = own();
            Set<String> given = new HashSet<>();
            boolean isMore = true;
            while (isMore) {
                byte[] ask = own.writer.pullRequest(own.suite, newId(), Instant.now(), "urn:aiguillage:flow:" + flow);
                isMore = keep(
                        flow,
                        heard(line.post(PATH, type(As4Writer.SOAP_TYPE), List.of(ask), Manner.AT_ONCE), hub),
                        given);
            }
            return kept.values().stream().filter(one -> one.flow().equals(flow)).toList();
        } catch (Turned turned) {
            throw notPulled(turned.said);
        } catch (HttpLine.Closed e) {
            throw new NotLetIn(String.valueOf(e.getMessage()));
        } catch (IOException e) {
            throw new Unintelligible("the line broke during a pull", e);
        }
    }

    /// @param given the ids of what came in this pull
    /// @return whether there may be more
    private boolean keep(FlowName flow, Heard heard, Set<String> given) throws IOException {
        return switch (heard) {
            case Heard.Message(As4Message.UserMessage message, Proof proof, Mime mime) -> {
                if (proof == null || kept.size() >= PULLED_MAX) {
                    throw new Unintelligible("more than " + PULLED_MAX + " messages were given");
                }
                Waiting waiting =
                        new As4Given(message.messageId(), proof.parts()).waiting(flow, payload(message, proof, mime));
                kept.put(message.messageId(), waiting);
                if (!given.add(message.messageId())) {
                    throw new Unintelligible("a message was given twice in a row: " + message.messageId());
                }
                yield true;
            }
            case Heard.Message(As4Message.Errors errors, var _, Mime _) -> {
                if (!errors.reported().getFirst().code().equals(NOTHING_WAITS)) {
                    throw notPulled(refused(errors));
                }
                yield false;
            }
            case Heard.Refusal(Said said) -> throw notPulled(said);
            case Heard.Message _, Heard.Nothing _ ->
                throw new Unintelligible("a pull was answered by neither a message nor an error");
        };
    }

    private static RuntimeException notPulled(Said said) {
        return said instanceof Said.ShutOut(String how)
                ? new NotLetIn(how)
                : new Unintelligible("a pull was answered: " + said);
    }

    private static byte[] payload(As4Message.UserMessage message, Proof proof, Mime mime) throws IOException {
        try {
            if (message.parts().size() != 1
                    || !Cid.isOne(message.parts().getFirst().href())) {
                throw new Unintelligible("the message has " + message.parts().size() + " payloads, not one");
            }
            As4Message.Part said = message.parts().getFirst();
            Mime.Part part = mime.next();
            byte[] digest = proof.attachments().get(Cid.id(said.href()));
            if (part == null || digest == null || !part.contentId().equals(Cid.id(said.href()))) {
                throw new Unintelligible("the payload is not there, or is not signed");
            }
            var payload = new PayloadPart(said.properties(), Opening.ofNothing(), part, PAYLOAD_BYTES_MAX);
            byte[] content;
            try (InputStream plain = payload.open()) {
                content = plain.readNBytes(PAYLOAD_BYTES_MAX + 1);
            }
            if (content.length > PAYLOAD_BYTES_MAX) {
                throw new Unintelligible("a payload larger than " + PAYLOAD_BYTES_MAX + " bytes");
            }
            payload.readToEnd();
            payload.requireAsSigned(digest);
            return content;
        } catch (As4Fault e) {
            throw new Unintelligible("the payload is not as it was signed: " + e.detail(), e);
        }
    }

    private String newId() {
        return UUID.randomUUID() + "@" + identity.party();
    }

    @Override
    public Said acknowledge(Waiting waiting) {
        As4Given given = As4Given.of(waiting);
        return signal(
                given, own -> own.writer.receipt(own.suite, newId(), Instant.now(), given.messageId(), given.parts()));
    }

    @Override
    public Said reject(Waiting waiting, String reason) {
        As4Given given = As4Given.of(waiting);
        return signal(
                given,
                own -> own.writer.error(
                        own.suite, newId(), Instant.now(), given.messageId(), EbmsError.OTHER, "", reason));
    }

    private interface Signal {
        byte[] by(Own own);
    }

    private Said signal(As4Given about, Signal signal) {
        try {
            As4Partner hub = partner();
            byte[] soap = signal.by(own());
            return switch (heard(line.post(PATH, type(As4Writer.SOAP_TYPE), List.of(soap), Manner.AT_ONCE), hub)) {
                case Heard.Nothing _ -> {
                    kept.remove(about.messageId());
                    yield new Said.Done();
                }
                case Heard.Message(As4Message.Errors errors, var _, Mime _) -> refused(errors);
                case Heard.Refusal(Said said) -> said;
                case Heard.Message _ ->
                    throw new Unintelligible("a signal was answered by neither nothing nor an error");
            };
        } catch (Turned turned) {
            return turned.said;
        } catch (IOException e) {
            return Problems.broken(e);
        }
    }

    @Override
    public List<String> notices(FlowName flow) {
        return pull(flow.notices()).stream()
                .map(notice -> new String(notice.content(), StandardCharsets.UTF_8))
                .toList();
    }

    @Override
    public void close() {
        line.close();
    }
}
