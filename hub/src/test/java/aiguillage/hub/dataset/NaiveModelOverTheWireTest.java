package aiguillage.hub.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import aiguillage.dataset.replica.Found;
import aiguillage.dataset.replica.Health;
import aiguillage.dataset.replica.NotKnown;
import aiguillage.dataset.replica.Version;
import aiguillage.dataset.row.Key;
import aiguillage.hub.testing.TestClock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// Random publications, deltas, roll-backs, embargoes, withdrawals, contracts and times, held against a model of maps:
/// whatever a reader's replica answers for an instant is what the model has for it.
///
/// `-Daiguillage.seed=` repeats a run, `-Daiguillage.steps=` makes it longer.
@Timeout(300)
class NaiveModelOverTheWireTest {

    private static final int STEPS = Integer.getInteger("aiguillage.steps", 60);
    private static final int PARTS = 12;
    private static final Instant BEGIN = Instant.parse("2026-03-01T12:00:00Z");

    @TempDir
    Path folder;

    /// A version as it was published: by part its country and price.
    private record Model(long number, Instant effective, boolean sealed, Map<String, Row> rows) {}

    private record Row(String country, String price) {}

    private final long seed = Long.getLong("aiguillage.seed", System.nanoTime());
    private final Random random = new Random(seed);
    private final TestClock clock = new TestClock(BEGIN);
    private final List<Model> standing = new ArrayList<>();
    private final Map<String, String> countries = new TreeMap<>(Map.of("dealer-7", "fr", "dealer-8", "de"));
    private final Map<String, DatasetHub.Reader> readers = new TreeMap<>();
    private DatasetHub hub;

    @BeforeEach
    void start() throws Exception {
        hub = new DatasetHub(folder.resolve("hub"), clock);
    }

    @Test
    void everyAnswerOfEveryReplicaIsTheModels() throws Exception {
        System.out.println("seed " + seed);
        try {
            for (String party : countries.keySet()) {
                readers.put(party, hub.new Reader(party, DatasetHub.PRICES, folder.resolve(party)));
            }
            for (int i = 0; i < STEPS; i++) {
                step();
                for (String party : readers.keySet()) {
                    if (random.nextInt(3) > 0) {
                        readers.get(party).catchUp();
                        open(party);
                    }
                    require(party);
                }
            }
        } finally {
            readers.values().forEach(DatasetHub.Reader::close);
            hub.close();
        }
    }

    private void step() throws Exception {
        switch (random.nextInt(10)) {
            case 0, 1, 2 -> publish(changed(newest()), null, false);
            case 3 -> publish(changed(newest()), later(), random.nextBoolean());
            case 4 -> delta();
            case 5 -> restore();
            case 6 -> withdraw();
            case 7 -> move();
            case 8 -> startAgain();
            default -> clock.advance(Duration.ofHours(random.nextInt(1, 40)));
        }
        for (DatasetHub.Reader reader : readers.values()) {
            if (random.nextBoolean()) {
                assertThat(reader.replica().fold(clock.instant()))
                        .as("seed %s: I7", seed)
                        .isNull();
            }
        }
    }

    private Map<String, Row> newest() {
        return standing.isEmpty() ? Map.of() : standing.getLast().rows();
    }

    private Instant later() {
        return clock.instant().plus(Duration.ofHours(random.nextInt(1, 30)));
    }

    private Map<String, Row> changed(Map<String, Row> before) {
        Map<String, Row> after = new TreeMap<>(before);
        for (int i = 0; i < 4; i++) {
            String part = "p" + random.nextInt(PARTS);
            Row row = after.get(part);
            if (row != null && random.nextInt(6) == 0 && after.size() > PARTS / 2) {
                after.remove(part);
            } else {
                String country = List.of("FR", "DE", "").get(random.nextInt(3));
                after.put(part, new Row(country, "1" + random.nextInt(5, 10) + ".50"));
            }
        }
        return after;
    }

    private boolean isBeforeTheNewest(@Nullable Instant effective) {
        Instant at = effective == null ? clock.instant() : effective;
        return !standing.isEmpty() && at.isBefore(standing.getLast().effective());
    }

    private static String csv(Map<String, Row> rows) {
        var csv = new StringBuilder("part,country,price,contract\n");
        rows.forEach((part, row) -> csv.append(part)
                .append(',')
                .append(row.country())
                .append(',')
                .append(row.price())
                .append(",\n"));
        return csv.toString();
    }

    private void publish(Map<String, Row> rows, @Nullable Instant effective, boolean sealed) throws Exception {
        if (rows.isEmpty()) {
            return;
        }
        String query = (effective == null ? "" : "effective=" + effective) + (sealed ? "&sealed=true" : "");
        int status = isBeforeTheNewest(effective) ? 409 : rows.equals(newest()) ? 200 : 201;
        came(hub.publish("opel", DatasetHub.PRICES, csv(rows), query, status), rows, sealed, status);
    }

    private void came(JsonNode published, Map<String, Row> rows, boolean sealed, int status) {
        if (status == 201) {
            Instant effective = Instant.parse(published.path("effective").asString());
            boolean isClosed = sealed || standing.stream().anyMatch(this::isStillClosed);
            boolean isSealed = isClosed && effective.isAfter(clock.instant());
            assertThat(published.path("sealed").asBoolean()).isEqualTo(isSealed);
            standing.add(new Model(published.path("version").asLong(), effective, isSealed, rows));
        }
    }

    private boolean isStillClosed(Model version) {
        return version.sealed() && version.effective().isAfter(clock.instant());
    }

    private void delta() throws Exception {
        if (standing.isEmpty()) {
            return;
        }
        Map<String, Row> after = changed(newest());
        var csv = new StringBuilder("part,country,price,contract,action\n");
        newest().forEach((part, row) -> {
            if (!after.containsKey(part)) {
                csv.append(part).append(",,1.00,,remove\n");
            }
        });
        after.forEach((part, row) -> {
            if (!row.equals(newest().get(part))) {
                csv.append(part)
                        .append(',')
                        .append(row.country())
                        .append(',')
                        .append(row.price())
                        .append(",,put\n");
            }
        });
        if (csv.indexOf("\n") == csv.length() - 1) {
            return;
        }
        int status = isBeforeTheNewest(null) ? 409 : 201;
        came(hub.publish("opel", DatasetHub.PRICES, csv.toString(), "delta=true", status), after, false, status);
    }

    private void restore() throws Exception {
        if (standing.isEmpty()) {
            return;
        }
        Model earlier = standing.get(random.nextInt(standing.size()));
        int status = isBeforeTheNewest(null) ? 409 : earlier.rows().equals(newest()) ? 200 : 201;
        String path = "/v1/datasets/" + DatasetHub.PRICES + "/versions/" + earlier.number() + "/restoration";
        came(hub.post("opel", path, status), earlier.rows(), false, status);
    }

    private void withdraw() throws Exception {
        if (standing.isEmpty()) {
            return;
        }
        Model first = standing.get(random.nextInt(standing.size()));
        boolean holds = !first.effective().isAfter(clock.instant());
        String path = "/v1/datasets/" + DatasetHub.PRICES + "/versions/" + first.number() + "/withdrawal";
        hub.post("opel", path, holds ? 409 : 200);
        if (!holds) {
            standing.removeIf(model -> model.number() >= first.number());
        }
    }

    /// A dealer's contract moves to the other country.
    private void move() throws Exception {
        countries.compute("dealer-7", (party, country) -> "fr".equals(country) ? "de" : "fr");
        String flows = DatasetHub.FLOWS.replace(
                "dealer-7: { roles: [dealer], brands: [opel], country: fr",
                "dealer-7: { roles: [dealer], brands: [opel], country: " + countries.get("dealer-7"));
        assertThat(hub.hub().operator("/operator/flows", flows).statusCode()).isEqualTo(200);
    }

    private void startAgain() throws Exception {
        hub.close();
        hub = new DatasetHub(folder.resolve("hub"), clock);
        readers.replaceAll((party, reader) -> {
            reader.close();
            return reopened(party, reader);
        });
    }

    private DatasetHub.Reader reopened(String party, DatasetHub.Reader before) {
        try {
            return hub.new Reader(party, DatasetHub.PRICES, folder.resolve(party), before.scope());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Asks for the keys of what holds by now.
    private void open(String party) throws Exception {
        DatasetHub.Reader reader = Objects.requireNonNull(readers.get(party));
        if (reader.replica().health(clock.instant()) instanceof Health.Unreadable(var version, var _)) {
            reader.unseal(version.number(), version.from());
        }
    }

    private void require(String party) throws Exception {
        DatasetHub.Reader reader = Objects.requireNonNull(readers.get(party));
        List<Version> known = reader.replica().versions();
        for (int i = 0; i < 12 && !known.isEmpty(); i++) {
            Instant at = BEGIN.plus(Duration.ofMinutes(
                    random.nextLong(Duration.between(BEGIN, clock.instant()).toMinutes() + 60)));
            String part = "p" + random.nextInt(PARTS);
            Found found;
            try {
                found = reader.replica().lookup(Key.of(List.of(part)), at);
            } catch (NotKnown e) {
                continue; // it says so
            }
            assertThat(found.exact()).isTrue();
            long number = found.version().number();
            Model model = standing.stream()
                    .filter(one -> one.number() == number)
                    .findFirst()
                    .orElse(null);
            if (model == null) {
                continue; // withdrawn, and the reader has not heard
            }
            assertThat(at).as("seed %s: never before its instant", seed).isAfterOrEqualTo(model.effective());
            requireRow(party, part, at, found, model);
        }
    }

    /// Of rows that came before its contract moved, a replica has what its contract showed then.
    private void requireRow(String party, String part, Instant at, Found found, Model model) {
        Row row = model.rows().get(part);
        String scope = found.version().scope();
        String country = scope.substring(scope.indexOf("country=") + 8);
        boolean sees = row != null && (row.country().isEmpty() || row.country().equalsIgnoreCase(country));
        var is = found.row();
        String shown = "seed " + seed + ": " + party + " asked for " + part + " at " + at + " of " + found.version();
        if (row == null || !sees) {
            assertThat(is).as(shown).isNull();
        } else {
            assertThat(is).as(shown).isNotNull();
            assertThat(String.valueOf(is == null ? null : is.cells().get(1)))
                    .as(shown)
                    .isEqualTo(row.price());
        }
    }
}
