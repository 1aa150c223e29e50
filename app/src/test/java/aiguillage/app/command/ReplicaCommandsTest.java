package aiguillage.app.command;

import static aiguillage.app.testing.DatasetScene.PRICES;
import static org.assertj.core.api.Assertions.assertThat;

import aiguillage.app.testing.DatasetScene;
import aiguillage.app.testing.Ran;
import aiguillage.app.testing.StartedHub;
import aiguillage.config.ConfigReader;
import aiguillage.gateway.Gateway;
import aiguillage.gateway.GatewayConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// What people at the dealer ask their own gateway, with a hub and a gateway in this process.
@Timeout(120)
class ReplicaCommandsTest {

    @TempDir
    Path folder;

    private DatasetScene scene;
    private Path yaml;
    private Gateway gateway;

    @BeforeEach
    void start() throws Exception {
        scene = new DatasetScene(folder);
        scene.publish(scene.file("first.csv", "part,price\np1,10.00\np2,20.00\n"));
        yaml = scene.gateway("dealer-7", """
                door: { listen: "%s" }
                line: { retry-first: 10ms, retry-longest: 200ms }
                free-space-min: 1MB
                """.formatted(StartedHub.free()));
        gateway =
                Gateway.start(new ConfigReader().file(yaml, GatewayConfig.class).value(), InstantSource.system());
    }

    @AfterEach
    void stop() {
        gateway.close();
        scene.close();
    }

    private Ran asked(String what, Object... more) {
        return Ran.command(Stream.of(Stream.of("dataset", what, PRICES), Stream.of(more), Stream.of("--config", yaml))
                .flatMap(part -> part)
                .toArray());
    }

    /// Asks until the gateway has taken in what was published; [Timeout] ends it.
    private JsonNode once(Predicate<JsonNode> is) {
        Ran ran = asked("verify", "--json");
        while (ran.out().isEmpty() || !is.test(ran.json())) {
            Thread.onSpinWait();
            ran = asked("verify", "--json");
        }
        return ran.json();
    }

    private static Predicate<JsonNode> proven(long version) {
        return told -> told.path("version").asLong() == version
                && told.path("health").asString().equals("proven")
                && !told.path("stale").asBoolean();
    }

    @Test
    void whatAPartCostsAndCostOnAnEarlierDay() throws Exception {
        once(proven(1));
        Instant between = Instant.now();
        Ran now = asked("lookup", "p1");
        assertThat(now.exit()).as(now.toString()).isZero();
        assertThat(now.out()).startsWith("  part   p1").contains("  price  10.00", "by version 1, which holds from ");

        scene.publish(scene.file("next.csv", "part,price\np1,11.00\np3,30.00\n"));
        once(proven(2));
        assertThat(asked("lookup", "p1", "--json")
                        .json()
                        .path("rows")
                        .get(0)
                        .path("price")
                        .asString())
                .isEqualTo("11.00");
        assertThat(asked("lookup", "p1", "--at", between).out()).contains("price  10.00", "by version 1");
        Ran gone = asked("lookup", "p2");
        assertThat(gone.exit()).isEqualTo(1);
        assertThat(gone.out()).startsWith(PRICES + " has no row for p2.");
        Ran before = asked("lookup", "p1", "--at", "2020-03-03");
        assertThat(before.exit()).as(before.toString()).isEqualTo(69);
        assertThat(before.out()).isEmpty();
        assertThat(before.err()).startsWith("This replica cannot tell. ");
        assertThat(asked("lookup", "p1", "--at", "yesterday").exit()).isEqualTo(2);
        assertThat(asked("lookup", "p1", "second").exit()).isEqualTo(2);
        assertThat(Ran.command("dataset", "lookup", "opel/parts-pricez", "p1", "--config", yaml)
                        .exit())
                .as("no such list is not: no such part")
                .isEqualTo(69);
        assertThat(Ran.command("dataset", "lookup", "parts-prices", "p1", "--config", yaml)
                        .exit())
                .isEqualTo(2);
    }

    @Test
    void aKeysHistoryNamesItsVersionsAndTheSignedRoot() throws Exception {
        once(proven(1));
        scene.publish(scene.file("next.csv", "part,price\np1,11.00\np2,20.00\n"));
        JsonNode standing = once(proven(2));
        Ran history = asked("history", "p1");
        assertThat(history.exit()).as(history.toString()).isZero();
        assertThat(history.out())
                .containsSubsequence(
                        "by version 1, published ",
                        "price  10.00",
                        "by version 2, published ",
                        "price  11.00   (was 10.00)",
                        PRICES + ": proven.",
                        "root     " + standing.path("root").asString());
        JsonNode facts = asked("history", "p1", "--json").json();
        assertThat(facts.path("history")).hasSize(2);
        assertThat(facts.at("/replica/health").asString()).isEqualTo("proven");
        Ran none = asked("history", "p9");
        assertThat(none.exit()).isEqualTo(1);
        assertThat(none.out()).startsWith("No row is remembered of p9.");
    }

    @Test
    void whatChangedSinceAVersion() throws Exception {
        once(proven(1));
        Ran nothing = asked("diff", "--since", 1);
        assertThat(nothing.exit()).as(nothing.toString()).isZero();
        scene.publish(scene.file("next.csv", "part,price\np1,11.00\np3,30.00\n"));
        once(proven(2));
        Ran diff = asked("diff", "--since", 1);
        assertThat(diff.exit()).as(diff.toString()).isEqualTo(1);
        assertThat(diff.out().lines())
                .containsExactly(
                        "~ p1  price 10.00 → 11.00",
                        "- p2  part p2, price 20.00",
                        "+ p3  part p3, price 30.00",
                        "3 keys changed between version 1 and version 2.");
        Ran short1 = asked("diff", "--since", 1, "--limit", 2);
        assertThat(short1.out()).contains("2 keys and more", "Raise --limit");
        assertThat(asked("diff", "--since", 1, "--json").json().path("changed")).hasSize(3);
        Ran unknown = asked("diff", "--since", 17);
        assertThat(unknown.exit()).isEqualTo(69);
        assertThat(unknown.err()).isNotBlank();
    }

    @Test
    void aReplicaSaysWhatItIsAndWhatComes() throws Exception {
        once(proven(1));
        Instant tomorrow = Instant.now().plus(Duration.ofDays(1)).truncatedTo(ChronoUnit.SECONDS);
        scene.publish(scene.file("next.csv", "part,price\np1,11.00\np2,20.00\n"), "--sealed", "--effective", tomorrow);
        once(told -> !told.path("coming").isEmpty());
        Ran good = asked("verify");
        assertThat(good.exit()).as(good.toString()).isZero();
        assertThat(good.out())
                .startsWith(PRICES + ": proven. The rows here have the root that the hub signed.")
                .contains("  version  1, holds from ", "2 keys", "  root     sha-256=", "  hub      heard ")
                .contains("  coming   version 2, holds from " + tomorrow + " on");
    }

    @Test
    void whereNoGatewayAnswersItIsSaid() throws Exception {
        gateway.close();
        Ran down = asked("verify");
        assertThat(down.exit()).isEqualTo(69);
        assertThat(down.err())
                .startsWith("No gateway answers at http://127.0.0.1:")
                .contains("aiguillage gateway run");
        Ran never =
                Ran.command("dataset", "verify", PRICES, "--config", scene.hub().file("dealer-7/gateway.yaml"));
        assertThat(never.exit()).isEqualTo(69);
        assertThat(never.err()).startsWith("There is no token ");
        Ran brand = Ran.command("dataset", "verify", "citroen/prices", "--config", yaml);
        assertThat(brand.exit()).isEqualTo(78);
    }
}
