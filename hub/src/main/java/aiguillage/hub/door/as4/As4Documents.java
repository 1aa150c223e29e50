package aiguillage.hub.door.as4;

import aiguillage.hub.as4.As4Fault;
import aiguillage.hub.as4.As4Keys;
import aiguillage.hub.as4.As4Message.Part;
import aiguillage.hub.as4.As4Message.UserMessage;
import aiguillage.hub.as4.Cid;
import aiguillage.hub.as4.EbmsError;
import aiguillage.hub.as4.Mime;
import aiguillage.hub.as4.Opening;
import aiguillage.hub.as4.PayloadPart;
import aiguillage.hub.as4.Proof;
import aiguillage.hub.as4.SoapMessage;
import aiguillage.hub.document.Recorded;
import aiguillage.hub.door.call.HubParts;
import aiguillage.hub.door.call.Visitor;
import aiguillage.hub.entry.Entry;
import aiguillage.hub.intake.Awaited;
import aiguillage.hub.intake.Intake;
import aiguillage.hub.intake.Received;
import aiguillage.hub.intake.Submission;
import aiguillage.hub.payload.Payloads;
import aiguillage.hub.problem.Problem;
import aiguillage.hub.problem.Refused;
import aiguillage.protocol.Brand;
import aiguillage.protocol.DocumentId;
import aiguillage.protocol.Envelope;
import aiguillage.protocol.FlowName;
import aiguillage.protocol.PartyId;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Semaphore;
import java.util.function.BooleanSupplier;
import org.bouncycastle.crypto.io.CipherIOException;
import org.jspecify.annotations.Nullable;

/// Makes documents of AS4's user messages, and has them taken in. Its P-Mode is the flow: the service names the
/// brand, the action the kind; the message's id is the document's (I2).
final class As4Documents {

    static final String BRAND_URN = "urn:aiguillage:brand:";
    static final String DEFAULT_MPC = "http://docs.oasis-open.org/ebxml-msg/ebms/v3.0/ns/core/200704/defaultMPC";

    /// The extension attribute in which a ConversationId travels.
    static final String CONVERSATION = "conversationid";

    static final String ORIGINAL_SENDER = "originalSender";
    static final String FINAL_RECIPIENT = "finalRecipient";
    static final String IN_REPLY_TO = "inReplyTo";

    /// What the hub says itself of a document that it gives out, in lower case: nobody else says it.
    static final Set<String> OWN_PROPERTIES =
            Set.of("documentid", "originalsender", "finalrecipient", "subject", Envelope.IN_REPLY_TO);

    /// Properties, in lower case, that would stand for something a message says elsewhere.
    private static final Set<String> NOT_THE_SENDERS = Set.of("documentid", CONVERSATION, Envelope.RECIPIENT);

    /// Payloads that are checked as a tree at the same time; others wait.
    private static final int TREES_MAX = 2;

    private final HubParts hub;
    private final Intake intake;
    private final As4Keys keys;
    private final Semaphore trees = new Semaphore(TREES_MAX, true);

    As4Documents(HubParts hub, Intake intake, As4Keys keys) {
        this.hub = hub;
        this.intake = intake;
        this.keys = keys;
    }

    /// A message whose header and signature are good, and whose payload comes next.
    record Coming(UserMessage said, SoapMessage soap, Proof proof, Mime mime) {}

    /// Takes a document in; returns once the journal has it (I1), whether it came for the first time or again.
    ///
    /// @param cameInTime ends the upload; false when it was given up before
    /// @throws As4Fault when the message is not good AS4
    /// @throws Refused when the hub does not take its document
    Recorded<Entry.DocumentAccepted> take(Visitor visitor, Coming coming, BooleanSupplier cameInTime)
            throws As4Fault, IOException {
        PartyId sender = visitor.caller().party();
        Part part = payload(coming);
        String contentId = Cid.id(part.href());
        byte @Nullable [] digest = coming.proof().attachments().get(contentId);
        if (digest == null) {
            throw new As4Fault(EbmsError.POLICY_NONCOMPLIANCE, "The signature leaves the payload out.");
        }
        Opening opening = Opening.of(coming.soap(), keys);
        visitor.quota().document();
        hub.stopping().requireOpen();
        hub.trust().requireKnownStatus(visitor.caller());
        Submission submission = intake.submission(sender, envelope(sender, coming.said(), part), null, null);
        Refused refusal = submission.refusal(-1);
        Optional<Recorded<Entry.DocumentAccepted>> before =
                refusal == null ? Optional.empty() : intake.before(submission);
        if (refusal != null && before.isEmpty()) {
            throw refusal;
        }
        long bytesMax = before.map(Intake::bytesCome).orElseGet(submission::payloadBytesMax);
        Received received = read(visitor, coming.mime(), contentId, part, opening, digest, submission, bytesMax);
        if (!cameInTime.getAsBoolean()) {
            intake.drop(received);
            throw new Refused(Problem.TOO_SLOW, "The message came too slowly; nothing was kept.");
        }
        var reply = new Awaited();
        if (before.isPresent()) {
            intake.drop(received);
            intake.repeated(submission, received.payload(), before.get(), reply);
        } else {
            intake.take(submission, received, reply);
        }
        reply.receipt();
        return intake.accepted(submission);
    }

    /// One document is one payload, in a MIME part of its own.
    private static Part payload(Coming coming) throws As4Fault {
        if (coming.said().parts().size() != 1 || coming.soap().hasBody()) {
            throw new As4Fault(
                    EbmsError.PROCESSING_MODE_MISMATCH,
                    "A message carries one payload, in a MIME part of its own, and nothing in the SOAP body; this has "
                            + coming.said().parts().size() + " PartInfo.");
        }
        Part part = coming.said().parts().getFirst();
        if (!Cid.isOne(part.href())) {
            throw new As4Fault(
                    part.href().contains(":") ? EbmsError.EXTERNAL_PAYLOAD_ERROR : EbmsError.PROCESSING_MODE_MISMATCH,
                    "The payload is not in a MIME part (href=\"cid:…\"): nothing is fetched from elsewhere.");
        }
        return part;
    }

    /// One pass: decrypted, digested, unpacked, written.
    private Received read(
            Visitor visitor,
            Mime mime,
            String contentId,
            Part said,
            Opening opening,
            byte[] digest,
            Submission submission,
            long bytesMax)
            throws As4Fault, IOException {
        Mime.Part part = mime.next();
        if (part == null || !part.contentId().equals(contentId)) {
            throw new As4Fault(
                    EbmsError.MIME_INCONSISTENCY,
                    "The MIME part behind the SOAP part is not the one with Content-ID <" + contentId + ">.");
        }
        hub.space().require(0);
        PayloadPart payload;
        try {
            payload = new PayloadPart(said.properties(), opening, part, bytesMax);
        } catch (CipherIOException e) {
            throw new As4Fault(EbmsError.FAILED_DECRYPTION, "The encrypted payload is too short to be one.");
        }
        Received received = null;
        boolean isGood = false;
        try {
            try (InputStream plain = payload.open()) {
                received =
                        intake.read(plain, -1, bytesMax, () -> tooLarge(submission, bytesMax), visitor.quota()::comes);
            } catch (Payloads.DiskRefuses e) {
                throw e; // the disk failed, not the sender
            } catch (Mime.BrokenOff e) {
                throw e;
            } catch (IOException e) {
                payload.requireWhole(e);
                requireAsSigned(payload, digest); // what was changed on its way often shows first as bad gzip
                throw PayloadPart.noGzip(e);
            }
            requireAsSigned(payload, digest);
            if (mime.next() != null) {
                throw new As4Fault(EbmsError.MIME_INCONSISTENCY, "A part of the package is in no PartInfo.");
            }
            isGood = true;
            return received;
        } finally {
            if (!isGood && received != null) {
                intake.drop(received);
            }
        }
    }

    private void requireAsSigned(PayloadPart payload, byte[] digest) throws As4Fault, IOException {
        payload.readToEnd();
        if (!payload.makesTree()) {
            payload.requireAsSigned(digest);
            return;
        }
        trees.acquireUninterruptibly(); // only now, when nothing is waited for any more
        try {
            payload.requireAsSigned(digest);
        } finally {
            trees.release();
        }
    }

    private static Refused tooLarge(Submission submission, long bytesMax) {
        return submission.refusal(-1) == null
                ? submission.tooLarge()
                : new Refused(
                        Problem.ID_TAKEN,
                        "Your document of this id was accepted with " + bytesMax + " bytes of payload.");
    }

    private Envelope envelope(PartyId sender, UserMessage said, Part part) throws As4Fault {
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
        extensions.values().removeIf(String::isEmpty);
        try {
            return new Envelope(
                    new DocumentId(said.messageId()),
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
