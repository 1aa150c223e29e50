package aiguillage.hub.door;

import aiguillage.hub.directory.Directory;
import aiguillage.hub.directory.Party;
import aiguillage.hub.document.Recorded;
import aiguillage.hub.entry.Entry;
import aiguillage.hub.intake.Intake;
import aiguillage.hub.intake.Received;
import aiguillage.hub.intake.Reply;
import aiguillage.hub.intake.Submission;
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
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/// Makes documents of the contents of a message, and has them taken in. A BOD's id is the document's (I2); its
/// flow is the one that declares its element as `bod`.
final class StarContents {

    /// The attribute of parties by which BODs know them; its values are unique.
    private static final String STAR_ID = "star-id";

    private static final int BUFFER_BYTES = 64 << 10;

    private final HubParts hub;
    private final Intake intake;

    StarContents(HubParts hub, Intake intake) {
        this.hub = hub;
        this.intake = intake;
    }

    /// What became of a content.
    record Outcome(
            @Nullable String contentId,
            @Nullable DocumentId id,
            byte @Nullable [] receipt,
            @Nullable Refused refused) {

        static Outcome of(@Nullable String contentId, Refused refused) {
            return new Outcome(contentId, null, null, refused);
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
    List<Outcome> take(
            Visitor visitor, StarMessage said, List<Content> contents, @Nullable Brand brand, Received message)
            throws IOException, Fault {
        List<Flow> open = flows(visitor.caller().party(), brand);
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
                outcome = take(visitor, content, flow(open, manifest(said, content), brand), message);
            } catch (Refused refused) {
                outcome = Outcome.of(content.id(), refused);
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

    private Outcome take(Visitor visitor, Content content, Flow flow, Received message) throws IOException {
        visitor.quota().document();
        hub.stopping().requireOpen();
        hub.trust().requireKnownStatus(visitor.caller());
        PartyId sender = visitor.caller().party();
        DocumentId id = id(content, message);
        Submission submission = intake.submission(sender, envelope(content, id, sender, flow), null, null);
        var reply = new Awaited();
        Refused refusal = submission.refusal(Slice.bytes(content));
        Optional<Recorded<Entry.DocumentAccepted>> before =
                refusal == null ? Optional.empty() : intake.before(submission);
        if (refusal != null && before.isEmpty()) {
            return Outcome.of(content.id(), refusal);
        }
        hub.space().require(Slice.bytes(content));
        Received received;
        try (InputStream slice = Slice.of(content, intake.open(message))) {
            received = intake.read(
                    slice,
                    Slice.bytes(content),
                    Math.max(Slice.bytes(content), 1),
                    () -> new Refused(Problem.FAILED, "A content was longer than it is."),
                    _ -> {});
        }
        if (before.isPresent()) {
            intake.repeated(submission, received.payload(), before.get(), reply);
            intake.drop(received);
        } else {
            intake.take(submission, received, reply);
        }
        return reply.outcome(content.id(), id);
    }

    /// The BOD's id; where it has none, or one that no document may have, a name for its bytes.
    private DocumentId id(Content content, Received message) throws IOException {
        String bodId = content.area().bodId();
        try {
            if (bodId != null) {
                return new DocumentId(bodId);
            }
        } catch (IllegalArgumentException noId) {
            // named by its bytes, as one that has no id
        }
        MessageDigest sha256 = Digest.sha256();
        try (InputStream slice = Slice.of(content, intake.open(message))) {
            var buffer = new byte[BUFFER_BYTES];
            for (int n = slice.read(buffer); n >= 0; n = slice.read(buffer)) {
                sha256.update(buffer, 0, n);
            }
        }
        return new DocumentId("sha256-" + HexFormat.of().formatHex(sha256.digest()));
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

    /// What is wrong within a payload, a line each.
    static List<String> faults(Refused refused) {
        return refused.particulars().get("faults") instanceof List<?> faults
                ? faults.stream().map(StarContents::fault).toList()
                : List.of();
    }

    private static String fault(Object fault) {
        return fault instanceof Map<?, ?> one
                ? "line " + one.get("line") + ", column " + one.get("column") + ", " + one.get("path") + ": "
                        + one.get("expected")
                : String.valueOf(fault);
    }

    /// Waits for what becomes of a document.
    private static final class Awaited implements Reply {

        private final CompletableFuture<byte[]> receipt = new CompletableFuture<>();

        @Override
        public void accepted(boolean isFirst, byte[] bytes) {
            receipt.complete(bytes);
        }

        @Override
        public void refused(Refused refused) {
            receipt.completeExceptionally(refused);
        }

        @Override
        public void failed(Throwable failure) {
            receipt.completeExceptionally(failure);
        }

        Outcome outcome(String contentId, DocumentId id) {
            try {
                return new Outcome(contentId, id, receipt.join(), null);
            } catch (CompletionException e) {
                if (e.getCause() instanceof Refused refused) {
                    return Outcome.of(contentId, refused);
                }
                throw e;
            }
        }
    }
}
