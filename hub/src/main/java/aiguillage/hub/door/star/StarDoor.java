package aiguillage.hub.door.star;

import aiguillage.hub.delivery.Deliveries;
import aiguillage.hub.door.call.Call;
import aiguillage.hub.door.call.HubParts;
import aiguillage.hub.door.call.Query;
import aiguillage.hub.door.call.Uploads;
import aiguillage.hub.door.call.Wire;
import aiguillage.hub.intake.Intake;
import aiguillage.hub.intake.Received;
import aiguillage.hub.payload.Payloads;
import aiguillage.hub.problem.Problem;
import aiguillage.hub.problem.Refused;
import aiguillage.hub.quota.Quota;
import aiguillage.hub.star.Answer;
import aiguillage.hub.star.Fault;
import aiguillage.hub.star.SoapReader;
import aiguillage.hub.star.SoapText;
import aiguillage.hub.star.StarMessage;
import aiguillage.hub.star.StarMessage.Asked;
import aiguillage.hub.star.Transport;
import aiguillage.hub.star.Wsdl;
import aiguillage.hub.trust.Caller;
import aiguillage.hub.yard.DeliveryRow;
import aiguillage.protocol.Brand;
import aiguillage.protocol.DocumentId;
import aiguillage.protocol.PartyId;
import aiguillage.protocol.Position;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// `POST /star` and `/star/{brand}`: STAR's transport, PutMessage, ProcessMessage and PullMessage, in SOAP 1.1.
/// Runs on threads that may wait.
public final class StarDoor {

    /// ProcessMessage waits so long for an answer.
    public static final Duration ANSWER_MAX = Duration.ofSeconds(25);

    static final int ITEMS_MAX = 100;

    private static final String PENDING = "No answer came within the time of this call. What you sent is accepted; its"
            + " receipt stands here. Ask with PullMessage: its answer has your BODID as OriginalApplicationArea/BODID.";

    /// What a message may have beside its contents.
    private static final long AROUND_BYTES_MAX = 1_000_000;

    private final HubParts hub;
    private final Intake intake;
    private final Deliveries deliveries;
    private final Uploads uploads;
    private final StarSecurity security;
    private final StarContents contents;
    private final StarItems items;
    private final StarAnswers answers;
    private final Wsdl wsdl = new Wsdl();

    /// @param answerMax usually [#ANSWER_MAX]
    public StarDoor(
            HubParts hub,
            Intake intake,
            Deliveries deliveries,
            Uploads uploads,
            StarSecurity security,
            Duration answerMax) {
        this.hub = hub;
        this.security = security;
        this.intake = intake;
        this.deliveries = deliveries;
        this.uploads = uploads;
        this.contents = new StarContents(hub, intake);
        this.items = new StarItems(hub);
        this.answers = new StarAnswers(hub, items, answerMax);
    }

    /// The description: `GET /star?wsdl`, of 2009; of 2005 with `?wsdl=2005`.
    void describe(Call call, @Nullable Brand brand) {
        Transport transport = "2005".equals(call.query(Query.WSDL)) ? Transport.STAR_2005 : Transport.STAR_2009;
        String path = brand == null ? "/star" : "/star/" + brand;
        String address = authority(call) + path;
        call.answer(200, SoapText.MEDIA_TYPE, SoapText.bytes(wsdl.of(transport, address)));
    }

    /// @param brand of the flows that are meant; null: whichever has such a BOD
    void answer(Call call, @Nullable Brand brand) throws IOException {
        var reply = new StarReply(hub, call, security);
        answer(call, reply, () -> taken(call, brand, reply));
    }

    /// Answers a message whose signature was proven to be of the caller; lets it go before anything is waited
    /// for.
    void answerSigned(Call call, @Nullable Brand brand, StarSignedDoor.Coming coming) throws IOException {
        var reply = new StarReply(hub, call, security);
        reply.sign();
        answer(call, reply, () -> {
            try (coming) {
                Received.Small message = coming.message();
                call.requireVisitor().quota().comes(message.bytes());
                StarMessage said = SoapReader.read(() -> intake.open(message));
                security.requireForThisHub(said.to());
                return taken(call, said, brand, message);
            }
        });
    }

    /// Whoever has no client certificate cannot fetch anything elsewhere.
    private static StarItems.To to(Call call, Transport transport) {
        boolean hasCertificate =
                call.request().getConnectionMetaData().getConnector().getName().equals("main");
        return new StarItems.To(transport, hasCertificate ? authority(call) : null);
    }

    private static String authority(Call call) {
        return "https://" + call.request().getHttpURI().getAuthority();
    }

    @FunctionalInterface
    private interface Taking {
        Taken taken() throws IOException, Fault;
    }

    private void answer(Call call, StarReply reply, Taking taking) throws IOException {
        try {
            answer(call, reply, taking.taken());
        } catch (Fault fault) {
            reply.refuse(fault);
        } catch (Refused refused) {
            reply.refuse(StarContents.Outcome.of(refused));
        }
    }

    private void answer(Call call, StarReply reply, Taken taken) throws IOException, Fault {
        Transport transport = taken.said().transport();
        Optional<StarContents.Outcome> refused =
                taken.outcomes().stream().filter(one -> one.refused() != null).findFirst();
        if (refused.isPresent()) {
            if (taken.said().asked() instanceof Asked.PutAndAnswer) {
                reply.confirmOrRefuse(transport, refused.get());
            } else {
                reply.refuse(refused.get());
            }
            return;
        }
        switch (taken.said().asked()) {
            case Asked.Put _ -> reply.give(SoapText.put(transport, taken.receipts()));
            case Asked.PutAndAnswer _ -> {
                List<DeliveryRow> answered = answers.await(call, sent(call, taken));
                List<Answer.Block> notes = new ArrayList<>(List.of(SoapText.receipts(taken.receipts())));
                if (answered.isEmpty()) {
                    notes.add(SoapText.pending(PENDING));
                }
                reply.give(items.answer(to(call, transport), "ProcessMessageResponse", answered, notes));
            }
            case Asked.Pull pull ->
                reply.give(items.answer(
                        to(call, transport), "PullMessageResponse", pulled(call.party(), pull), List.of()));
        }
    }

    /// A message that was read, and what became of its contents.
    private record Taken(StarMessage said, List<StarContents.Outcome> outcomes) {

        Map<String, byte[]> receipts() {
            Map<String, byte[]> receipts = new LinkedHashMap<>();
            outcomes.forEach(one -> receipts.put(String.valueOf(one.contentId()), one.requireReceipt()));
            return receipts;
        }
    }

    private List<StarAnswers.Sent> sent(Call call, Taken taken) {
        List<StarAnswers.Sent> sent = new ArrayList<>();
        for (StarContents.Outcome one : taken.outcomes()) {
            DocumentId id = one.requireId();
            String name = one.bodId() == null ? id.value() : one.bodId();
            hub.documents()
                    .sent(id, call.party())
                    .ifPresent(document -> sent.add(new StarAnswers.Sent(name, document.position(), document.entry())));
        }
        return sent;
    }

    /// The message itself is let go before anything is waited for.
    private Taken taken(Call call, @Nullable Brand brand, StarReply reply) throws IOException, Fault {
        Uploads.Upload upload = uploads.beginStreamed(call, Uploads.STREAMED_BYTES + Payloads.INLINE_BYTES_MAX);
        Received message = null;
        try {
            message = read(call, upload);
            Received whole = message;
            StarMessage said = SoapReader.read(() -> intake.open(whole));
            if (said.isSigned()) {
                Caller signer = security.requireSigned(
                        () -> intake.open(whole), call.requireVisitor().caller());
                if (!said.contents().isEmpty()) {
                    hub.trust().requireKnownStatus(signer);
                }
                reply.sign();
            }
            return taken(call, said, brand, whole);
        } finally {
            upload.end();
            upload.free();
            if (message != null) {
                intake.drop(message);
            }
        }
    }

    private Taken taken(Call call, StarMessage said, @Nullable Brand brand, Received message)
            throws IOException, Fault {
        boolean isPull = said.asked() instanceof Asked.Pull;
        return new Taken(said, isPull ? List.of() : contents.take(call.requireVisitor(), said, brand, message));
    }

    /// Reads the message to its end. What only asks for deliveries is small, and goes on where documents
    /// cannot.
    private Received read(Call call, Uploads.Upload upload) throws IOException {
        Quota quota = call.requireVisitor().quota();
        long length = call.request().getLength();
        long bytesMax = messageBytesMax(call.party());
        if (length > bytesMax) {
            throw tooLarge(bytesMax);
        }
        if (length < 0 || length > Wire.BODY_BYTES_MAX) {
            hub.space().require(Math.max(length, 0));
            quota.requireBytes();
        }
        quota.comes(Math.max(length, 0));
        Received message;
        try (InputStream body = org.eclipse.jetty.io.Content.Source.asInputStream(call.request())) {
            message = intake.read(body, length, bytesMax, () -> tooLarge(bytesMax), quota::comes);
        } catch (Payloads.DiskRefuses e) {
            throw e; // the disk failed, not the sender
        } catch (IOException e) {
            throw new Refused(Problem.BAD_REQUEST, "The message broke off before its end; nothing was kept.");
        }
        if (!upload.end()) {
            intake.drop(message);
            throw new Refused(Problem.TOO_SLOW, "The message came too slowly; nothing was kept.");
        }
        return message;
    }

    private long messageBytesMax(PartyId party) {
        return AROUND_BYTES_MAX
                + contents.flows(party, null).stream()
                        .mapToLong(flow -> flow.terms().payloadMax().count())
                        .max()
                        .orElse(0);
    }

    private static Refused tooLarge(long bytesMax) {
        return new Refused(Problem.PAYLOAD_TOO_LARGE, "A message of yours has at most " + bytesMax + " bytes.")
                .with("payloadBytesMax", bytesMax);
    }

    /// Receipts first: what is had is not given again. Only the id that a content had here is its receipt: a
    /// document's id is unique for its sender alone, and another that was never read could have the same (I3).
    private List<DeliveryRow> pulled(PartyId reader, Asked.Pull pull) throws Fault {
        List<Position> had = new ArrayList<>();
        for (String receipt : pull.receipts()) {
            if (receipt.startsWith(StarItems.CONFIRM_PREFIX)) {
                continue; // given once, in an answer; it waits nowhere
            }
            had.add(
                    StarItems.position(receipt)
                            .orElseThrow(
                                    () -> new Fault(
                                            Fault.Code.CLIENT,
                                            "A receiptID is the id of a content that was pulled, as in delivery-42; one of these is none.")));
        }
        if (!had.isEmpty()) {
            deliveries.end(reader, had, List.of(), null);
        }
        int most = pull.itemsMax() == null ? ITEMS_MAX : Math.min(pull.itemsMax(), ITEMS_MAX);
        return items.wanted(reader, pull.criteria(), most);
    }
}
