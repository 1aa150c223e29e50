package aiguillage.hub.door.as4;

import aiguillage.hub.as4.As4Fault;
import aiguillage.hub.as4.As4Keys;
import aiguillage.hub.as4.As4Message.Part;
import aiguillage.hub.as4.As4Message.UserMessage;
import aiguillage.hub.as4.Cid;
import aiguillage.hub.as4.EbmsError;
import aiguillage.hub.as4.KeptMessage;
import aiguillage.hub.as4.Mime;
import aiguillage.hub.as4.Opening;
import aiguillage.hub.as4.PayloadPart;
import aiguillage.hub.as4.Proof;
import aiguillage.hub.as4.SoapMessage;
import aiguillage.hub.document.Recorded;
import aiguillage.hub.door.call.HubParts;
import aiguillage.hub.door.call.Uploads;
import aiguillage.hub.door.call.Visitor;
import aiguillage.hub.entry.Entry;
import aiguillage.hub.entry.Evidence;
import aiguillage.hub.intake.Awaited;
import aiguillage.hub.intake.Intake;
import aiguillage.hub.intake.Received;
import aiguillage.hub.intake.Signed;
import aiguillage.hub.intake.Submission;
import aiguillage.hub.payload.Payloads;
import aiguillage.hub.problem.Problem;
import aiguillage.hub.problem.Refused;
import aiguillage.protocol.Brand;
import aiguillage.protocol.DocumentId;
import aiguillage.protocol.Envelope;
import aiguillage.protocol.FlowName;
import aiguillage.protocol.PartyId;
import aiguillage.protocol.signature.EnvelopeEvidence;
import java.io.IOException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Makes documents of AS4's user messages, one of each payload, and has them taken in. A message's P-Mode is the
/// flow: the service names the brand, the action the kind; its id is that of its first document (I2).
final class As4Documents {

    static final String BRAND_URN = "urn:aiguillage:brand:";
    static final String DEFAULT_MPC = "http://docs.oasis-open.org/ebxml-msg/ebms/v3.0/ns/core/200704/defaultMPC";

    /// The extension attribute in which a ConversationId travels.
    static final String CONVERSATION = "conversationid";

    /// The extension attributes of documents that came in one message: its id, and which of how many payloads.
    static final String MESSAGE = "messageid";

    static final String MESSAGE_PART = "messagepart";

    static final String ORIGINAL_SENDER = "originalSender";
    static final String FINAL_RECIPIENT = "finalRecipient";
    static final String IN_REPLY_TO = "inReplyTo";

    /// What the hub says itself of a document that it gives out, in lower case: nobody else says it.
    static final Set<String> OWN_PROPERTIES =
            Set.of("documentid", "originalsender", "finalrecipient", "subject", Envelope.IN_REPLY_TO);

    /// Properties, in lower case, that would stand for something a message says elsewhere.
    private static final Set<String> NOT_THE_SENDERS =
            Set.of("documentid", CONVERSATION, Envelope.RECIPIENT, MESSAGE, MESSAGE_PART);

    private final HubParts hub;
    private final Intake intake;
    private final As4Keys keys;
    private final As4Payloads payloads;

    As4Documents(HubParts hub, Intake intake, As4Keys keys) {
        this.hub = hub;
        this.intake = intake;
        this.keys = keys;
        this.payloads = new As4Payloads(intake);
    }

    /// A message whose header and signature are good, and whose payloads come next.
    ///
    /// @param root the SOAP part as it came
    record Coming(UserMessage said, byte[] root, SoapMessage soap, Proof proof, Mime mime, Uploads.Upload upload) {}

    /// One of a message's payloads on its way to be a document.
    private static final class Document {

        private final Part part;
        private final String contentId;
        private final byte[] digest;
        private final Submission submission;
        private final Optional<Recorded<Entry.DocumentAccepted>> before;
        private final Awaited reply = new Awaited();
        private @Nullable Received received;

        private Document(
                Part part,
                String contentId,
                byte[] digest,
                Submission submission,
                Optional<Recorded<Entry.DocumentAccepted>> before) {
            this.part = part;
            this.contentId = contentId;
            this.digest = digest;
            this.submission = submission;
            this.before = before;
        }

        private Received requireReceived() {
            return Objects.requireNonNull(received);
        }
    }

    /// The signed message around a document, which is known once its payload was read.
    private static final class Signature implements Signed {

        private @Nullable Evidence evidence;

        @Override
        public Evidence proven() {
            return Objects.requireNonNull(evidence);
        }
    }

    /// Takes the documents of a message in; returns once the journal has all of them (I1), whether they came for
    /// the first time or again.
    ///
    /// Nothing goes to the journal before all of them were read and are known to be good. The first, which has
    /// the message's own id, goes last: whoever has it has the others.
    ///
    /// @return the first
    /// @throws As4Fault when the message is not good AS4
    /// @throws Refused when the hub does not take one of its documents
    Recorded<Entry.DocumentAccepted> take(Visitor visitor, Coming coming) throws As4Fault, IOException {
        List<Part> parts = parts(coming);
        visitor.quota().documents(parts.size());
        Opening opening = Opening.of(coming.soap(), keys);
        var signature = new Signature();
        Map<String, Document> documents = new LinkedHashMap<>();
        for (Part part : parts) {
            Document document = document(visitor, coming, part, documents.size() + 1, signature);
            if (documents.put(document.contentId, document) != null) {
                throw new As4Fault(EbmsError.MIME_INCONSISTENCY, "Two PartInfo have the same href.");
            }
        }
        coming.upload().hold(held(documents.size()));
        Collection<Document> all = documents.values();
        boolean isTaken = false;
        try {
            for (int read = 0; read < documents.size(); read++) {
                readNext(visitor, coming, documents, opening, signature);
            }
            if (coming.mime().next() != null) {
                throw new As4Fault(EbmsError.MIME_INCONSISTENCY, "A part of the package is in no PartInfo.");
            }
            if (!coming.upload().end()) {
                throw new Refused(Problem.TOO_SLOW, "The message came too slowly; nothing was kept.");
            }
            requireGood(all);
            isTaken = true;
        } finally {
            if (!isTaken) {
                all.stream().filter(one -> one.received != null).forEach(one -> intake.drop(one.requireReceived()));
            }
        }
        return taken(List.copyOf(all));
    }

    /// What a message holds whose payloads stay small.
    private static long held(int payloads) {
        return As4Door.HELD_BYTES + (payloads - 1L) * Payloads.INLINE_BYTES_MAX;
    }

    /// One or more, each in a MIME part of its own.
    private static List<Part> parts(Coming coming) throws As4Fault {
        List<Part> parts = coming.said().parts();
        if (parts.isEmpty() || parts.size() > Mime.PARTS_MAX || coming.soap().hasBody()) {
            throw new As4Fault(
                    EbmsError.PROCESSING_MODE_MISMATCH,
                    "A message carries 1 to " + Mime.PARTS_MAX
                            + " payloads, each in a MIME part of its own, and nothing" + " in the SOAP body; this has "
                            + parts.size() + " PartInfo.");
        }
        return parts;
    }

    private Document document(Visitor visitor, Coming coming, Part part, int number, Signed signature) throws As4Fault {
        if (!Cid.isOne(part.href())) {
            throw new As4Fault(
                    part.href().contains(":") ? EbmsError.EXTERNAL_PAYLOAD_ERROR : EbmsError.PROCESSING_MODE_MISMATCH,
                    "The payload is not in a MIME part (href=\"cid:…\"): nothing is fetched from elsewhere.");
        }
        String contentId = Cid.id(part.href());
        byte @Nullable [] digest = coming.proof().attachments().get(contentId);
        if (digest == null) {
            throw new As4Fault(EbmsError.POLICY_NONCOMPLIANCE, "The signature leaves the payload out.");
        }
        hub.stopping().requireOpen();
        hub.trust().requireKnownStatus(visitor.caller());
        PartyId sender = visitor.caller().party();
        Envelope envelope = envelope(sender, coming.said(), part, number);
        Submission submission = intake.submission(sender, envelope, null, null);
        if (submission.isSignatureRequired()) {
            requireAlone(coming.said(), submission);
            submission = intake.submission(sender, envelope, null, signature);
        }
        Refused refusal = submission.refusal(-1);
        Optional<Recorded<Entry.DocumentAccepted>> before =
                refusal == null ? Optional.empty() : intake.before(submission);
        if (refusal != null && before.isEmpty()) {
            throw refusal;
        }
        if (submission.isFlat()
                && coming.said().parts().size() != 1
                && intake.before(submission).isEmpty()) {
            throw new As4Fault(
                    EbmsError.PROCESSING_MODE_MISMATCH,
                    "Flow " + envelope.flow()
                            + " takes flat files, of which some lines may be taken and others not: send one in each"
                            + " message.");
        }
        return new Document(part, contentId, digest, submission, before);
    }

    /// What is kept with a document is its message: whoever checks that needs all payloads.
    private static void requireAlone(UserMessage said, Submission submission) {
        if (said.parts().size() != 1) {
            throw new Refused(
                    Problem.SIGNATURE_REQUIRED,
                    "Flow " + submission.envelope().flow()
                            + " keeps the signed message with each document: send one payload in each.");
        }
    }

    /// They come in any order.
    private void readNext(
            Visitor visitor, Coming coming, Map<String, Document> documents, Opening opening, Signature signature)
            throws As4Fault, IOException {
        Mime.Part part = coming.mime().next();
        Document document = part == null ? null : documents.get(part.contentId());
        if (part == null || document == null || document.received != null) {
            throw new As4Fault(
                    EbmsError.MIME_INCONSISTENCY,
                    part == null
                            ? "A PartInfo is for no part of the package."
                            : "The MIME part with Content-ID <" + part.contentId()
                                    + "> is in no PartInfo, or comes twice.");
        }
        hub.space().require(0);
        Submission submission = document.submission;
        KeptMessage kept =
                submission.isSignatureRequired() ? KeptMessage.of(coming.root(), coming.soap(), part, opening) : null;
        long bytesMax = document.before.map(Intake::bytesCome).orElseGet(submission::payloadBytesMax);
        var wanted = new As4Payloads.Wanted(
                document.part.properties(),
                document.digest,
                bytesMax,
                () -> tooLarge(submission, bytesMax),
                kept == null ? 0 : kept.room(),
                () -> coming.upload().hold(held(documents.size()) + PayloadPart.BARE_XML_BYTES_MAX));
        As4Payloads.Read read = payloads.read(part, opening, wanted, visitor.quota()::comes);
        document.received = read.received();
        if (kept != null) {
            EnvelopeEvidence evidence = read.isPacked()
                    ? kept.with(read.packed(), (int) read.received().bytes())
                    : kept.around();
            signature.evidence = new Evidence(evidence.encoded());
        }
    }

    /// Has the first that is not good refused, and none taken.
    private void requireGood(Collection<Document> all) throws IOException {
        if (all.size() == 1) {
            return; // it is looked at when it is taken
        }
        for (Document one : all) {
            Received received = one.requireReceived();
            Optional<Recorded<Entry.DocumentAccepted>> known = one.before.or(() -> intake.before(one.submission));
            if (known.isPresent()) {
                intake.requireSame(one.submission, received.payload(), known.get()); // whatever its flow asks today
            } else if (!intake.isGood(one.submission, received)) {
                one.received = null; // whoever refuses it removes it
                intake.take(one.submission, received, one.reply);
                one.reply.receipt();
                throw new Refused(Problem.JOURNAL_BUSY, "The same message is coming in a second time just now.");
            }
        }
    }

    private Recorded<Entry.DocumentAccepted> taken(List<Document> all) {
        Document first = all.getFirst();
        List<Document> others = all.subList(1, all.size());
        boolean areTaken = false;
        try {
            others.forEach(this::hand);
            others.forEach(one -> one.reply.receipt());
            areTaken = true;
        } finally {
            if (!areTaken) {
                intake.drop(first.requireReceived());
            }
        }
        hand(first);
        return hub.documents().document(first.reply.document());
    }

    private void hand(Document one) {
        Received received = one.requireReceived();
        if (one.before.isPresent()) {
            intake.drop(received);
            intake.repeated(one.submission, received.payload(), one.before.get(), one.reply);
        } else {
            intake.take(one.submission, received, one.reply);
        }
    }

    private static Refused tooLarge(Submission submission, long bytesMax) {
        return submission.refusal(-1) == null
                ? submission.tooLarge()
                : new Refused(
                        Problem.ID_TAKEN,
                        "Your document of this id was accepted with " + bytesMax + " bytes of payload.");
    }

    /// @param number of the payload in its message, from 1
    private Envelope envelope(PartyId sender, UserMessage said, Part part, int number) throws As4Fault {
        String from = plain(said.from());
        if (!from.equals(sender.value())) {
            throw new Refused(
                    Problem.SENDER_MISMATCH,
                    "You are known here as " + sender + ", and From says " + said.from() + ".");
        }
        if (!plain(said.to()).equals(hub.name().value())) {
            throw new As4Fault(
                    EbmsError.VALUE_INCONSISTENT,
                    "To is not this hub: write " + PartyId.URN_PREFIX + hub.name()
                            + "; a party behind it is named by the property " + FINAL_RECIPIENT + ".");
        }
        if (said.mpc() != null && !said.mpc().equals(DEFAULT_MPC)) {
            throw new As4Fault(
                    EbmsError.VALUE_NOT_RECOGNIZED, "What is pushed is of the default channel: leave mpc out.");
        }
        SortedMap<String, String> extensions = new TreeMap<>();
        extensions.put(CONVERSATION, said.conversation());
        if (said.refTo() != null) {
            extensions.put(Envelope.IN_REPLY_TO, said.refTo());
        }
        SortedMap<String, String> properties = properties(said);
        String original = properties.remove("originalsender");
        if (original != null && !plain(original).equals(sender.value())) {
            throw new Refused(
                    Problem.SENDER_MISMATCH,
                    "You are known here as " + sender + ", and " + ORIGINAL_SENDER + " says " + original + ".");
        }
        String recipient = properties.remove("finalrecipient");
        if (recipient != null && !plain(recipient).equals(hub.name().value())) {
            extensions.put(Envelope.RECIPIENT, plain(recipient));
        }
        String subject = properties.remove("subject");
        extensions.putAll(properties);
        int parts = said.parts().size();
        if (parts > 1) {
            extensions.put(MESSAGE, said.messageId());
            extensions.put(MESSAGE_PART, number + "/" + parts);
        }
        extensions.values().removeIf(String::isEmpty);
        try {
            return new Envelope(
                    new DocumentId(number == 1 ? said.messageId() : said.messageId() + "~" + number),
                    sender,
                    flow(said),
                    subject,
                    said.time(),
                    part.properties().get("MimeType"),
                    null,
                    extensions);
        } catch (IllegalArgumentException e) {
            throw new Refused(Problem.BAD_ENVELOPE, e.getMessage() + ".");
        }
    }

    /// The message's properties by their names in lower case: gateways differ in how they write them.
    private static SortedMap<String, String> properties(UserMessage said) throws As4Fault {
        SortedMap<String, String> properties = new TreeMap<>();
        for (Map.Entry<String, String> property : said.properties().entrySet()) {
            String name = property.getKey().toLowerCase(Locale.ROOT);
            if (NOT_THE_SENDERS.contains(name) || properties.put(name, property.getValue()) != null) {
                throw new As4Fault(
                        EbmsError.INVALID_HEADER,
                        "Property " + property.getKey() + " stands twice, or is the hub's to say: leave it out.");
            }
        }
        if (said.refTo() != null && properties.containsKey(Envelope.IN_REPLY_TO)) {
            throw new As4Fault(EbmsError.INVALID_HEADER, "Say RefToMessageId or the property inReplyTo, not both.");
        }
        return properties;
    }

    /// A party's name without what makes a URN of it.
    static String plain(String party) {
        return party.startsWith(PartyId.URN_PREFIX) ? party.substring(PartyId.URN_PREFIX.length()) : party;
    }

    private static FlowName flow(UserMessage said) throws As4Fault {
        String service = said.service();
        try {
            return new FlowName(
                    new Brand(service.startsWith(BRAND_URN) ? service.substring(BRAND_URN.length()) : service),
                    said.action());
        } catch (IllegalArgumentException e) {
            throw new As4Fault(
                    EbmsError.PROCESSING_MODE_MISMATCH,
                    "There is no P-Mode for this Service and Action: write " + BRAND_URN
                            + "<brand> and the flow's kind, as in " + BRAND_URN + "opel and warranty-claim.");
        }
    }
}
