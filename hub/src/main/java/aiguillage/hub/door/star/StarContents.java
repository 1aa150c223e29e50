package aiguillage.hub.door.star;

import aiguillage.hub.directory.Directory;
import aiguillage.hub.directory.Party;
import aiguillage.hub.document.Recorded;
import aiguillage.hub.door.call.HubParts;
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
import aiguillage.hub.routing.Flow;
import aiguillage.hub.star.Bod;
import aiguillage.hub.star.Fault;
import aiguillage.hub.star.Slice;
import aiguillage.hub.star.StarMessage;
import aiguillage.hub.star.StarMessage.Area;
import aiguillage.hub.star.StarMessage.Content;
import aiguillage.hub.star.StarMessage.Manifest;
import aiguillage.protocol.Brand;
import aiguillage.protocol.Digest;
import aiguillage.protocol.DocumentId;
import aiguillage.protocol.Envelope;
import aiguillage.protocol.PartyId;
import aiguillage.protocol.signature.EnvelopeEvidence;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Makes documents of the contents of a message, and has them taken in. A BOD's id is the document's (I2); its
/// flow is the one that declares its element as `bod`.
public final class StarContents {

    /// The attribute of parties by which BODs know them; its values are unique.
    private static final String STAR_ID = "star-id";

    private final HubParts hub;
    private final Intake intake;

    StarContents(HubParts hub, Intake intake) {
        this.hub = hub;
        this.intake = intake;
    }

    /// What became of a content.
    ///
    /// @param area what the content says of itself; null when there is none
    record Outcome(
            @Nullable String contentId,
            @Nullable DocumentId id,
            @Nullable Area area,
            byte @Nullable [] receipt,
            @Nullable Refused refused) {

        /// A message that was refused as a whole.
        static Outcome of(Refused refused) {
            return new Outcome(null, null, null, null, refused);
        }

        /// By which answers call it, as it says itself; null when it does not.
        @Nullable
        String bodId() {
            return area == null ? null : area.bodId();
        }

        byte[] requireReceipt() {
            return Objects.requireNonNull(receipt);
        }

        DocumentId requireId() {
            return Objects.requireNonNull(id);
        }

        Refused requireRefused() {
            return Objects.requireNonNull(refused);
        }
    }

    /// The flows with BODs on which a party may send.
    ///
    /// @param brand of the flows; null: any
    List<Flow> flows(PartyId party, @Nullable Brand brand) {
        Optional<Party> sender = hub.flows().table().party(party);
        return hub.flows().table().flows().stream()
                .filter(flow -> flow.terms().bod() != null)
                .filter(flow -> brand == null || flow.name().brand().equals(brand))
                .filter(flow -> sender.isPresent() && flow.isOpenTo(sender.get()))
                .toList();
    }

    /// Takes all contents in, one after the other; ends at the first that is refused. Sending the message again
    /// is harmless.
    ///
    /// @throws Fault when message and manifest do not fit
    List<Outcome> take(Visitor visitor, StarMessage said, @Nullable Brand brand, Received message)
            throws IOException, Fault {
        List<Content> contents = said.contents();
        if (contents.isEmpty()) {
            throw new Fault(Fault.Code.CLIENT, "The message has no content.");
        }
        for (Content content : contents) {
            manifest(said, content);
        }
        var outcomes = new ArrayList<Outcome>();
        for (Content content : contents) {
            Outcome outcome;
            try {
                outcome = take(visitor, said, content, brand, message);
            } catch (Refused refused) {
                outcome = new Outcome(content.id(), null, content.area(), null, refused);
            }
            outcomes.add(outcome);
            if (outcome.refused() != null) {
                break;
            }
        }
        return outcomes;
    }

    /// What the manifest says of a content; it routes, since an encrypted content says nothing itself.
    private static Manifest manifest(StarMessage said, Content content) throws Fault {
        for (Manifest one : said.manifest()) {
            if (one.contentId().equals(content.id())) {
                boolean isEncrypted = content.element().equals("EncryptedData");
                if (!isEncrypted
                        && !(one.element().equals(content.element())
                                && one.namespace().equals(content.namespace()))) {
                    throw new Fault(
                            Fault.Code.CLIENT,
                            "The manifest says that content " + content.id() + " is {" + one.namespace() + "}"
                                    + one.element() + ", and it is {" + content.namespace() + "}" + content.element()
                                    + ".");
                }
                return one;
            }
        }
        throw new Fault(
                Fault.Code.CLIENT,
                "The header payloadManifest has no manifest for content " + content.id() + ": each content has one.");
    }

    private static Flow flow(List<Flow> open, Manifest manifest, @Nullable Brand brand) {
        List<Flow> fitting = open.stream()
                .filter(flow -> manifest.element().equals(flow.terms().bod()))
                .toList();
        if (fitting.isEmpty()) {
            throw new Refused(
                    Problem.NOT_AUTHORISED,
                    "There is no flow for " + manifest.element() + (brand == null ? "" : " of " + brand)
                            + " on which you may send.");
        }
        if (fitting.size() > 1) {
            throw new Refused(
                    Problem.BAD_REQUEST,
                    "Several flows take " + manifest.element()
                            + " of yours: send it to the address of the brand, /star/<brand>.");
        }
        return fitting.getFirst();
    }

    /// A BOD that came before is not judged again, only compared (I2): by the table of today it might be of
    /// another flow, or be meant for somebody else.
    private Outcome take(Visitor visitor, StarMessage said, Content content, @Nullable Brand brand, Received message)
            throws IOException, Fault {
        visitor.quota().document();
        hub.stopping().requireOpen();
        hub.trust().requireKnownStatus(visitor.caller());
        PartyId sender = visitor.caller().party();
        DocumentId id = id(content, message);
        Optional<Recorded<Entry.DocumentAccepted>> before = hub.documents().sent(id, sender);
        if (before.isPresent()) {
            Digest first = before.get().entry().payload().digest();
            if (!first.equals(digest(content, message))) {
                throw new Refused(
                        Problem.ID_TAKEN,
                        "Your document " + id + " was accepted at "
                                + before.get().entry().time() + " with other content.");
            }
            return new Outcome(
                    content.id(),
                    id,
                    content.area(),
                    hub.ledger().receipt(before.get().position()).toBytes(),
                    null);
        }
        Flow flow = flow(flows(sender, brand), manifest(said, content), brand);
        Signed signed = said.isSigned() && flow.terms().signed() ? signed(said, content, flow, message) : null;
        Submission submission = intake.submission(sender, envelope(content, id, sender, flow), null, signed);
        long bytes = Slice.bytes(content);
        Refused refusal = submission.refusal(bytes);
        if (refusal != null) {
            throw refusal;
        }
        hub.space().require(bytes);
        visitor.quota().comes(bytes - (content.end() - content.begin())); // the rest came with the message
        Received received;
        try (InputStream slice = slice(content, message)) {
            received = intake.read(submission, slice, bytes, _ -> {});
        }
        var reply = new Awaited();
        intake.take(submission, received, reply);
        return new Outcome(content.id(), id, content.area(), reply.receipt(), null);
    }

    /// The message around a content, which was proven to be signed: with the content it can be proven again.
    /// Only where it stands alone: its readers are not to see other contents (I4).
    private Signed signed(StarMessage said, Content content, Flow flow, Received message) throws IOException {
        if (said.contents().size() != 1) {
            throw new Refused(
                    Problem.SIGNATURE_REQUIRED,
                    "Flow " + flow.name() + " keeps the signed message with each document: send one content in each.");
        }
        long around = message.bytes() - (content.end() - content.begin());
        if (around > EnvelopeEvidence.AROUND_BYTES_MAX) {
            throw new Refused(
                    Problem.SIGNATURE_INVALID,
                    "A signed message has at most " + EnvelopeEvidence.AROUND_BYTES_MAX + " bytes around its content.");
        }
        try (InputStream before = intake.open(message, 0, content.begin());
                InputStream behind = intake.open(message, content.end(), message.bytes());
                InputStream lying = intake.open(message, content.begin(), content.end())) {
            var evidence = new EnvelopeEvidence(
                    before.readAllBytes(),
                    behind.readAllBytes(),
                    Slice.leading(content).length,
                    Slice.insertedAt(lying),
                    (int) (Slice.bytes(content) - Slice.leading(content).length - (content.end() - content.begin())));
            return () -> new Evidence(evidence.encoded());
        }
    }

    private InputStream slice(Content content, Received message) throws IOException {
        InputStream lying = intake.open(message, content.begin(), content.end());
        try {
            return Slice.of(content, lying);
        } catch (IOException | RuntimeException e) {
            lying.close();
            throw e;
        }
    }

    /// The BOD's id; where it has none, or one that no document may have, a name for its bytes.
    private DocumentId id(Content content, Received message) throws IOException {
        String bodId = content.area().bodId();
        return bodId != null && DocumentId.isOne(bodId)
                ? new DocumentId(bodId)
                : new DocumentId("sha256-"
                        + HexFormat.of().formatHex(digest(content, message).bytes()));
    }

    private Digest digest(Content content, Received message) throws IOException {
        try (InputStream slice = slice(content, message)) {
            return Payloads.digest(slice);
        }
    }

    private Envelope envelope(Content content, DocumentId id, PartyId sender, Flow flow) {
        Area area = content.area();
        SortedMap<String, String> extensions = new TreeMap<>();
        Bod bod = Bod.of(String.valueOf(flow.terms().bod()));
        if (bod.verb() != null) {
            extensions.put("bodverb", bod.verb().toLowerCase(Locale.ROOT));
        }
        put(extensions, "bodsender", area.sender());
        put(extensions, Envelope.IN_REPLY_TO, area.answers());
        put(extensions, Envelope.RECIPIENT, receiver(area.receiver()));
        try {
            return new Envelope(id, sender, flow.name(), null, area.created(), "application/xml", null, extensions);
        } catch (IllegalArgumentException e) {
            throw new Refused(Problem.BAD_ENVELOPE, e.getMessage() + ".");
        }
    }

    private static void put(Map<String, String> extensions, String name, @Nullable String value) {
        if (value != null && !value.isEmpty()) {
            extensions.put(name, value);
        }
    }

    /// The party whom a BOD means: the one with this `star-id`, or of this name.
    private @Nullable String receiver(@Nullable String said) {
        if (said == null || said.isEmpty()) {
            return null;
        }
        Directory directory = hub.flows().table().directory();
        Optional<PartyId> known = directory.parties().stream()
                .filter(party -> party.values(STAR_ID).contains(said))
                .map(Party::id)
                .findFirst();
        if (known.isPresent()) {
            return known.get().value();
        }
        try {
            return directory
                    .party(new PartyId(said))
                    .map(party -> party.id().value())
                    .orElse(null);
        } catch (IllegalArgumentException noName) {
            return null; // a number of the sender's own world
        }
    }
}
