package aiguillage.hub.door.dataset;

import aiguillage.dataset.replica.Found;
import aiguillage.dataset.row.Key;
import aiguillage.dataset.row.Row;
import aiguillage.dataset.schema.Column;
import aiguillage.dataset.schema.Schema;
import aiguillage.dataset.schema.Type;
import aiguillage.hub.dataset.Difference;
import aiguillage.hub.dataset.Readers;
import aiguillage.hub.dataset.Rollout;
import aiguillage.hub.dataset.Versions;
import aiguillage.hub.door.call.Call;
import aiguillage.hub.entry.Entry;
import aiguillage.hub.entry.VersionContent;
import aiguillage.hub.routing.Dataset;
import aiguillage.protocol.Position;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Datasets and their versions as JSON.
final class DatasetJson {

    private DatasetJson() {}

    static void readable(ObjectNode json, Readers.Subscription readable) {
        Dataset dataset = readable.dataset();
        json.put("name", dataset.name().toString())
                .put("scope", readable.scope())
                .put("newest", readable.newest())
                .put("staleAfterSeconds", dataset.staleAfter().toSeconds());
        schema(json.putObject("schema"), dataset.schema());
    }

    static ObjectNode rollout(Rollout rollout) {
        ObjectNode json = Call.JSON.createObjectNode().put("holding", rollout.holding());
        ArrayNode readers = json.putArray("readers");
        for (Rollout.Reader reader : rollout.readers()) {
            ObjectNode one = readers.addObject()
                    .put("party", reader.party().value())
                    .put("state", reader.state().name().toLowerCase(Locale.ROOT))
                    .put("has", reader.has())
                    .put("told", reader.told());
            one.put("heard", text(reader.heard())).put("behindSince", text(reader.behindSince()));
        }
        return json;
    }

    private static @Nullable String text(@Nullable Instant instant) {
        return instant == null ? null : instant.toString();
    }

    static ObjectNode difference(Difference difference) {
        ObjectNode json = Call.JSON
                .createObjectNode()
                .put("column", difference.column())
                .put("added", difference.added())
                .put("removed", difference.removed())
                .put("changed", difference.changed())
                .put("moved", difference.moved())
                .put("risen", difference.risen());
        movements(json.putArray("largest"), difference.largest());
        movements(json.putArray("steepest"), difference.steepest());
        difference.came().forEach(whole -> key(json.withArrayProperty("came").addArray(), whole.key()));
        difference.went().forEach(whole -> key(json.withArrayProperty("went").addArray(), whole.key()));
        for (Difference.Other other : difference.others()) {
            ObjectNode one = json.withArrayProperty("others").addObject();
            key(one.putArray("key"), other.key());
            other.columns().forEach(one.putArray("columns")::add);
        }
        return json;
    }

    private static void movements(ArrayNode list, List<Difference.Movement> movements) {
        for (Difference.Movement movement : movements) {
            ObjectNode one = list.addObject().put("before", movement.before()).put("after", movement.after());
            key(one.putArray("key"), movement.key());
            one.put("from", text(movement.from()));
        }
    }

    private static void key(ArrayNode cells, Key key) {
        key.cells().forEach(cells::add);
    }

    private static void schema(ObjectNode json, Schema schema) {
        ArrayNode columns = json.putArray("columns");
        for (Column column : schema.columns()) {
            ObjectNode one = columns.addObject()
                    .put("name", column.name())
                    .put("type", column.type().name())
                    .put("key", column.key())
                    .put("required", column.required())
                    .put("sensitive", column.sensitive())
                    .put("language", column.language())
                    .put("currency", column.currency());
            switch (column.type()) {
                case Type.Text(var charsMax) -> one.put("length", charsMax);
                case Type.Decimal(var scale) -> one.put("scale", scale);
                case Type.Date() -> {}
                case Type.Code(var codes) -> codes.forEach(one.putArray("codes")::add);
            }
        }
        json.put("effectiveFrom", schema.from())
                .put("effectiveTo", schema.to())
                .put("zone", schema.zone().getId());
    }

    static void offers(ObjectNode json, Readers.Offers offers) {
        json.put("scope", offers.scope());
        Long left = offers.left();
        if (left != null) {
            json.put("left", left);
        }
        ArrayNode versions = json.putArray("versions");
        for (Readers.Offer offer : offers.offers()) {
            ObjectNode one = versions.addObject().put("statement", offer.note()).put("sealed", offer.isSealed());
            byte[] content = offer.content();
            if (content != null) {
                one.put("layer", Base64.getEncoder().encodeToString(content));
            }
        }
    }

    static ObjectNode looked(ObjectNode json, Readers.Looked looked) {
        Schema schema = looked.dataset().schema();
        json.put("name", looked.dataset().name().toString())
                .put("version", looked.version())
                .put("effective", looked.effective().toString());
        ArrayNode list = json.putArray("found");
        for (Found found : looked.found()) {
            ObjectNode one = list.addObject();
            found.key().cells().forEach(one.putArray("key")::add);
            Instant until = found.until();
            if (until != null) {
                one.put("until", until.toString());
            }
            Row row = found.row();
            if (row != null) {
                ObjectNode cells = one.putObject("row");
                for (int i = 0; i < row.cells().size(); i++) {
                    cells.put(schema.values().get(i).name(), row.cells().get(i));
                }
            }
        }
        return json;
    }

    static void version(ObjectNode json, Versions.Past version) {
        Entry.VersionPublished entry = version.entry();
        json.put("version", entry.number());
        terms(json, entry.from(), entry.effective().toString(), entry.isSealed(), entry.content());
        json.put("published", entry.time().toString())
                .put("by", entry.by())
                .put("position", version.position().value());
        Position held = entry.held();
        if (held != null) {
            json.put("held", held.value());
        }
        if (entry.restores() != null) {
            json.put("restores", entry.restores());
        }
        Position withdrawn = version.withdrawn();
        if (withdrawn != null) {
            json.put("withdrawn", withdrawn.value());
        }
    }

    static void held(ObjectNode json, Versions.Held held) {
        Entry.VersionHeld entry = held.entry();
        json.put("held", held.position().value());
        terms(json, entry.from(), entry.effective().toString(), entry.isSealed(), entry.content());
        json.put("time", entry.time().toString()).put("by", entry.by()).put("report", entry.report());
    }

    private static void terms(ObjectNode json, long from, String effective, boolean isSealed, VersionContent content) {
        json.put("from", from)
                .put("effective", effective)
                .put("sealed", isSealed)
                .put("rows", content.rows())
                .put("lines", content.lines())
                .put("added", content.added())
                .put("changed", content.changed())
                .put("removed", content.removed())
                .put("root", content.root().toString());
    }
}
