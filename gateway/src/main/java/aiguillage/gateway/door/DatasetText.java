package aiguillage.gateway.door;

import aiguillage.dataset.replica.Changes;
import aiguillage.dataset.replica.Found;
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
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/// What the local door writes of datasets. Cells are texts: a decimal in JSON would lose its last digit in many a
/// program.
final class DatasetText {

    private DatasetText() {}

    /// A dataset, and how its replica is.
    static void standing(JsonText out, KeptReplica kept, boolean withColumns) {
        Freshness freshness = kept.freshness();
        Optional<Replica> rows = kept.replica();
        Health health = rows.map(replica -> replica.health(freshness.now())).orElse(new Health.Nothing());
        Version version = version(health);
        out.begin().name("dataset").value(kept.name().toString());
        if (version == null) {
            out.name("version").nothing().name("effective").nothing();
            out.name("rows").nothing().name("root").nothing();
        } else {
            out.name("version").value(version.number()).name("effective").value(version.effective());
            if (version.root() == null) { // still sealed
                out.name("rows").nothing().name("root").nothing();
            } else {
                out.name("rows").value(version.rows()).name("root").value(version.root());
            }
        }
        out.name("health").value(health(health));
        freshness(out, freshness, false);
        out.name("staleAfterSeconds").value(kept.subscription().staleAfter().toSeconds());
        out.name("coming").beginList();
        for (Version next : rows.map(Replica::versions).orElse(List.of())) {
            if (next.effective().isAfter(freshness.now())) {
                out.begin().name("version").value(next.number());
                out.name("effective").value(next.effective()).end();
            }
        }
        out.endList();
        if (withColumns) {
            columns(out, kept.subscription().schema());
            out.name("zone").value(kept.subscription().schema().zone().getId());
        }
        out.end();
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

    private static void columns(JsonText out, Schema schema) {
        out.name("columns").beginList();
        for (Column column : schema.columns()) {
            out.begin().name("name").value(column.name());
            out.name("type").value(column.type().name());
            out.name("key").value(column.key());
            out.name("sensitive").value(column.sensitive());
            out.name("language").value(column.language());
            out.name("currency").value(column.currency()).end();
        }
        out.endList();
    }

    private static void freshness(JsonText out, Freshness freshness, boolean isKnownWrong) {
        Duration age = freshness.age();
        Freshness.Stale stale = freshness.stale();
        out.name("now").value(freshness.now());
        out.name("clock").value(freshness.isHubTime() ? "hub" : "own");
        out.name("ageSeconds");
        if (age == null) {
            out.nothing();
        } else {
            out.value(age.toSeconds());
        }
        out.name("stale").value(stale != null || isKnownWrong);
        if (stale != null) {
            out.name("reason").value(stale.reason().code()).name("why").value(stale.why());
        } else if (isKnownWrong) {
            out.name("reason").value(Freshness.Reason.DIFFERS.code());
            out.name("why").value("The rows are not those that were signed; they are being put right.");
        }
    }

    /// What every answer begins with; its end is for who goes on.
    static JsonText answer(
            KeptReplica kept,
            Freshness freshness,
            Version version,
            Instant at,
            boolean isExact,
            @Nullable Instant until) {
        var out = new JsonText();
        out.begin().name("dataset").value(kept.name().toString());
        out.name("version").value(version.number()).name("effective").value(version.effective());
        out.name("at").value(at).name("until").value(until);
        freshness(out, freshness, !isExact);
        return out;
    }

    /// For how many whole seconds an answer of now may be kept: to the next change that is known, and no longer
    /// than it would stay fresh should the hub fall silent now.
    static long keepSeconds(Freshness freshness, @Nullable Instant until) {
        Duration change = until == null ? freshness.freshFor() : Duration.between(freshness.now(), until);
        Duration keep = change.compareTo(freshness.freshFor()) < 0 ? change : freshness.freshFor();
        return Math.max(0, keep.toSeconds());
    }

    /// One text for one answer: the version, what of it this reader sees (its root), and what was answered: a row that
    /// was damaged and put right has another tag, and so has one whose end became known.
    static String tag(Found found) {
        var answer = new CRC32C();
        Row row = found.row();
        if (row != null) {
            answer.update(String.valueOf(row.from()).getBytes(StandardCharsets.UTF_8));
            for (String cell : row.cells()) {
                answer.update(cell == null ? 0 : 1);
                answer.update(String.valueOf(cell).getBytes(StandardCharsets.UTF_8));
            }
        }
        answer.update(String.valueOf(found.until()).getBytes(StandardCharsets.UTF_8));
        Version version = found.version();
        return "W/\"" + version.number() + ":" + version.root() + (row == null ? "-" : "+")
                + Long.toHexString(answer.getValue()) + "\"";
    }

    static @Nullable String cursor(@Nullable Key next) {
        return next == null ? null : Base64.getUrlEncoder().withoutPadding().encodeToString(next.bytes());
    }

    static void change(JsonText out, Schema schema, Changes.Changed one) {
        out.begin().name("key").beginList();
        one.key().cells().forEach(out::value);
        out.endList().name("before");
        rows(out, schema, one.key(), one.before());
        out.name("after");
        rows(out, schema, one.key(), one.after());
        out.end();
    }

    static void rows(JsonText out, Schema schema, Key key, Rows rows) {
        out.beginList();
        rows.list().forEach(row -> row(out, schema, key, row));
        out.endList();
    }

    /// A row by its columns' names, in their order; days as the publisher wrote them.
    static void row(JsonText out, Schema schema, Key key, Row row) {
        out.begin();
        List<@Nullable String> cells = Cells.of(schema, key, row);
        for (int i = 0; i < cells.size(); i++) {
            out.name(schema.columns().get(i).name()).value(cells.get(i));
        }
        out.end();
    }
}
