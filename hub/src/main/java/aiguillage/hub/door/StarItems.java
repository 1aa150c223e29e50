package aiguillage.hub.door;

import aiguillage.hub.entry.Entry;
import aiguillage.hub.entry.Payload;
import aiguillage.hub.problem.Problem;
import aiguillage.hub.problem.Refused;
import aiguillage.hub.routing.Flow;
import aiguillage.hub.star.Bod;
import aiguillage.hub.star.Root;
import aiguillage.hub.star.SoapReader;
import aiguillage.hub.star.SoapText;
import aiguillage.hub.star.StarMessage.Criteria;
import aiguillage.hub.star.StarMessage.Manifest;
import aiguillage.hub.star.Transport;
import aiguillage.hub.yard.DeliveryRow;
import aiguillage.protocol.Position;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.eclipse.jetty.io.Content;
import org.jspecify.annotations.Nullable;

/// Gives deliveries out as contents of a message, in constant memory. A payload that is XML in UTF-8 stands in
/// it as it is, from its document element's first byte to its last; any other as STAR's `attachment`, in
/// base64.
final class StarItems {

    /// No further delivery is given once the contents have this many bytes.
    private static final long CONTENTS_BYTES_MAX = 1 << 20;

    private static final String ID_PREFIX = "delivery-";
    private static final Pattern ID = Pattern.compile(ID_PREFIX + "([0-9]{1,18})");

    private final HubParts hub;

    StarItems(HubParts hub) {
        this.hub = hub;
    }

    /// A content to give.
    private record Item(Manifest manifest, long bytes, SoapReader.Source source) {}

    /// The position of the delivery that a content was.
    static Optional<Position> position(String contentId) {
        var matcher = ID.matcher(contentId);
        return matcher.matches() && Long.parseLong(matcher.group(1)) > 0
                ? Optional.of(new Position(Long.parseLong(matcher.group(1))))
                : Optional.empty();
    }

    /// Whether a delivery is of a flow with a BOD: others are had elsewhere.
    boolean isGiven(DeliveryRow row) {
        return bod(row) != null;
    }

    private @Nullable String bod(DeliveryRow row) {
        return hub.flows()
                .table()
                .flow(row.delivery().flow())
                .map(Flow::terms)
                .map(terms -> terms.bod())
                .orElse(null);
    }

    /// Whether one of the criteria holds; with none, every delivery is wanted.
    boolean isWanted(DeliveryRow row, List<Criteria> criteria) {
        if (criteria.isEmpty()) {
            return true;
        }
        Bod bod = Bod.of(String.valueOf(bod(row)));
        Instant time = document(row).time();
        return criteria.stream()
                .anyMatch(one -> (one.verb() == null || one.verb().equals(bod.verb()))
                        && (one.noun() == null || one.noun().equals(bod.noun()))
                        && (one.from() == null || !time.isBefore(one.from()))
                        && (one.to() == null || !time.isAfter(one.to())));
    }

    private Entry.DocumentAccepted document(DeliveryRow row) {
        return hub.documents().document(row.delivery().document()).entry();
    }

    /// Answers with as many of these as fit.
    void give(Call call, Transport transport, String response, List<DeliveryRow> rows) throws IOException {
        var items = new ArrayList<Item>();
        long bytes = 0;
        for (int i = 0; i < rows.size() && bytes < CONTENTS_BYTES_MAX; i++) {
            Item item = item(transport, rows.get(i));
            items.add(item);
            bytes += item.bytes();
        }
        var parts = new ArrayList<InputStream>();
        long length = add(
                parts,
                SoapText.beforeContents(
                        transport, response, items.stream().map(Item::manifest).toList()));
        for (Item item : items) {
            length += add(parts, SoapText.beforeContent(item.manifest().contentId()));
            parts.add(item.source().open());
            length += item.bytes() + add(parts, SoapText.behindContent());
        }
        length += add(parts, SoapText.behindContents(response));
        if (call.claim()) {
            InputStream whole = new SequenceInputStream(Collections.enumeration(parts));
            call.send(200, SoapText.MEDIA_TYPE, length, Content.Source.from(Call.BUFFERS, whole), call.callback());
        }
    }

    private static long add(List<InputStream> parts, byte[] bytes) {
        parts.add(new ByteArrayInputStream(bytes));
        return bytes.length;
    }

    private Item item(Transport transport, DeliveryRow row) throws IOException {
        Entry.DocumentAccepted document = document(row);
        Payload payload = document.payload();
        Position at = row.delivery().document();
        String id = ID_PREFIX + row.delivery().position().value();
        String related = document.envelope().id().value();
        Optional<Root> root = Root.of(() -> payload(at, payload, 0, payload.bytes()));
        if (root.isPresent()) {
            Root found = root.get();
            return new Item(
                    new Manifest(id, found.namespace(), found.element(), related),
                    found.end() - found.begin(),
                    () -> payload(at, payload, found.begin(), found.end()));
        }
        byte[] before = SoapText.beforeAttachment(transport, document.envelope().contentType());
        byte[] behind = SoapText.behindAttachment(transport, document.envelope().contentType());
        return new Item(
                new Manifest(id, transport.namespace(), "attachment", related),
                before.length + SoapText.base64Chars(payload.bytes()) + behind.length,
                () -> new SequenceInputStream(Collections.enumeration(List.of(
                        new ByteArrayInputStream(before),
                        SoapText.base64(payload(at, payload, 0, payload.bytes())),
                        new ByteArrayInputStream(behind)))));
    }

    private InputStream payload(Position document, Payload payload, long from, long to) throws IOException {
        String file = payload.file();
        if (file != null && hub.documents().knowsFile(file)) {
            return hub.payloads().read(file, payload.bytes(), from, to);
        }
        byte[] inline = file == null ? hub.documents().inlinePayload(document) : null;
        if (inline == null) {
            throw new Refused(Problem.PAYLOAD_GONE, "Its receipt still proves what it was.");
        }
        return new ByteArrayInputStream(inline, (int) from, (int) (to - from));
    }
}
