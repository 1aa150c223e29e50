package aiguillage.hub.alerts;

import static org.assertj.core.api.Assertions.assertThat;

import aiguillage.hub.Inside;
import aiguillage.hub.operators.Operator;
import aiguillage.hub.operators.Rank;
import aiguillage.hub.testing.Documents;
import aiguillage.hub.testing.RunningHub;
import aiguillage.hub.testing.Until;
import aiguillage.protocol.DocumentId;
import aiguillage.protocol.FlowName;
import aiguillage.protocol.PartyId;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;
import java.util.concurrent.Executor;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A hub that is a party of its own flows, and is closed and opened again.
class ToldInAFlowTest {

    private static final Operator ADA = new Operator("ada", Rank.ADMINISTER, Set.of());
    private static final String ID = "0123456789abcdef";
    private static final String FLOWS =
            RunningHub.FLOWS.replace("parties:\n", """
                    parties:
                      hub.example: { roles: [switchyard], brands: [opel], region: eu }
                    """).replace("flows:\n", """
                    flows:
                      opel/alert: { from: switchyard, to: opel-centre, notices: [] }
                      opel/alert-told: { from: switchyard, to: opel-centre }
                      opel/alert-of-one: { from: switchyard, to: { recipient: dealer }, notices: [] }
                      opel/signed-alert: { from: switchyard, to: opel-centre, signed: required, notices: [] }
                    """);

    private static RunningHub hub(Path folder) throws Exception {
        return new RunningHub(folder, FLOWS, InstantSource.system());
    }

    private static Rule rule(long limit, String flow, @Nullable String recipient) {
        return new Rule(
                ID,
                "a full disk",
                What.DISK,
                limit,
                null,
                new Way.Flow(FlowName.of(flow), recipient == null ? null : new PartyId(recipient)),
                null);
    }

    private static Teller teller(Inside inside) {
        return new Teller(
                inside.parts().name(),
                (SSLSocketFactory) SSLSocketFactory.getDefault(),
                false,
                null,
                inside.intake(),
                null);
    }

    /// Since the test began, beside what it took.
    private Duration passed = Duration.ZERO;

    /// Of a hub that ends before or after something is done, as the executor has it.
    private Alerts alerts(Inside inside, Executor sending) {
        var parts = inside.parts();
        return new Alerts(
                inside.settings(),
                new Alerts.Watched(
                        inside.figures(),
                        parts.presence(),
                        inside.enrolled(),
                        parts.space(),
                        parts.flows()::table,
                        inside.store(),
                        parts.documents()),
                teller(inside),
                inside.acts(),
                () -> Instant.now().plus(passed),
                sending);
    }

    private static @Nullable String told(RunningHub hub, String id) {
        return hub.inside()
                .parts()
                .documents()
                .sent(new DocumentId("alert." + ID + "." + id), Documents.HUB)
                .map(document -> new String(
                        hub.inside().parts().documents().inlinePayload(document.position()), StandardCharsets.UTF_8))
                .orElse(null);
    }

    @Test
    void aRestartTellsOnlyWhatChanged(@TempDir Path folder) throws Exception {
        try (RunningHub hub = hub(folder)) {
            Alerts alerts = alerts(hub.inside(), Runnable::run);
            alerts.rules().put(rule(Rule.LIMIT_MAX, "opel/alert", null), ADA);
            alerts.look();
            assertThat(told(hub, "1")).contains("\"state\":\"met\"", "MB are free");
        }
        try (RunningHub hub = hub(folder)) {
            Alerts alerts = alerts(hub.inside(), Runnable::run);
            Rule rule = alerts.rules().find(ID).orElseThrow();
            assertThat(alerts.state(rule).orElseThrow().isTold()).isTrue();
            alerts.look();
            assertThat(told(hub, "2")).isNull();
            alerts.rules().put(rule(0, "opel/alert", null), ADA); // and is over when the hub comes back
        }
        passed = Alerts.MET_LEAST;
        try (RunningHub hub = hub(folder)) {
            Alerts alerts = alerts(hub.inside(), Runnable::run);
            alerts.look();
            assertThat(told(hub, "2")).contains("\"state\":\"over\"");
            alerts.look();
            assertThat(told(hub, "3")).isNull();
        }
        try (RunningHub hub = hub(folder)) {
            alerts(hub.inside(), Runnable::run).look();
            assertThat(told(hub, "3")).isNull();
        }
    }

    @Test
    void whatIsToldInAFlowMeetsNoRule(@TempDir Path folder) throws Exception {
        try (RunningHub hub = hub(folder)) {
            Alerts alerts = alerts(hub.inside(), Runnable::run);
            alerts.rules().put(rule(Rule.LIMIT_MAX, "opel/alert", null), ADA);
            var waiting = new Rule(
                    "00000000000000cc",
                    "waiting",
                    What.WAITING,
                    0,
                    null,
                    new Way.Flow(FlowName.of("opel/alert"), null),
                    null);
            alerts.rules().put(waiting, ADA);
            alerts.look();
            assertThat(told(hub, "1")).isNotNull();
            passed = Duration.ofMinutes(30);
            Until.holds("the alert is seen to wait", () -> {
                hub.inside().figures().look();
                return hub.inside().figures().queues().orElseThrow().flows().stream()
                        .anyMatch(queue -> queue.flow().equals(FlowName.of("opel/alert")) && queue.pending() > 0);
            });
            alerts.look();
            assertThat(alerts.state(waiting)).isEmpty();
        }
    }

    @Test
    void aFlowWhoseSchemaAlertsDoNotFollowRefusesNoDocumentOfTheHubs(@TempDir Path folder) throws Exception {
        Files.writeString(Files.createDirectories(folder.resolve("schemas")).resolve("text.json"), """
                {"type":"string"}
                """);
        String flows = FLOWS + "  opel/text: { from: switchyard, to: opel-centre, notices: [], schema: text.json }\n";
        try (RunningHub hub = new RunningHub(folder, flows, InstantSource.system())) {
            Alerts alerts = alerts(hub.inside(), Runnable::run);
            Rule rule = rule(Rule.LIMIT_MAX, "opel/text", null);
            alerts.rules().put(rule, ADA);
            alerts.look();
            assertThat(alerts.sent(rule).orElseThrow().fault()).contains("does not follow");
            assertThat(hub.inside().refusals().of(hub.inside().parts().name()))
                    .as("refusals, which rules count")
                    .isEmpty();
        }
    }

    @Test
    void whatWasNotToldBeforeACrashIsToldOnceAfterIt(@TempDir Path folder) throws Exception {
        try (RunningHub hub = hub(folder)) {
            Deque<Runnable> lost = new ArrayDeque<>();
            Alerts before = alerts(hub.inside(), lost::add);
            Rule rule = rule(Rule.LIMIT_MAX, "opel/alert", null);
            before.rules().put(rule, ADA);
            before.look();
            assertThat(lost).hasSize(1);
            assertThat(told(hub, "1")).isNull();

            Alerts after = alerts(hub.inside(), Runnable::run);
            after.look();
            String first = told(hub, "1");
            assertThat(first).contains("\"state\":\"met\"");

            lost.remove().run(); // as if it had been taken before the crash, which came before its record
            assertThat(before.sent(rule).orElseThrow().fault()).isNull();
            assertThat(told(hub, "1")).isEqualTo(first);
            assertThat(told(hub, "2")).isNull();
        }
    }

    @Test
    void aRuleIsTakenWhereTheHubMaySendAndSaysWhenItNoLongerMay(@TempDir Path folder) throws Exception {
        try (RunningHub hub = hub(folder)) {
            Alerts alerts = alerts(hub.inside(), Runnable::run);
            assertThat(alerts.obstacle(rule(1, "opel/alert", null))).isEmpty();
            assertThat(alerts.obstacle(rule(1, "opel/alert-of-one", "dealer-7")))
                    .isEmpty();
            assertThat(alerts.obstacle(rule(1, "opel/alert-of-one", null)).orElseThrow())
                    .contains("recipient");
            assertThat(alerts.obstacle(rule(1, "opel/alert-of-one", "opel-centre")))
                    .isPresent();
            assertThat(alerts.obstacle(rule(1, "opel/signed-alert", null)).orElseThrow())
                    .contains("signed");
            assertThat(alerts.obstacle(rule(1, "opel/alert-told", null)).orElseThrow())
                    .contains("notices: []");
            assertThat(alerts.obstacle(rule(1, "opel/nothing", null)).orElseThrow())
                    .contains("no flow opel/nothing", "hub.example");
            assertThat(alerts.obstacle(rule(1, "opel/warranty-claim", null))).isPresent();

            assertThat(alerts.test(rule(1, "opel/alert-of-one", "dealer-7"))).isNull();
            passed = Alerts.TEST_EVERY;
            assertThat(alerts.test(rule(1, "opel/warranty-claim", null))).contains("no flow");
            alerts.rules().put(rule(Rule.LIMIT_MAX, "opel/warranty-claim", null), ADA);
            alerts.look();
            assertThat(alerts.sent(alerts.rules().find(ID).orElseThrow())
                            .orElseThrow()
                            .fault())
                    .contains("no flow");
        }
    }
}
