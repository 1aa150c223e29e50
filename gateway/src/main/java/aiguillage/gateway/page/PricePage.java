package aiguillage.gateway.page;

import aiguillage.dataset.replica.Found;
import aiguillage.dataset.replica.Listed;
import aiguillage.dataset.replica.NotKnown;
import aiguillage.dataset.replica.Replica;
import aiguillage.dataset.replica.UnreadableRows;
import aiguillage.dataset.replica.Version;
import aiguillage.dataset.row.Key;
import aiguillage.dataset.row.Row;
import aiguillage.dataset.schema.Column;
import aiguillage.dataset.schema.Schema;
import aiguillage.gateway.replica.Cells;
import aiguillage.gateway.replica.Freshness;
import aiguillage.gateway.replica.KeptReplica;
import aiguillage.gateway.replica.Shelf;
import aiguillage.protocol.Brand;
import aiguillage.protocol.DatasetName;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// `/prices`: what holds, now or at another instant, from the replica at the dealer.
final class PricePage {

    static final int ROWS_MAX = 20;

    private final List<Brand> brands;
    private final Shelf shelf;

    PricePage(List<Brand> brands, Shelf shelf) {
        this.brands = List.copyOf(brands);
        this.shelf = shelf;
    }

    /// @param question gives a field of it; empty when there is none
    Shown page(PageWords words, UnaryOperator<String> question, boolean isKnown) throws PageRefused {
        List<KeptReplica> all =
                brands.stream().flatMap(brand -> shelf.of(brand).stream()).toList();
        List<String> names = all.stream().map(kept -> kept.name().toString()).toList();
        String wanted = question.apply("list");
        String name = wanted.isEmpty() && names.size() == 1 ? names.getFirst() : wanted;
        if (name.isEmpty()) {
            return Shown.page("page/prices", "view", new Asked(words, names, "", List.of(), "").nothing());
        }
        KeptReplica kept = find(name).orElseThrow(() -> PageRefused.of(404, "refused.no-list"));
        Schema schema = kept.subscription().schema();
        List<PriceView.Key> keys = new ArrayList<>();
        for (Column column : schema.keys()) {
            keys.add(new PriceView.Key(column.name(), question.apply("key-" + column.name())));
        }
        var asked = new Asked(words, names, name, keys, question.apply("at"));
        boolean isEmpty = keys.getFirst().value().isEmpty();
        return Shown.page("page/prices", "view", isEmpty ? asked.nothing() : answer(kept, asked, isKnown));
    }

    private Optional<KeptReplica> find(String name) {
        try {
            DatasetName dataset = DatasetName.of(name);
            return brands.contains(dataset.brand()) ? shelf.find(dataset) : Optional.empty();
        } catch (IllegalArgumentException noName) {
            return Optional.empty();
        }
    }

    /// One question.
    private record Asked(PageWords words, List<String> lists, String list, List<PriceView.Key> keys, String at) {

        PriceView nothing() {
            return view("", "", Level.GOOD, "", List.of(), List.of(), false, false, false);
        }

        PriceView problem(String sentence) {
            return view(sentence, "", Level.WARN, "", List.of(), List.of(), false, false, false);
        }

        PriceView view(
                String problem,
                String stands,
                Level level,
                String reliance,
                List<PriceView.Column> columns,
                List<List<String>> rows,
                boolean isAnswered,
                boolean isMore,
                boolean isHidden) {
            return new PriceView(
                    lists,
                    list,
                    keys,
                    at,
                    problem,
                    stands,
                    level,
                    reliance,
                    columns,
                    rows,
                    isAnswered,
                    isMore,
                    isHidden);
        }

        /// What was typed for the key, up to the first cell that was left empty.
        List<String> cells() {
            return keys.stream()
                    .map(PriceView.Key::value)
                    .takeWhile(value -> !value.isEmpty())
                    .toList();
        }

        Instant instant(Freshness freshness) {
            return at.isEmpty()
                    ? freshness.now()
                    : LocalDateTime.parse(at).atZone(words.zone()).toInstant();
        }
    }

    private PriceView answer(KeptReplica kept, Asked asked, boolean isKnown) {
        Freshness freshness = kept.freshness(); // before the lookup: what comes meanwhile can only make it fresher
        Replica replica = kept.replica().orElse(null);
        if (replica == null) {
            return asked.problem(asked.words().of("price.opening"));
        }
        try {
            Instant at = asked.instant(freshness);
            return shown(kept, asked, freshness, at, rows(kept, replica, asked.cells(), at), isKnown);
        } catch (DateTimeException e) {
            return asked.problem(asked.words().of("price.at.unreadable"));
        } catch (IllegalArgumentException e) {
            return asked.problem(asked.words().of("price.unreadable", Objects.toString(e.getMessage(), "")));
        } catch (NotKnown | IllegalStateException e) {
            return asked.problem(asked.words().of("price.not-known", Objects.toString(e.getMessage(), "")));
        } catch (UnreadableRows e) {
            kept.suspect(); // damage on the disk: its keeper looks through all rows
            return asked.problem(asked.words().of("price.damaged"));
        } catch (IOException e) {
            return asked.problem(asked.words().of("price.damaged"));
        }
    }

    /// What was found.
    private record Rows(Version version, List<Found> found, boolean isExact, boolean isMore) {}

    /// The row of a whole key; of a key that holds nothing or is not whole, those that begin so.
    private static Rows rows(KeptReplica kept, Replica replica, List<String> cells, Instant at)
            throws NotKnown, IOException {
        if (cells.size() == kept.subscription().schema().keyCells()) {
            Found found = replica.lookup(Key.of(cells), at);
            if (found.row() != null) {
                return new Rows(found.version(), List.of(found), found.exact(), false);
            }
        }
        Listed listed = replica.list(Key.beginning(cells), at, null, ROWS_MAX);
        boolean isExact = listed.found().stream().allMatch(Found::exact);
        return new Rows(listed.version(), listed.found(), isExact, listed.next() != null);
    }

    private static PriceView shown(
            KeptReplica kept, Asked asked, Freshness freshness, Instant at, Rows rows, boolean isKnown) {
        PageWords words = asked.words();
        Schema schema = kept.subscription().schema();
        List<PriceView.Column> columns = new ArrayList<>();
        boolean isHidden = false;
        for (Column column : schema.columns()) {
            columns.add(new PriceView.Column(column.name(), Objects.requireNonNullElse(column.currency(), "")));
            isHidden |= column.sensitive() && !isKnown;
        }
        List<List<String>> cells = new ArrayList<>();
        for (Found found : rows.found()) {
            Row row = found.row();
            if (row != null) {
                cells.add(cells(schema, Cells.of(schema, found.key(), row), words, isKnown));
            }
        }
        Freshness.Stale stale = freshness.stale();
        boolean isWrong = !rows.isExact();
        String reliance = stale != null
                ? words.of(
                        "price.stale", words.of("prices.stale." + stale.reason().code()))
                : words.of(isWrong ? "price.wrong" : "price.reliable");
        String stands = words.of(
                "price.stands",
                Long.toString(rows.version().number()),
                words.time(rows.version().effective()),
                words.time(at));
        Level level = stale == null && !isWrong ? Level.GOOD : isWrong ? Level.BAD : Level.WARN;
        return asked.view("", stands, level, reliance, columns, cells, true, rows.isMore(), isHidden);
    }

    private static List<String> cells(Schema schema, List<@Nullable String> row, PageWords words, boolean isKnown) {
        List<String> cells = new ArrayList<>();
        for (int i = 0; i < row.size(); i++) {
            boolean isHidden = schema.columns().get(i).sensitive() && !isKnown;
            cells.add(isHidden ? words.of("price.hidden") : Objects.requireNonNullElse(row.get(i), ""));
        }
        return cells;
    }
}
