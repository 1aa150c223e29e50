package aiguillage.gateway.door;

import aiguillage.dataset.replica.Changes;
import aiguillage.dataset.replica.Health;
import aiguillage.dataset.replica.Replica;
import aiguillage.dataset.replica.Version;
import aiguillage.dataset.row.Key;
import aiguillage.dataset.row.Row;
import aiguillage.dataset.row.Rows;
import aiguillage.dataset.schema.Column;
import aiguillage.dataset.schema.Schema;
import aiguillage.gateway.replica.Cells;
import aiguillage.gateway.replica.Freshness;
import aiguillage.gateway.replica.KeptReplica;
import aiguillage.protocol.DatasetName;
import aiguillage.protocol.Digest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What the local door writes of datasets. Cells are texts: a decimal in JSON would lose its last digit in many a
/// program.
final class DatasetText {

    private static final int TAG_BYTES = 12;

    private DatasetText() {}

    /// A dataset, and how its replica is.
    static Map<String, Object> standing(KeptReplica kept, boolean withColumns) {
        Freshness freshness = kept.freshness();
        Map<String, Object> shown = new LinkedHashMap<>();
        shown.put("dataset", kept.name().toString());
        Optional<Replica> rows = kept.replica();
        Health health = rows.map(replica -> replica.health(freshness.now())).orElse(new Health.Nothing());
        Version version = version(health);
        shown.put("version", version == null ? null : version.number());
        shown.put("effective", version == null ? null : version.effective().toString());
        shown.put("rows", version == null ? null : version.rows());
        shown.put("root", version == null ? null : version.root());
        shown.put("health", health(health));
        freshness(shown, freshness, false);
        shown.put("staleAfterSeconds", kept.subscription().staleAfter().toSeconds());
        List<Object> coming = new ArrayList<>();
        for (Version next : rows.map(Replica::versions).orElse(List.of())) {
            if (next.effective().isAfter(freshness.now())) {
                Map<String, Object> one = new LinkedHashMap<>();
                one.put("version", next.number());
                one.put("effective", next.effective().toString());
                coming.add(one);
            }
        }
        shown.put("coming", coming);
        if (withColumns) {
            shown.put("columns", columns(kept.subscription().schema()));
            shown.put("zone", kept.subscription().schema().zone().getId());
        }
        return shown;
    }

    private static @Nullable Version version(Health health) {
        return switch (health) {
            case Health.Nothing() -> null;
            case Health.Exact(var version, var _) -> version;
            case Health.Differs(var version) -> version;
            case Health.Unreadable(var version, var _) -> version;
        };
    }

    private static String health(Health health) {
        return switch (health) {
            case Health.Nothing() -> "nothing";
            case Health.Exact(var _, var isProven) -> isProven ? "proven" : "exact";
            case Health.Differs(var _) -> "differs";
            case Health.Unreadable(var _, var _) -> "unreadable";
        };
    }

    private static List<Object> columns(Schema schema) {
        List<Object> columns = new ArrayList<>();
        for (Column column : schema.columns()) {
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("name", column.name());
            one.put("type", column.type().name());
            one.put("key", column.key());
            one.put("sensitive", column.sensitive());
            one.put("language", column.language());
            one.put("currency", column.currency());
            columns.add(one);
        }
        return columns;
    }

    private static void freshness(Map<String, Object> shown, Freshness freshness, boolean isKnownWrong) {
        Duration age = freshness.age();
        Freshness.Stale stale = freshness.stale();
        shown.put("now", freshness.now().toString());
        shown.put("clock", freshness.isHubTime() ? "hub" : "own");
        shown.put("ageSeconds", age == null ? null : age.toSeconds());
        shown.put("stale", stale != null || isKnownWrong);
        if (stale != null) {
            shown.put("reason", stale.reason().code());
            shown.put("why", stale.why());
        } else if (isKnownWrong) {
            shown.put("reason", Freshness.Reason.DIFFERS.code());
            shown.put("why", "The rows are not those that were signed; they are being put right.");
        }
    }

    /// What every answer begins with.
    static Map<String, Object> answer(
            KeptReplica kept,
            Freshness freshness,
            Version version,
            Instant at,
            boolean isExact,
            @Nullable Instant until) {
        Map<String, Object> shown = new LinkedHashMap<>();
        shown.put("dataset", kept.name().toString());
        shown.put("version", version.number());
        shown.put("effective", version.effective().toString());
        shown.put("at", at.toString());
        shown.put("until", until == null ? null : until.toString());
        freshness(shown, freshness, !isExact);
        return shown;
    }

    /// For how many whole seconds an answer of now may be kept: to the next change that is known, and no longer
    /// than it would stay fresh should the hub fall silent now.
    static long keepSeconds(Freshness freshness, @Nullable Instant until) {
        Duration change = until == null ? freshness.freshFor() : Duration.between(freshness.now(), until);
        Duration keep = change.compareTo(freshness.freshFor()) < 0 ? change : freshness.freshFor();
        return Math.max(0, keep.toSeconds());
    }

    /// One text for one answer: the same rows of the same version.
    static String tag(DatasetName name, Version version, @Nullable Row row) {
        byte[] digest =
                Digest.of(String.valueOf(row).getBytes(StandardCharsets.UTF_8)).bytes();
        return "W/\"" + name + ":" + version.number() + ":" + HexFormat.of().formatHex(digest, 0, TAG_BYTES) + "\"";
    }

    static @Nullable String cursor(@Nullable Key next) {
        return next == null ? null : Base64.getUrlEncoder().withoutPadding().encodeToString(next.bytes());
    }

    static Map<String, Object> change(Schema schema, Changes.Changed one) {
        Map<String, Object> shown = new LinkedHashMap<>();
        shown.put("key", one.key().cells());
        shown.put("before", rows(schema, one.key(), one.before()));
        shown.put("after", rows(schema, one.key(), one.after()));
        return shown;
    }

    static List<Object> rows(Schema schema, Key key, Rows rows) {
        List<Object> all = new ArrayList<>();
        rows.list().forEach(row -> all.add(row(schema, key, row)));
        return all;
    }

    /// A row by its columns' names, in their order; days as the publisher wrote them.
    static Map<String, @Nullable String> row(Schema schema, Key key, Row row) {
        Map<String, @Nullable String> shown = new LinkedHashMap<>();
        List<@Nullable String> cells = Cells.of(schema, key, row);
        for (int i = 0; i < cells.size(); i++) {
            shown.put(schema.columns().get(i).name(), cells.get(i));
        }
        return shown;
    }
}
