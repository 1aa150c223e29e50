package aiguillage.hub.door.star;

import aiguillage.hub.document.Contents;
import aiguillage.hub.door.call.HubParts;
import aiguillage.hub.entry.Entry;
import aiguillage.hub.entry.Payload;
import aiguillage.hub.routing.Flow;
import aiguillage.hub.star.Answer;
import aiguillage.hub.star.Answer.Part;
import aiguillage.hub.star.Bod;
import aiguillage.hub.star.Root;
import aiguillage.hub.star.SoapText;
import aiguillage.hub.star.StarMessage.Criteria;
import aiguillage.hub.star.StarMessage.Manifest;
import aiguillage.hub.star.Transport;
import aiguillage.hub.yard.DeliveryRow;
import aiguillage.protocol.FlowName;
import aiguillage.protocol.PartyId;
import aiguillage.protocol.Position;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Gives deliveries out as contents of a message, in constant memory. A payload that is XML in UTF-8 stands in
/// it as it is, from its document element's first byte to its last; any other as STAR's `attachment`, in
/// base64.
final class StarItems {

    /// No further delivery is given once the contents have this many bytes.
    private static final long CONTENTS_BYTES_MAX = 1 << 20;

    /// A payload that is no XML in UTF-8 and has more bytes than that is given by its address.
    static final long ATTACHED_BYTES_MAX = 1 << 20;

    /// Contents that the hub itself answers with have ids that begin so.
    static final String CONFIRM_PREFIX = "confirm-";

    private static final String ID_PREFIX = "delivery-";
    private static final Pattern ID = Pattern.compile(ID_PREFIX + "([0-9]{1,18})");

    private final HubParts hub;
    private final Contents contents;

    StarItems(HubParts hub) {
        this.hub = hub;
        this.contents = new Contents(hub.documents(), hub.payloads());
    }

    /// A content to give.
    private record Item(Manifest manifest, Part content) {}

    /// The position of the delivery that a content was.
    static Optional<Position> position(String contentId) {
        var matcher = ID.matcher(contentId);
        return matcher.matches() && Long.parseLong(matcher.group(1)) > 0
                ? Optional.of(new Position(Long.parseLong(matcher.group(1))))
                : Optional.empty();
    }

    /// The flows whose deliveries are given: those with a BOD. Others are had elsewhere.
    List<FlowName> flows() {
        return flows(_ -> true);
    }

    private List<FlowName> flows(Predicate<Bod> which) {
        return hub.flows().table().flows().stream()
                .filter(flow -> flow.terms().bod() != null
                        && which.test(Bod.of(flow.terms().bod())))
                .map(Flow::name)
                .toList();
    }

    /// What waits for a reader and one of the criteria holds for, in order of position; with no criteria,
    /// everything.
    List<DeliveryRow> wanted(PartyId reader, List<Criteria> criteria, int most) {
        List<DeliveryRow> wanted = new ArrayList<>();
        for (FlowName flow :
                flows(bod -> criteria.isEmpty() || criteria.stream().anyMatch(one -> fits(one, bod)))) {
            int had = wanted.size();
            long after = 0;
            List<DeliveryRow> rows;
            do {
                rows = hub.mailboxes().pending(reader, after, flow, most);
                for (DeliveryRow row : rows) {
                    after = row.delivery().position().value();
                    if (wanted.size() - had < most && isWanted(row, criteria)) {
                        wanted.add(row);
                    }
                }
            } while (rows.size() == most && most > 0 && wanted.size() - had < most);
        }
        wanted.sort(Comparator.comparingLong(row -> row.delivery().position().value()));
        return wanted.subList(0, Math.min(most, wanted.size()));
    }

    private static boolean fits(Criteria one, Bod bod) {
        return (one.verb() == null || one.verb().equals(bod.verb()))
                && (one.noun() == null || one.noun().equals(bod.noun()));
    }

    private boolean isWanted(DeliveryRow row, List<Criteria> criteria) {
        if (criteria.stream().allMatch(one -> one.from() == null && one.to() == null)) {
            return true; // of the flow that was asked for
        }
        Bod bod = Bod.of(String.valueOf(bod(row)));
        Instant time = document(row).time();
        return criteria.stream()
                .anyMatch(one -> fits(one, bod)
                        && (one.from() == null || !time.isBefore(one.from()))
                        && (one.to() == null || !time.isAfter(one.to())));
    }

    private @Nullable String bod(DeliveryRow row) {
        return hub.flows()
                .table()
                .flow(row.delivery().flow())
                .map(flow -> flow.terms().bod())
                .orElse(null);
    }

    private Entry.DocumentAccepted document(DeliveryRow row) {
        return hub.documents().document(row.delivery().document()).entry();
    }

    /// Whom an answer is for.
    ///
    /// @param authority where the REST API is, as in `https://hub.example:8443`; null for those who cannot
    ///     go there
    record To(Transport transport, @Nullable String authority) {}

    /// An answer with as many of these as fit.
    ///
    /// @param notes further blocks of its header
    Answer answer(To to, String response, List<DeliveryRow> rows, List<Answer.Block> notes) throws IOException {
        var items = new ArrayList<Item>();
        long bytes = 0;
        for (int i = 0; i < rows.size() && bytes < CONTENTS_BYTES_MAX; i++) {
            Item item = item(to, rows.get(i));
            if (item != null) {
                items.add(item);
                bytes += item.content().bytes();
            }
        }
        Transport transport = to.transport();
        List<Answer.Block> blocks = new ArrayList<>(notes);
        if (!items.isEmpty()) {
            blocks.addFirst(SoapText.manifest(
                    transport, items.stream().map(Item::manifest).toList()));
        }
        List<Part> body = new ArrayList<>();
        body.add(Part.of(SoapText.beforeContents(transport, response)));
        for (Item item : items) {
            body.add(Part.of(SoapText.beforeContent(item.manifest().contentId())));
            body.add(item.content());
            body.add(Part.of(SoapText.behindContent()));
        }
        body.add(Part.of(SoapText.behindContents(response)));
        return new Answer(blocks, body);
    }

    /// @return null when its payload is gone: the delivery is about to expire
    private @Nullable Item item(To to, DeliveryRow row) throws IOException {
        Entry.DocumentAccepted document = document(row);
        Payload payload = document.payload();
        Position at = row.delivery().document();
        String id = ID_PREFIX + row.delivery().position().value();
        String related = document.envelope().id().value();
        Optional<Root> root;
        try {
            root = Root.of(() -> opened(at, payload, 0, payload.bytes()));
        } catch (Gone e) {
            return null;
        }
        if (root.isPresent()) {
            Root found = root.get();
            return new Item(
                    new Manifest(id, found.namespace(), found.element(), related),
                    new Part(found.end() - found.begin(), () -> opened(at, payload, found.begin(), found.end())));
        }
        var manifest = new Manifest(id, to.transport().namespace(), "attachment", related);
        String mediaType = document.envelope().contentType();
        if (to.authority() != null && payload.bytes() > ATTACHED_BYTES_MAX) {
            String address = to.authority() + "/v1/inbox/" + row.delivery().position() + "/payload";
            return new Item(manifest, Part.of(SoapText.attachment(to.transport(), mediaType, address)));
        }
        byte[] before = SoapText.beforeAttachment(to.transport(), mediaType);
        byte[] behind = SoapText.behindAttachment(to.transport(), mediaType);
        return new Item(
                manifest,
                new Part(
                        before.length + SoapText.base64Chars(payload.bytes()) + behind.length,
                        () -> new SequenceInputStream(Collections.enumeration(List.of(
                                new ByteArrayInputStream(before),
                                SoapText.base64(opened(at, payload, 0, payload.bytes())),
                                new ByteArrayInputStream(behind))))));
    }

    private InputStream opened(Position document, Payload payload, long from, long to) throws IOException {
        return contents.open(document, payload, from, to)
                .orElseThrow(() -> new Gone("the payload at position " + document + " is not kept any more"));
    }

    /// A payload is not kept any more.
    private static final class Gone extends IOException {

        private static final long serialVersionUID = 1;

        Gone(String what) {
            super(what);
        }
    }
}
