package aiguillage.hub.door.as4;

import aiguillage.hub.as4.As4Fault;
import aiguillage.hub.as4.As4Keys;
import aiguillage.hub.as4.As4Message;
import aiguillage.hub.as4.As4Message.Errors;
import aiguillage.hub.as4.As4Message.PullRequest;
import aiguillage.hub.as4.As4Message.Receipt;
import aiguillage.hub.as4.As4Message.UserMessage;
import aiguillage.hub.as4.As4Writer;
import aiguillage.hub.as4.EbmsError;
import aiguillage.hub.as4.Mime;
import aiguillage.hub.as4.Proof;
import aiguillage.hub.as4.SoapMessage;
import aiguillage.hub.as4.Suite;
import aiguillage.hub.document.Recorded;
import aiguillage.hub.door.call.Call;
import aiguillage.hub.door.call.HubParts;
import aiguillage.hub.door.call.Uploads;
import aiguillage.hub.door.call.Wire;
import aiguillage.hub.entry.Entry;
import aiguillage.hub.intake.Intake;
import aiguillage.hub.payload.Payloads;
import aiguillage.hub.problem.Problem;
import aiguillage.hub.problem.Refused;
import aiguillage.hub.yard.DeliveryRow;
import aiguillage.protocol.FlowName;
import aiguillage.protocol.PartyId;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/// `POST /as4`: AS4 over one connection of a party. User messages come in by push, go out by pull; receipts and
/// errors go both ways. Runs on threads that may wait.
///
/// Who the caller is, its connection says; its messages are signed by the same party. The receipt for a
/// document is made of the document's entry, so it is sent only when the journal has that (I1), and is the same
/// for a retry (I2).
public final class As4Door {

    /// Of a refused body so much is read, so that its sender comes to hear the answer.
    private static final long DROPPED_BYTES_MAX = 1 << 20;

    /// What a message of any length holds while it comes in: the SOAP part as bytes and as characters, its few nodes,
    /// and a payload that stays small.
    static final int HELD_BYTES =
            Uploads.STREAMED_BYTES + Payloads.INLINE_BYTES_MAX + 4 * Mime.ROOT_BYTES_MAX + SoapMessage.TREE_BYTES_MAX;

    /// What its tree holds at the most for each byte of the SOAP part: no node is written in fewer than 4.
    private static final int TREE_BYTES_EACH = SoapMessage.NODE_BYTES / 4;

    private final HubParts hub;
    private final Uploads uploads;
    private final As4Keys keys;
    private final As4Writer writer;
    private final As4Documents documents;
    private final As4Deliveries deliveries;
    private final As4Signers signers;

    public As4Door(
            HubParts hub,
            Intake intake,
            As4Keys keys,
            As4Writer writer,
            As4Deliveries deliveries,
            As4Signers signers,
            Uploads uploads) {
        this.signers = signers;
        this.hub = hub;
        this.uploads = uploads;
        this.keys = keys;
        this.writer = writer;
        this.documents = new As4Documents(hub, intake, keys);
        this.deliveries = deliveries;
    }

    /// The hub's certificates: `GET /as4/certificates`.
    void certificates(Call call) {
        call.text(200, keys.certificates());
    }

    /// What is known of a message by the time it is answered.
    private static final class Asked {

        private String messageId = "";
        private @Nullable Suite suite;

        private Suite requireSuite() {
            return Objects.requireNonNull(suite);
        }
    }

    /// What a message holds: less when it says how short it is, so that many short ones may come at once.
    ///
    /// @param length of the request's body; -1: it is not told
    static int held(long length) {
        if (length < 0) {
            return HELD_BYTES;
        }
        long root = Math.min(length, Mime.ROOT_BYTES_MAX);
        long tree = Math.min(root * TREE_BYTES_EACH, SoapMessage.TREE_BYTES_MAX);
        return (int) (Uploads.STREAMED_BYTES + Payloads.INLINE_BYTES_MAX + 4 * root + tree);
    }

    void answer(Call call) throws IOException {
        var asked = new Asked();
        InputStream body = Content.Source.asInputStream(call.request());
        Uploads.Upload upload = uploads.beginStreamed(call, held(call.request().getLength()));
        try {
            answer(call, asked, body, upload);
        } catch (As4Fault fault) {
            drop(body, call, upload);
            refuse(call, asked, As4Refusals.refused(fault), fault.error(), fault.detail(), 200);
        } catch (Refused refused) {
            drop(body, call, upload);
            Problem problem = refused.problem();
            refuse(
                    call,
                    asked,
                    refused,
                    As4Refusals.error(problem),
                    As4Refusals.sentences(refused),
                    As4Refusals.status(problem));
        } catch (Mime.BrokenOff e) {
            var refused = new Refused(Problem.BAD_REQUEST, "The message broke off before its end; nothing was kept.");
            refuse(call, asked, refused, EbmsError.MIME_INCONSISTENCY, As4Refusals.sentences(refused), 200);
        } finally {
            upload.end();
            upload.free();
        }
    }

    private void answer(Call call, Asked asked, InputStream body, Uploads.Upload upload) throws As4Fault, IOException {
        String type = call.header(HttpHeader.CONTENT_TYPE);
        var mime = new Mime(body, type == null ? "" : type);
        byte[] root = mime.root();
        SoapMessage soap = SoapMessage.read(root);
        asked.messageId = soap.nameForErrors();
        Proof proof = soap.security() == null && soap.said() instanceof Errors ? null : Proof.of(soap);
        if (proof != null) {
            signers.require(call.party(), proof.signer());
            asked.suite = proof.suite();
        }
        As4Message said = soap.said();
        if (said instanceof UserMessage message && proof != null) {
            signers.requireKnownStatus(call.party(), proof.signer());
            requireRoom(call);
            Recorded<Entry.DocumentAccepted> accepted = documents.take(
                    call.requireVisitor(), new As4Documents.Coming(message, root, soap, proof, mime, upload));
            call.answer(
                    200,
                    As4Writer.SOAP_TYPE,
                    writer.receipt(
                            proof.suite(),
                            deliveries.receiptId(accepted.position()),
                            accepted.entry().time(),
                            message.messageId(),
                            proof.parts()));
            return;
        }
        if (mime.next() != null) {
            throw new As4Fault(EbmsError.MIME_INCONSISTENCY, "A signal has no payload.");
        }
        if (!upload.end()) {
            throw new Refused(Problem.TOO_SLOW, "The message came too slowly.");
        }
        upload.free();
        signal(call, asked, said);
    }

    private void requireRoom(Call call) {
        long length = call.request().getLength();
        if (length < 0 || length > Wire.BODY_BYTES_MAX) {
            hub.space().require(Math.max(length, 0));
            call.requireVisitor().quota().requireBytes();
        }
    }

    private void signal(Call call, Asked asked, As4Message said) throws As4Fault, IOException {
        PartyId party = call.party();
        switch (said) {
            case PullRequest pull -> pull(call, asked, pull);
            case Receipt receipt -> {
                if (!deliveries.acknowledge(party, receipt)) {
                    throw new As4Fault(
                            EbmsError.INVALID_RECEIPT,
                            "The receipt is for no message that you were sent from here, or its digests are not those of"
                                    + " what was sent: header, body and payload, each by its ds:Reference.");
                }
                call.answer(202, As4Writer.SOAP_TYPE, new byte[0]);
            }
            case Errors errors -> {
                deliveries.reject(party, errors);
                call.answer(202, As4Writer.SOAP_TYPE, new byte[0]);
            }
            case UserMessage _ -> throw new AssertionError("a document without a signature goes on");
        }
    }

    private void pull(Call call, Asked asked, PullRequest pull) throws As4Fault, IOException {
        String mpc = pull.mpc() == null || pull.mpc().equals(As4Documents.DEFAULT_MPC) ? null : pull.mpc();
        FlowName flow = null;
        if (mpc != null) {
            flow = As4Deliveries.flow(mpc)
                    .orElseThrow(() -> new As4Fault(
                            EbmsError.VALUE_NOT_RECOGNIZED,
                            "There is no such channel: leave mpc out for all that waits, or write"
                                    + " urn:aiguillage:flow:<brand>/<kind> for what waits of one flow."));
        }
        Optional<DeliveryRow> next = deliveries.next(call.party(), flow);
        if (next.isEmpty()) {
            call.answer(
                    200,
                    As4Writer.SOAP_TYPE,
                    writer.error(
                            asked.suite,
                            messageId(),
                            hub.clock().instant(),
                            pull.messageId(),
                            EbmsError.EMPTY_MESSAGE_PARTITION_CHANNEL,
                            "",
                            "Nothing waits for you here at present."));
            return;
        }
        // One that cannot be made now is not forgotten: the next pull gets another.
        As4Writer.Parcel message =
                deliveries.message(asked.requireSuite(), next.get().delivery(), mpc);
        if (call.claim()) {
            Callback sent = Callback.from(call.callback()::succeeded, failure -> {
                deliveries.forget(next.get().delivery());
                call.callback().failed(failure);
                hub.stopIfDamaged(failure);
            });
            call.send(
                    200,
                    message.contentType(),
                    message.bytes(),
                    Content.Source.from(Call.BUFFERS, message.body()),
                    sent);
        } else {
            message.body().close();
            deliveries.forget(next.get().delivery());
        }
    }

    private String messageId() {
        return UUID.randomUUID() + "@" + hub.name();
    }

    private void refuse(Call call, Asked asked, Refused refused, EbmsError error, String detail, int status) {
        Supplier<byte[]> page = () -> writer.error(
                asked.suite,
                messageId(),
                hub.clock().instant(),
                asked.messageId,
                error,
                refused.problem().code(),
                detail);
        if (refused.problem() != Problem.TOO_MANY_REQUESTS) { // who asks too often costs no signature
            byte[] made = page.get(); // before the call is claimed: what fails is answered by others then
            page = () -> made;
        }
        call.refuse(refused, status, As4Writer.SOAP_TYPE, page);
    }

    /// Reads what is left of a small body: a sender that still writes would not hear the answer. Only as long
    /// as it is given up when it comes too slowly.
    private static void drop(InputStream body, Call call, Uploads.Upload upload) {
        long length = call.request().getLength();
        if (length >= 0 && length <= DROPPED_BYTES_MAX && upload.isOpen() && !call.isClaimed()) {
            try {
                body.transferTo(OutputStream.nullOutputStream());
            } catch (IOException nobodyListens) {
                call.response().getHeaders().put(HttpHeader.CONNECTION, "close");
            }
        }
    }
}
