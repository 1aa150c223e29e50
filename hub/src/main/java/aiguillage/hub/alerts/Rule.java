package aiguillage.hub.alerts;

import aiguillage.protocol.Brand;
import aiguillage.protocol.FlowName;
import aiguillage.protocol.PartyId;
import java.net.URI;
import java.time.Instant;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Watches one thing.
///
/// @param id names it among settings: 16 lower-case hex digits
/// @param name for people
/// @param limit in the unit of `what`
/// @param brand what is watched of this brand alone; null: of all
/// @param way how somebody is told
/// @param silentUntil nobody is told before that; null: at once
public record Rule(
        String id,
        String name,
        What what,
        long limit,
        @Nullable Brand brand,
        Way way,
        @Nullable Instant silentUntil) {

    public static final int NAME_CHARS_MAX = 100;

    /// Of every unit.
    public static final long LIMIT_MAX = 1_000_000_000;

    private static final Pattern ID = Pattern.compile("[0-9a-f]{16}");
    static final JsonMapper JSON = JsonMapper.shared();

    /// @throws IllegalArgumentException when one of these cannot be
    public Rule {
        require(ID.matcher(id).matches(), "A rule's id has 16 hex digits");
        require(!name.isBlank() && name.length() <= NAME_CHARS_MAX, "A rule's name has 1 to 100 characters");
        require(limit >= 0 && limit <= LIMIT_MAX, "A limit is from 0 to " + LIMIT_MAX);
        require(brand == null || what.isOfBrands(), "A disk belongs to no brand");
        require(
                brand == null || !(way instanceof Way.Flow(var flow, var _)) || brand.equals(flow.brand()),
                "What is watched of a brand is told in a flow of that brand");
    }

    static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalArgumentException(otherwise);
        }
    }

    boolean isSilent(Instant now) {
        return silentUntil != null && now.isBefore(silentUntil);
    }

    /// The same, silent until then; null: not silent.
    public Rule silentUntil(@Nullable Instant until) {
        return new Rule(id, name, what, limit, brand, way, until);
    }

    String json() {
        ObjectNode all = JSON.createObjectNode()
                .put("name", name)
                .put("what", what.word())
                .put("limit", limit);
        switch (way) {
            case Way.Webhook(var address) -> all.put("webhook", address.toString());
            case Way.Mail(var to, var language) -> all.put("mail", to).put("language", language.word());
            case Way.Flow(var flow, var recipient) ->
                all.put("flow", flow.toString()).put("recipient", recipient == null ? null : recipient.value());
        }
        if (brand != null) {
            all.put("brand", brand.value());
        }
        if (silentUntil != null) {
            all.put("silentUntil", silentUntil.toString());
        }
        return JSON.writeValueAsString(all);
    }

    /// @throws RuntimeException when this is no rule
    static Rule of(String id, String json) {
        JsonNode all = JSON.readTree(json);
        JsonNode brand = all.path("brand");
        JsonNode silent = all.path("silentUntil");
        return new Rule(
                id,
                all.path("name").asString(),
                What.of(all.path("what").asString()),
                all.path("limit").asLong(),
                brand.isString() ? new Brand(brand.asString()) : null,
                way(all),
                silent.isString() ? Instant.parse(silent.asString()) : null);
    }

    private static Way way(JsonNode all) {
        if (all.path("mail").isString()) {
            return new Way.Mail(
                    all.path("mail").asString(),
                    Language.of(all.path("language").asString()));
        }
        if (all.path("flow").isString()) {
            JsonNode recipient = all.path("recipient");
            return new Way.Flow(
                    FlowName.of(all.path("flow").asString()),
                    recipient.isString() ? new PartyId(recipient.asString()) : null);
        }
        return new Way.Webhook(URI.create(all.path("webhook").asString()));
    }
}
