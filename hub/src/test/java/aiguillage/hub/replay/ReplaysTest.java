package aiguillage.hub.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aiguillage.hub.door.call.Call;
import aiguillage.hub.problem.Problem;
import aiguillage.hub.problem.Refused;
import aiguillage.hub.replay.Plan.Skipped;
import aiguillage.hub.testing.RunningHub;
import aiguillage.hub.testing.TestClock;
import aiguillage.hub.testing.Until;
import aiguillage.protocol.Digest;
import aiguillage.protocol.FlowName;
import aiguillage.protocol.PartyId;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// What is offered once more is what was shown, and never twice.
class ReplaysTest {

    private static final String CLAIMS = "opel/warranty-claim";
    private static final PartyId CENTRE = new PartyId("opel-centre");

    private final TestClock clock = new TestClock(Instant.now().truncatedTo(ChronoUnit.MILLIS));

    @TempDir
    Path folder;

    private RunningHub hub;
    private HttpClient dealer;
    private HttpClient centre;
    private Replays replays;

    @BeforeEach
    void start() throws Exception {
        String flows = RunningHub.FLOWS.replace(
                "copies: [opel-audit] }", "copies: [opel-audit], offered-for: 2d, kept-for: 3d }");
        hub = new RunningHub(folder, flows, clock);
        dealer = hub.client("dealer-7");
        centre = hub.client("opel-centre");
        replays = hub.inside().trouble().replays();
    }

    @AfterEach
    void stop() {
        dealer.close();
        centre.close();
        hub.close();
    }

    @Test
    void whatWasDeliveredComesAgainAndSaysSoAndCanBeAcknowledged() throws Exception {
        deliver("claim-1", "claim-2");
        Plan plan = replays.plan(wish(false));
        assertThat(plan.items()).hasSize(2);
        assertThat(plan.next()).isNull();
        run(plan.wish(), plan.seal());
        List<JsonNode> again = inbox();
        assertThat(again).extracting(one -> one.path("id").asString()).containsExactly("claim-1", "claim-2");
        assertThat(again.getFirst().path("replayof").asString())
                .isEqualTo(plan.items().getFirst().delivery().document().toString());
        acknowledge(again);
        assertThat(inbox()).isEmpty();
        assertThat(hub.get(dealer, "/v1/documents/claim-1").body()).contains("\"what\":\"replayed\"");
    }

    @Test
    void aReplayThatWasRejectedAndReleasedStillSaysSo() throws Exception {
        deliver("claim-1");
        run(wish(false), replays.plan(wish(false)).seal());
        long again = inbox().getFirst().path("position").asLong();
        for (int i = 0; i < 2; i++) {
            end("{\"reject\":[{\"position\":" + again + ",\"reason\":\"unreadable\"}]}");
            assertThat(hub.post(centre, "/v1/inbox/quarantine/" + again + "/release", "")
                            .statusCode())
                    .isEqualTo(200);
            again = inbox().getFirst().path("position").asLong();
            assertThat(inbox().getFirst().has("replayof")).isTrue();
        }
    }

    @Test
    void noSenderCallsADocumentAReplay() throws Exception {
        var forged = hub.submission("dealer-7", CLAIMS, "claim-9", new byte[] {1})
                .header("ce-replayof", "17")
                .build();
        var refused = dealer.send(forged, java.net.http.HttpResponse.BodyHandlers.ofString());
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.body()).contains("bad-envelope", "replayof");
        assertThat(inbox()).isEmpty();
    }

    @Test
    void whatIsFirstDeliveredSaysNothingOfAReplay() throws Exception {
        submit("claim-1");
        assertThat(inbox().getFirst().has("replayof")).isFalse();
    }

    @Test
    void whatWaitsIsInQuarantineOrWasDeliveredIsLeftOutAndCounted() throws Exception {
        deliver("claim-1");
        submit("claim-2");
        submit("claim-3");
        long rejected = inbox().getFirst().path("position").asLong();
        end("{\"reject\":[{\"position\":" + rejected + ",\"reason\":\"unreadable\"}]}");
        Plan plan = replays.plan(wish(true));
        assertThat(plan.items()).isEmpty();
        assertThat(plan.skipped(Skipped.WAITS)).isEqualTo(2);
        assertThat(plan.skipped(Skipped.DELIVERED)).isEqualTo(1);
        assertThatThrownBy(() -> replays.begin(plan.wish(), plan.seal(), "operator:ada", "r"))
                .isInstanceOf(Refused.class);
    }

    @Test
    void anotherReaderOfTheFlowGetsNothingThatWasNotForIt() throws Exception { // I4
        deliver("claim-1");
        Plan plan = replays.plan(
                new Wish(new PartyId("dealer-8"), FlowName.of(CLAIMS), 1, Long.MAX_VALUE, false, replays.now()));
        assertThat(plan.items()).isEmpty();
        assertThat(plan.skipped(Skipped.NOT_ITS_READER)).isEqualTo(1);
    }

    @Test
    void whoIsOfAnotherBrandOrUnknownIsRefused() { // I4
        for (String party : new String[] {"citroen-centre", "nobody"}) {
            var wish = new Wish(new PartyId(party), FlowName.of(CLAIMS), 1, Long.MAX_VALUE, false, replays.now());
            assertThatThrownBy(() -> replays.plan(wish)).isInstanceOf(Refused.class);
        }
    }

    @Test
    void theSameWishAgainOffersWhatABrokenRunLeftAndNothingTwice() throws Exception {
        deliver("claim-1", "claim-2", "claim-3");
        Wish wish = wish(false);
        Digest seal = replays.plan(wish).seal();
        run(new Wish(wish.reader(), wish.flow(), wish.from(), firstOf(wish), false, wish.asOf()), null);
        acknowledge(inbox()); // its reader was quick
        Plan rest = replays.plan(wish);
        assertThat(rest.items()).hasSize(2);
        assertThat(rest.done()).isEqualTo(1);
        assertThat(rest.seal()).isEqualTo(seal);
        Run second = run(wish, seal);
        assertThat(second.offered()).isEqualTo(2);
        assertThat(inbox()).hasSize(2);
        assertThat(replays.plan(wish).items()).isEmpty();
    }

    @Test
    void twoRunsAtOnceOfferEachDocumentOnce() throws Exception {
        deliver("claim-1", "claim-2", "claim-3");
        Wish wish = wish(false);
        Run one = replays.begin(wish, null, "operator:ada", "r");
        Run other = begunOrDone(wish);
        Until.holds("both are over", () -> !one.isRunning() && !other.isRunning());
        assertThat(inbox()).hasSize(3);
    }

    private Run begunOrDone(Wish wish) {
        try {
            return replays.begin(wish, null, "operator:bob", "r");
        } catch (Refused nothingLeft) {
            return replays.runs().getFirst();
        }
    }

    @Test
    void whatExpiredIsMissingAndWhatHasNoPayloadAnyMoreStaysGone() throws Exception {
        submit("claim-1");
        clock.advance(Duration.ofDays(2));
        Until.holds("it expired", () -> inbox().isEmpty());
        Plan plan = replays.plan(wish(true));
        assertThat(plan.items())
                .singleElement()
                .satisfies(item -> assertThat(item.offeredUntil())
                        .isEqualTo(item.accepted().plus(Duration.ofDays(3)))); // not beyond its payload
        clock.advance(Duration.ofDays(1));
        Until.holds("its payload is gone", () -> replays.plan(wish(true)).skipped(Skipped.PAYLOAD_GONE) == 1);
        assertThatThrownBy(() -> replays.begin(plan.wish(), plan.seal(), "operator:ada", "r"))
                .isInstanceOfSatisfying(
                        Refused.class, refused -> assertThat(refused.problem()).isEqualTo(Problem.BAD_REQUEST));
    }

    @Test
    void anInstantIsFoundAmongPositions() throws Exception {
        deliver("claim-1");
        long before = replays.now();
        clock.advance(Duration.ofHours(1));
        submit("claim-2");
        assertThat(replays.firstAt(clock.instant())).isEqualTo(before + 1);
        assertThat(replays.firstAt(Instant.EPOCH)).isEqualTo(1);
        assertThat(replays.firstAt(clock.instant().plusSeconds(60))).isEqualTo(replays.now() + 1);
    }

    @Test
    void theOperatorsCallShowsFirstAndDoesThen() throws Exception {
        deliver("claim-1");
        String wish = "{\"party\":\"opel-centre\",\"flow\":\"" + CLAIMS + "\",\"reason\":\"the folder was lost\"";
        JsonNode shown = json(
                hub.operator("/operator/replays", wish + ",\"dryRun\":true}").body());
        assertThat(shown.path("documents").asInt()).isEqualTo(1);
        assertThat(inbox()).isEmpty();
        var begun = hub.operator(
                "/operator/replays", wish + ",\"asOf\":" + shown.path("asOf").asLong() + "}");
        assertThat(begun.statusCode()).as(begun.body()).isEqualTo(201);
        Until.holds(
                "it is done",
                () -> json(hub.operator("/operator/replays", null).body())
                        .path(0)
                        .path("state")
                        .asString()
                        .equals("done"));
        assertThat(inbox()).hasSize(1);
        assertThat(hub.operator("/operator/replays/1/stop", "").statusCode()).isEqualTo(200);
        assertThat(hub.operator("/operator/replays/99/stop", "").statusCode()).isEqualTo(404);
    }

    @Test
    void oneDocumentIsNamedByItsIdAndItsSender() throws Exception {
        deliver("claim-1", "claim-2");
        var begun = hub.operator(
                "/operator/replays",
                "{\"party\":\"opel-centre\",\"document\":\"claim-2\",\"sender\":\"dealer-7\",\"reason\":\"lost\"}");
        assertThat(begun.statusCode()).as(begun.body()).isEqualTo(201);
        Until.holds("it waits", () -> inbox().size() == 1);
        assertThat(inbox().getFirst().path("id").asString()).isEqualTo("claim-2");
    }

    private Wish wish(boolean isMissingOnly) {
        return new Wish(CENTRE, FlowName.of(CLAIMS), 1, Long.MAX_VALUE, isMissingOnly, replays.now());
    }

    private long firstOf(Wish wish) {
        return replays.plan(wish).items().getFirst().delivery().document().value();
    }

    private Run run(Wish wish, @org.jspecify.annotations.Nullable Digest seal) throws Exception {
        Run run = replays.begin(wish, seal, "operator:ada", "the folder was lost");
        Until.holds("the run is over", () -> !run.isRunning());
        assertThat(run.state()).as(run.failure()).isEqualTo(Run.State.DONE);
        return run;
    }

    private void deliver(String... ids) throws Exception {
        for (String id : ids) {
            submit(id);
        }
        acknowledge(inbox());
    }

    private void submit(String id) throws Exception {
        assertThat(hub.submit(dealer, "dealer-7", CLAIMS, id, id).statusCode()).isEqualTo(201);
    }

    private List<JsonNode> inbox() throws Exception {
        var events = new ArrayList<JsonNode>();
        json(hub.get(centre, "/v1/inbox").body()).forEach(events::add);
        return events;
    }

    private void acknowledge(List<JsonNode> events) throws Exception {
        end("{\"acknowledge\":["
                + String.join(
                        ",",
                        events.stream()
                                .map(one -> one.path("position").asString())
                                .toList())
                + "]}");
    }

    private void end(String what) throws Exception {
        assertThat(hub.post(centre, "/v1/inbox/acknowledgements", what).statusCode())
                .isEqualTo(200);
    }

    private static JsonNode json(String text) {
        return Call.JSON.readTree(text);
    }
}
