package aiguillage.gateway.replica;

import aiguillage.dataset.layer.Seal;
import aiguillage.dataset.schema.Column;
import aiguillage.dataset.schema.Schema;
import aiguillage.dataset.schema.Type;
import aiguillage.protocol.DatasetName;
import aiguillage.protocol.Rfc3339;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Datasets as a hub writes them. What it cannot read throws an [IllegalArgumentException]; what it does not know is
/// passed over, so that a later hub can say more.
public final class DatasetJson {

    /// More versions than a replica can have waiting are never offered at once.
    private static final int LIST_MAX = 10_000;

    /// No hub means an earlier instant.
    private static final Instant EARLIEST = Instant.parse("2000-01-01T00:00:00Z");

    /// No hub lets its readers go unheard for longer.
    private static final Duration STALE_AFTER_MAX = Duration.ofDays(3_650);

    private final JsonMapper json = JsonMapper.shared();

    /// An event of the stream, or null when it is of another kind.
    public @Nullable DatasetNews event(String event, String data) {
        try {
            return switch (event) {
                case "datasets" -> standing(data);
                case "dataset" -> one(tree(data));
                default -> null;
            };
        } catch (IllegalArgumentException e) {
            return new DatasetNews.Unreadable("an event `" + event + "` cannot be read: " + e.getMessage());
        }
    }

    private DatasetNews one(JsonNode event) {
        if (event.has("seal")) {
            return new DatasetNews.Opened(
                    now(event), name(event), number(event, "version"), number(event, "from"), sealIn(event));
        }
        if (event.has("left")) {
            return new DatasetNews.Withdrawn(now(event), name(event), number(event, "left"));
        }
        return new DatasetNews.Came(offers(event));
    }

    /// `{now, datasets}`
    public DatasetNews.Standing standing(String text) {
        JsonNode tree = tree(text);
        List<Subscription> datasets = new ArrayList<>();
        Map<DatasetName, String> unreadable = new HashMap<>();
        for (JsonNode one : list(tree, "datasets")) {
            DatasetName name = name(one);
            try {
                datasets.add(subscription(one));
            } catch (IllegalArgumentException e) {
                unreadable.put(name, String.valueOf(e.getMessage()));
            }
        }
        return new DatasetNews.Standing(now(tree), datasets, unreadable);
    }

    /// `{now, name, scope, left?, versions}`
    public Offers offers(String text) {
        return offers(tree(text));
    }

    private static Offers offers(JsonNode tree) {
        List<Offer> versions = new ArrayList<>();
        for (JsonNode one : list(tree, "versions")) {
            byte[] layer = one.has("layer") ? decoded(text(one, "layer")) : null;
            versions.add(new Offer(text(one, "statement"), one.path("sealed").asBoolean(false), layer));
        }
        Long left = tree.has("left") ? number(tree, "left") : null;
        return new Offers(now(tree), name(tree), text(tree, "scope"), left, versions);
    }

    /// `{now, seal}`
    public Seal seal(String text) {
        return sealIn(tree(text));
    }

    /// One dataset, as it stands in a list, or in a file kept.
    public Subscription subscription(String text) {
        return subscription(tree(text));
    }

    private Subscription subscription(JsonNode one) {
        return new Subscription(
                name(one),
                text(one, "scope"),
                number(one, "newest"),
                staleAfter(one),
                schema(one.path("schema")),
                json.writeValueAsString(one));
    }

    private static Duration staleAfter(JsonNode one) {
        long seconds = number(one, "staleAfterSeconds");
        if (seconds > STALE_AFTER_MAX.toSeconds()) {
            throw new IllegalArgumentException(
                    "staleAfterSeconds is " + seconds + ", more than " + STALE_AFTER_MAX.toDays() + " days");
        }
        return Duration.ofSeconds(seconds);
    }

    private static Schema schema(JsonNode schema) {
        List<Column> columns = new ArrayList<>();
        for (JsonNode column : list(schema, "columns")) {
            columns.add(new Column(
                    text(column, "name"),
                    type(column),
                    column.path("key").asBoolean(false),
                    column.path("required").asBoolean(false),
                    column.path("sensitive").asBoolean(false),
                    optional(column, "language"),
                    optional(column, "currency")));
        }
        try {
            ZoneId zone = ZoneId.of(text(schema, "zone"));
            return new Schema(columns, optional(schema, "effectiveFrom"), optional(schema, "effectiveTo"), zone);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("the schema's zone is not known here", e);
        }
    }

    private static Type type(JsonNode column) {
        return switch (text(column, "type")) {
            case "text" -> new Type.Text((int) number(column, "length"));
            case "decimal" -> new Type.Decimal((int) number(column, "scale"));
            case "date" -> new Type.Date();
            case "code" -> {
                List<String> codes = new ArrayList<>();
                for (JsonNode code : list(column, "codes")) {
                    codes.add(string(code, "a code"));
                }
                yield new Type.Code(codes);
            }
            case String other ->
                throw new IllegalArgumentException("a column is of type \"" + other
                        + "\", which this gateway does not know: it needs a later version");
        };
    }

    private JsonNode tree(String text) {
        try {
            JsonNode tree = json.readTree(text);
            if (tree.isObject()) {
                return tree;
            }
        } catch (JacksonException e) {
            throw new IllegalArgumentException("it is not JSON: " + e.getOriginalMessage(), e);
        }
        throw new IllegalArgumentException("it is not a JSON object");
    }

    private static List<JsonNode> list(JsonNode tree, String name) {
        JsonNode list = tree.path(name);
        if (!list.isArray() || list.size() > LIST_MAX) {
            throw new IllegalArgumentException(name + " is no list, or has more than " + LIST_MAX + " members");
        }
        return List.copyOf(list.values());
    }

    private static Instant now(JsonNode tree) {
        Instant now;
        try {
            now = Instant.parse(text(tree, "now"));
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("now is no instant", e);
        }
        if (now.isBefore(EARLIEST) || now.isAfter(Rfc3339.LATEST)) {
            throw new IllegalArgumentException("now is outside of the years 2000 to 9999");
        }
        return now;
    }

    private static DatasetName name(JsonNode tree) {
        return DatasetName.of(text(tree, "name"));
    }

    private static Seal sealIn(JsonNode tree) {
        return new Seal(decoded(text(tree, "seal")));
    }

    private static byte[] decoded(String base64) {
        return Base64.getDecoder().decode(base64);
    }

    private static long number(JsonNode tree, String name) {
        JsonNode value = tree.path(name);
        if (!value.isIntegralNumber() || !value.canConvertToLong() || value.asLong() < 0) {
            throw new IllegalArgumentException(name + " is missing or no number");
        }
        return value.asLong();
    }

    private static String text(JsonNode tree, String name) {
        String value = optional(tree, name);
        if (value == null) {
            throw new IllegalArgumentException(name + " is missing");
        }
        return value;
    }

    private static @Nullable String optional(JsonNode tree, String name) {
        JsonNode value = tree.path(name);
        if (value.isMissingNode() || value.isNull()) {
            return null;
        }
        return string(value, name);
    }

    private static String string(JsonNode value, String name) {
        if (!value.isString()) {
            throw new IllegalArgumentException(name + " is no text");
        }
        return value.asString();
    }
}
