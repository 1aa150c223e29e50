package aiguillage.gateway.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aiguillage.gateway.disk.RealDisk;
import aiguillage.gateway.pace.Backoff;
import aiguillage.gateway.pace.Crew;
import aiguillage.gateway.replica.Confirmation;
import aiguillage.gateway.replica.HubClock;
import aiguillage.gateway.replica.Replicas;
import aiguillage.gateway.replica.Shelf;
import aiguillage.gateway.status.Troubles;
import aiguillage.gateway.testing.TestDatasets;
import aiguillage.protocol.Brand;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A price that is looked up on the page is what the replica holds, and says how far it can be relied on.
final class PricePageTest {

    private static final Brand OPEL = new Brand("opel");
    private static final String LIST = TestDatasets.NAME.toString();

    @TempDir
    private Path root;

    private final TestDatasets hub = new TestDatasets();
    private final CountDownLatch never = new CountDownLatch(1);
    private final Crew crew = new Crew(failed -> {
        throw new AssertionError(failed);
    });
    private final PageWords english = PageWords.read("en", ZoneOffset.UTC);
    private volatile Instant steady = Instant.parse("2001-01-01T00:00:00Z");
    private Replicas replicas;

    @BeforeEach
    void start() throws Exception {
        var settings = new Replicas.Settings(
                0,
                Duration.ofDays(400),
                () -> new Backoff(Duration.ofMillis(1), Duration.ofMillis(10), new Random(1)),
                () -> new Confirmation(Duration.ZERO, new Random(1)));
        replicas = new Replicas(
                "main",
                root,
                Set.of(OPEL),
                settings,
                hub,
                new HubClock(hub::now, () -> steady),
                new RealDisk(),
                crew,
                duration -> {
                    if (duration.compareTo(Duration.ofMinutes(1)) > 0) {
                        never.await(); // the hourly look
                    }
                },
                new Troubles(hub::now));
        replicas.start();
        hub.stands(replicas, hub.publish("p1=10.00", "p2=20.00", "q1=30.00"));
    }

    @AfterEach
    void stop() throws Exception {
        assertThat(crew.stop(Duration.ofSeconds(10))).isEmpty();
        replicas.close();
    }

    private PriceView page(String... question) throws PageRefused {
        var fields = new java.util.HashMap<String, String>();
        for (int i = 0; i < question.length; i += 2) {
            fields.put(question[i], question[i + 1]);
        }
        var page = new PricePage(List.of(OPEL), new Shelf(List.of(replicas)));
        Shown.Page shown = (Shown.Page) page.page(english, name -> fields.getOrDefault(name, ""), false);
        return (PriceView) java.util.Objects.requireNonNull(shown.values().get("view"), "the page's view");
    }

    @Test
    void aWholeKeyGivesItsPrice() throws Exception {
        PriceView view = page("list", LIST, "key-part", "p2");
        assertThat(view.rows()).containsExactly(List.of("p2", "", "", "20.00"));
        assertThat(view.columns().getLast()).isEqualTo(new PriceView.Column("price", "EUR"));
        assertThat(view.level()).isEqualTo(Level.GOOD);
        assertThat(view.stands()).startsWith("Version 1, in force since");
    }

    @Test
    void theBeginningOfAKeyGivesAllThatBeginSo() throws Exception {
        assertThat(page("list", LIST, "key-part", "p").rows())
                .extracting(List::getFirst)
                .containsExactly("p1", "p2");
        assertThat(page("list", LIST, "key-part", "z").rows()).isEmpty();
    }

    @Test
    void whatIsStaleSaysSo() throws Exception {
        steady = steady.plus(Duration.ofDays(2));
        PriceView view = page("list", LIST, "key-part", "p1");
        assertThat(view.level()).isEqualTo(Level.WARN);
        assertThat(view.reliance()).contains("Careful", "silent for too long");
    }

    @Test
    void aMomentThatIsNoneIsAskedForAgain() throws Exception {
        assertThat(page("list", LIST, "key-part", "p1", "at", "yesterday").problem())
                .contains("2026-04-01T09:30");
        assertThat(page("list", LIST, "key-part", "p1", "at", "1990-01-01T00:00")
                        .problem())
                .contains("There is no answer for this moment");
    }

    @Test
    void theListOfABrandThatIsNotServedIsNotThere() {
        for (String list : new String[] {"fiat/parts-prices", "opel/none", "../x", "opel"}) {
            assertThatThrownBy(() -> page("list", list)).as(list).isInstanceOf(PageRefused.class);
        }
    }
}
