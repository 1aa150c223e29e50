package aiguillage.gateway.door;

import aiguillage.dataset.replica.Changes;
import aiguillage.dataset.replica.Found;
import aiguillage.dataset.replica.Listed;
import aiguillage.dataset.replica.NotKnown;
import aiguillage.dataset.replica.Past;
import aiguillage.dataset.replica.Replica;
import aiguillage.dataset.replica.UnreadableRows;
import aiguillage.dataset.replica.Version;
import aiguillage.dataset.row.Key;
import aiguillage.dataset.schema.Column;
import aiguillage.dataset.schema.Schema;
import aiguillage.gateway.replica.Freshness;
import aiguillage.gateway.replica.KeptReplica;
import aiguillage.gateway.replica.Shelf;
import aiguillage.protocol.Brand;
import aiguillage.protocol.DatasetName;
import aiguillage.protocol.Rfc3339;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// `/v1/datasets`: what holds, what changed, what held.
final class Datasets {

    /// The body of one question with many keys: 1,000 keys of 512 bytes, escaped.
    private static final int QUESTION_BYTES_MAX = 4 << 20;

    private static final int PAGE_DEFAULT = 100;

    private final Shelf shelf;
    private final JsonMapper json;

    Datasets(Shelf shelf, JsonMapper json) {
        this.shelf = shelf;
        this.json = json;
    }

    /// @param path behind `/v1/datasets`
    void answer(Brand brand, List<String> path, Exchange exchange) throws DoorProblem, IOException {
        if (path.isEmpty()) {
            requireMethod(exchange, "GET");
            JsonText all = new JsonText().beginList();
            shelf.of(brand).forEach(kept -> DatasetText.standing(all, kept, false));
            exchange.header("Cache-Control", "no-store");
            exchange.answer(200, all.endList());
            return;
        }
        KeptReplica kept = kept(brand, path);
        List<String> question = path.subList(2, path.size());
        String what = question.isEmpty() ? "" : question.getFirst();
        requireMethod(exchange, what.equals("lookups") ? "POST" : "GET");
        List<String> cells = question.isEmpty() ? question : question.subList(1, question.size());
        if (what.isEmpty() && cells.isEmpty()) {
            exchange.header("Cache-Control", "no-store");
            var standing = new JsonText();
            DatasetText.standing(standing, kept, true);
            exchange.answer(200, standing);
            return;
        }
        var asked = new Asked(kept, exchange);
        try {
            if (what.equals("rows") && !cells.isEmpty()) {
                one(asked, cells);
            } else if (what.equals("history") && !cells.isEmpty()) {
                history(asked, cells);
            } else if (cells.isEmpty()) {
                whole(what, asked);
            } else {
                throw DoorProblem.notFound("No such address.");
            }
        } catch (IllegalArgumentException | DateTimeException e) {
            throw DoorProblem.questionInvalid(Objects.toString(e.getMessage(), e.toString()));
        } catch (NotKnown e) {
            throw notKnown(e, asked.at == null ? 503 : 404);
        } catch (IllegalStateException e) {
            throw DoorProblem.notKnown(503, "The list begins anew: " + e.getMessage());
        } catch (UnreadableRows e) {
            kept.suspect(); // damage on the disk: its keeper looks through all rows
            throw DoorProblem.notKnown(503, "The rows cannot be read: " + e.getMessage());
        }
    }

    /// @param whenNotHere the status for what does not come either
    private static DoorProblem notKnown(NotKnown e, int whenNotHere) {
        int status = e.kind() == NotKnown.Kind.NOT_YET ? 503 : whenNotHere;
        return DoorProblem.notKnown(status, Objects.toString(e.getMessage(), ""));
    }

    private void whole(String what, Asked asked) throws DoorProblem, NotKnown, IOException {
        switch (what) {
            case "rows" -> list(asked);
            case "lookups" -> many(asked);
            case "changes" -> changes(asked);
            default -> throw DoorProblem.notFound("No such address.");
        }
    }

    private static void requireMethod(Exchange exchange, String method) throws DoorProblem {
        if (!exchange.method().equals(method)) {
            throw DoorProblem.methodUnknown(exchange.method());
        }
    }

    private KeptReplica kept(Brand brand, List<String> path) throws DoorProblem {
        if (path.size() >= 2 && path.getFirst().equals(brand.value())) {
            try {
                var name = new DatasetName(brand, path.get(1));
                return shelf.find(name)
                        .orElseThrow(() -> DoorProblem.notFound("No dataset of this brand has this name."));
            } catch (IllegalArgumentException noName) {
                throw DoorProblem.notFound("No dataset of this brand has this name.");
            }
        }
        throw DoorProblem.notFound("No dataset of this brand has this name.");
    }

    /// One question: which dataset, at which instant, and how far the answer can be relied on.
    private static final class Asked {

        final KeptReplica kept;
        final Exchange exchange;
        final Freshness freshness;

        @Nullable
        Instant at;

        Asked(KeptReplica kept, Exchange exchange) throws DoorProblem {
            this.kept = kept;
            this.exchange = exchange;
            this.freshness = kept.freshness(); // before the lookup: what comes meanwhile can only make it fresher
            this.at = instant(exchange.query("at"));
        }

        static @Nullable Instant instant(@Nullable String text) throws DoorProblem {
            try {
                return text == null ? null : Rfc3339.instant(text);
            } catch (DateTimeException e) {
                throw DoorProblem.questionInvalid(
                        "at is no instant with an offset, as 2026-04-01T00:00:00Z or 2026-04-01T00:00:00%2B02:00");
            }
        }

        Instant instant() {
            Instant said = at;
            return said == null ? freshness.now() : said;
        }

        Replica rows() throws DoorProblem {
            return kept.replica()
                    .orElseThrow(() -> DoorProblem.notKnown(503, "The list is being opened, or begins anew."));
        }

        Key key(List<String> cells) {
            Schema schema = kept.subscription().schema();
            if (cells.size() != schema.keyCells()) {
                throw new IllegalArgumentException("the key has the cells "
                        + schema.keys().stream().map(Column::name).toList() + ", the question has " + cells.size());
            }
            return Key.of(cells);
        }

        int limit() {
            String limit = exchange.query("limit");
            int max = limit == null ? PAGE_DEFAULT : limit.matches("[0-9]{1,4}") ? Integer.parseInt(limit) : 0;
            if (max < 1 || max > Replica.AT_ONCE_MAX) {
                throw new IllegalArgumentException("limit is 1 to " + Replica.AT_ONCE_MAX);
            }
            return max;
        }

        @Nullable
        Key after() {
            String after = exchange.query("after");
            return after == null ? null : Key.ofBytes(Base64.getUrlDecoder().decode(after));
        }

        JsonText shown(Version version, boolean isExact, @Nullable Instant until) {
            return DatasetText.answer(kept, freshness, version, instant(), isExact, until);
        }

        /// Until when whoever asked may keep the answer. What was asked for a stated instant does not end.
        void cache(boolean isExact, @Nullable Instant until, String tag) throws IOException {
            if (freshness.stale() != null || !isExact) {
                exchange.header("Cache-Control", "no-store");
                return;
            }
            exchange.header("ETag", tag);
            long seconds = DatasetText.keepSeconds(freshness, at == null ? until : null);
            exchange.header("Cache-Control", "private, max-age=".concat(Long.toString(seconds)));
        }

        boolean isKnown(boolean isExact, String tag) {
            String known = exchange.header("If-None-Match");
            boolean isSure = freshness.stale() == null && isExact;
            return isSure && known != null && List.of(known.split(",\\s*")).contains(tag);
        }
    }

    private void one(Asked asked, List<String> cells) throws DoorProblem, NotKnown, IOException {
        Found found = asked.rows().lookup(asked.key(cells), asked.instant());
        String tag = DatasetText.tag(found);
        asked.cache(found.exact(), found.until(), tag);
        if (asked.isKnown(found.exact(), tag)) {
            asked.exchange.answerOnly(304);
            return;
        }
        JsonText shown = asked.shown(found.version(), found.exact(), found.until());
        shown.name("rows").beginList();
        row(shown, asked, found);
        asked.exchange.answer(200, shown.endList().end());
    }

    private static void row(JsonText out, Asked asked, Found found) {
        if (found.row() != null) {
            DatasetText.row(out, asked.kept.subscription().schema(), found.key(), found.row());
        }
    }

    private void list(Asked asked) throws DoorProblem, NotKnown, IOException {
        byte[] beginning = Key.beginning(asked.exchange.queries("prefix"));
        Listed listed = asked.rows().list(beginning, asked.instant(), asked.after(), asked.limit());
        boolean isExact = listed.found().stream().allMatch(Found::exact);
        asked.exchange.header("Cache-Control", "no-store"); // pages that are kept apart would not fit together
        JsonText shown = asked.shown(listed.version(), isExact, listed.until());
        shown.name("rows").beginList();
        listed.found().forEach(found -> row(shown, asked, found));
        shown.endList().name("next").value(DatasetText.cursor(listed.next()));
        asked.exchange.answer(200, shown.end());
    }

    private void many(Asked asked) throws DoorProblem, NotKnown, IOException {
        JsonNode question = question(asked.exchange);
        JsonNode at = question.path("at");
        asked.at = at.isMissingNode() || at.isNull() ? null : Asked.instant(text(at));
        List<Key> keys = new ArrayList<>();
        for (JsonNode cells : question.path("keys").values()) {
            if (!cells.isArray()) {
                throw new IllegalArgumentException(
                        "each key is a list of its cells, also when it has one: {\"keys\":[[\"a\"],[\"b\"]]}");
            }
            List<String> key = new ArrayList<>();
            cells.values().forEach(cell -> key.add(text(cell)));
            keys.add(asked.key(key));
        }
        if (keys.isEmpty()) {
            throw new IllegalArgumentException("keys is missing or empty: {\"keys\":[[\"a\"],[\"b\"]]}");
        }
        List<Found> found = asked.rows().lookup(keys, asked.instant());
        asked.exchange.header("Cache-Control", "no-store");
        Instant until = null;
        for (Found one : found) {
            until = until == null || (one.until() != null && one.until().isBefore(until)) ? one.until() : until;
        }
        JsonText shown =
                asked.shown(found.getFirst().version(), found.getFirst().exact(), until);
        shown.name("rows").beginList();
        for (Found one : found) {
            if (one.row() == null) {
                shown.nothing();
            }
            row(shown, asked, one);
        }
        asked.exchange.answer(200, shown.endList().end());
    }

    private static String text(JsonNode value) {
        if (!value.isString()) {
            throw new IllegalArgumentException(
                    "an instant and the cells of a key are texts, not " + value.getNodeType());
        }
        return value.asString();
    }

    private JsonNode question(Exchange exchange) throws IOException {
        byte[] body = exchange.body().readNBytes(QUESTION_BYTES_MAX + 1);
        if (body.length > QUESTION_BYTES_MAX) {
            throw new IllegalArgumentException("a question has at most " + QUESTION_BYTES_MAX + " bytes");
        }
        try {
            return json.readTree(body);
        } catch (JacksonException e) {
            throw new IllegalArgumentException("the question is not JSON: " + e.getOriginalMessage(), e);
        }
    }

    private void changes(Asked asked) throws DoorProblem, IOException {
        String since = asked.exchange.query("since");
        if (since == null || !since.matches("[1-9][0-9]{0,17}")) {
            throw new IllegalArgumentException("since is the number of the version that you have");
        }
        Changes changes;
        try {
            changes = asked.rows().changes(Long.parseLong(since), asked.instant(), asked.after(), asked.limit());
        } catch (NotKnown e) {
            throw notKnown(e, 410);
        }
        asked.exchange.header("Cache-Control", "no-store");
        JsonText shown = asked.shown(changes.to(), changes.exact(), null);
        shown.name("since").value(changes.from().number()).name("changed").beginList();
        Schema schema = asked.kept.subscription().schema();
        changes.changed().forEach(one -> DatasetText.change(shown, schema, one));
        shown.endList().name("next").value(DatasetText.cursor(changes.next()));
        asked.exchange.answer(200, shown.end());
    }

    private void history(Asked asked, List<String> cells) throws DoorProblem, NotKnown, IOException {
        Key key = asked.key(cells);
        Found now = asked.rows().lookup(key, asked.instant());
        List<Past> past = asked.rows().past(key);
        asked.exchange.header("Cache-Control", "no-store");
        JsonText shown = asked.shown(now.version(), now.exact(), now.until());
        shown.name("history").beginList();
        for (Past one : past) {
            shown.begin().name("version").value(one.version().number());
            shown.name("effective").value(one.version().effective());
            shown.name("published").value(one.version().published()).name("rows");
            DatasetText.rows(shown, asked.kept.subscription().schema(), key, one.rows());
            shown.end();
        }
        asked.exchange.answer(200, shown.endList().end());
    }
}
