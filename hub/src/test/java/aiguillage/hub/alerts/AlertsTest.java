package aiguillage.hub.alerts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aiguillage.hub.Inside;
import aiguillage.hub.operators.Operator;
import aiguillage.hub.operators.Rank;
import aiguillage.hub.presence.Door;
import aiguillage.hub.presence.Presence;
import aiguillage.hub.presence.PresenceFile;
import aiguillage.hub.problem.Refused;
import aiguillage.hub.testing.RunningHub;
import aiguillage.protocol.Brand;
import aiguillage.protocol.PartyId;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Set;
import java.util.concurrent.Executor;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// A hub with room on its disk, and rules that want more of it than there is, or less.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AlertsTest {

    private static final Operator ADA = new Operator("ada", Rank.ADMINISTER, Set.of());
    private static final String ID = "0123456789abcdef";
    private static final long MORE_THAN_THERE_IS = Rule.LIMIT_MAX;

    private RunningHub hub;
    private SSLSocketFactory tls;
    private Instant now = Instant.now();

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        hub = new RunningHub(folder);
        tls = hub.parties().context(hub.credential("dealer-7")).getSocketFactory();
    }

    @AfterAll
    void stop() {
        hub.close();
    }

    @BeforeEach
    void forget() {
        Alerts alerts = alerts();
        alerts.rules().all().forEach(rule -> alerts.rules().remove(rule, ADA));
        alerts.look(); // and what was told of them
    }

    private Alerts alerts() {
        return alerts(hub.inside().parts().presence(), Runnable::run);
    }

    private Alerts alerts(Presence presence, Executor sending) {
        return alerts(presence, sending, null);
    }

    private Alerts alerts(Presence presence, Executor sending, @Nullable MailSettings mail) {
        Inside inside = hub.inside();
        var parts = inside.parts();
        return new Alerts(
                inside.settings(),
                new Alerts.Watched(
                        inside.figures(),
                        presence,
                        inside.enrolled(),
                        parts.space(),
                        parts.flows()::table,
                        inside.store(),
                        parts.documents()),
                new Teller(parts.name(), tls, true, mail, inside.intake(), null),
                inside.acts(),
                () -> now,
                sending);
    }

    private static Rule rule(What what, long limit, @Nullable Brand brand, URI webhook) {
        return new Rule(ID, "a rule", what, limit, brand, new Way.Webhook(webhook), null);
    }

    private Receiver receiver(String answer) throws IOException {
        return new Receiver(hub.inside().tls(), answer);
    }

    @Test
    void aRuleThatIsMetIsToldOnceAndRecorded() throws Exception {
        try (Receiver receiver = receiver("204 No Content")) {
            Alerts alerts = alerts();
            alerts.rules().put(rule(What.SILENT, 0, null, receiver.uri()), ADA);
            alerts.look();
            assertThat(receiver.isIdle()).isTrue(); // nobody was ever there

            alerts.rules().put(rule(What.DISK, MORE_THAN_THERE_IS, null, receiver.uri()), ADA);
            alerts.look();
            assertThat(receiver.next()).contains("\"state\":\"met\"", "\"watches\":\"disk\"", "MB are free");
            assertThat(hub.inside()
                            .acts()
                            .newest(Long.MAX_VALUE, 1)
                            .getFirst()
                            .entry()
                            .subject())
                    .isEqualTo("a rule");
            alerts.look();
            assertThat(receiver.isIdle()).isTrue();

            alerts.rules().put(rule(What.DISK, 0, null, receiver.uri()), ADA);
            alerts.look();
            assertThat(receiver.isIdle()).as("it may be met again in a moment").isTrue();
            now = now.plus(Alerts.MET_LEAST);
            alerts.look();
            assertThat(receiver.next()).contains("\"state\":\"over\"");
        }
    }

    /// Who goes to and fro at the limit is told of at most so often, and nothing while the rule is silent.
    @Test
    void whatEndsWhileARuleIsSilentIsToldThen() throws Exception {
        try (Receiver receiver = receiver("200 OK")) {
            Alerts alerts = alerts();
            alerts.rules().put(rule(What.DISK, MORE_THAN_THERE_IS, null, receiver.uri()), ADA);
            alerts.look();
            assertThat(receiver.next()).contains("\"state\":\"met\"");
            Rule over = rule(What.DISK, 0, null, receiver.uri());
            alerts.rules().put(over, ADA);
            alerts.rules().silence(over, now.plus(Duration.ofHours(1)), ADA);
            now = now.plus(Alerts.MET_LEAST);
            alerts.look();
            assertThat(receiver.isIdle()).isTrue();
            now = now.plus(Duration.ofHours(1));
            alerts.look();
            assertThat(receiver.next()).contains("\"state\":\"over\"");
        }
    }

    @Test
    void aRuleThatWasRemovedIsNotBroughtBackByItsSilence() {
        Alerts alerts = alerts();
        Rule rule = rule(What.DISK, 0, null, URI.create("https://localhost:1/hook"));
        alerts.rules().put(rule, ADA);
        alerts.rules().remove(rule, ADA);
        assertThatExceptionOfType(Refused.class)
                .isThrownBy(() -> alerts.rules().silence(rule, now.plus(Duration.ofHours(1)), ADA));
        assertThat(alerts.rules().find(ID)).isEmpty();
    }

    @Test
    void aRuleThatNobodyCanReadKeepsNoOtherFromBeingTold() throws Exception {
        try (Receiver receiver = receiver("200 OK")) {
            hub.inside().settings().set(Rules.SETTING + "00000000000000bb", "{\"what\":\"nonsense\"}", ADA);
            Alerts alerts = alerts();
            alerts.rules().put(rule(What.DISK, MORE_THAN_THERE_IS, null, receiver.uri()), ADA);
            alerts.look();
            assertThat(receiver.next()).contains("\"state\":\"met\"");
        } finally {
            hub.inside().settings().set(Rules.SETTING + "00000000000000bb", "", ADA);
        }
    }

    @Test
    void aSilentRuleTellsWhenItsSilenceEnds() throws Exception {
        try (Receiver receiver = receiver("200 OK")) {
            Alerts alerts = alerts();
            Rule rule = rule(What.DISK, MORE_THAN_THERE_IS, null, receiver.uri())
                    .silentUntil(now.plus(Duration.ofHours(1)));
            alerts.rules().put(rule, ADA);
            alerts.look();
            assertThat(receiver.isIdle()).isTrue();
            assertThat(alerts.state(rule).orElseThrow().isTold()).isFalse();
            now = now.plus(Duration.ofHours(1));
            alerts.look();
            assertThat(receiver.next()).contains("met");
        }
    }

    @Test
    void whatIsNotTakenIsTriedAgainAndGivenUp() throws Exception {
        try (Receiver receiver = receiver("302 Found")) {
            Alerts alerts = alerts();
            Rule rule = rule(What.DISK, MORE_THAN_THERE_IS, null, receiver.uri());
            alerts.rules().put(rule, ADA);
            alerts.look();
            assertThat(receiver.next()).contains("met");
            assertThat(alerts.sent(rule).orElseThrow().fault()).isEqualTo("the answer was 302");
            alerts.look();
            assertThat(receiver.isIdle()).isTrue();
            for (Duration pause : Alerts.AGAIN_AFTER) {
                now = now.plus(pause);
                alerts.look();
                assertThat(receiver.next()).contains("met");
            }
            now = now.plus(Duration.ofDays(1));
            alerts.look();
            assertThat(receiver.isIdle()).isTrue();
        }
    }

    @Test
    void whoJoinsASilenceIsToldAndWhoIsSuspendedIsNot() throws Exception {
        try (Receiver receiver = receiver("200 OK")) {
            var presence = Presence.ofNewHub(() -> now);
            Alerts alerts = alerts(presence, Runnable::run);
            alerts.rules().put(rule(What.SILENT, 60, null, receiver.uri()), ADA);
            presence.heard(new PartyId("dealer-7"), Door.REST, null);
            now = now.plus(Duration.ofMinutes(30));
            presence.heard(new PartyId("dealer-8"), Door.REST, null);
            presence.heard(new PartyId("dealer-9"), Door.REST, null);
            hub.inside().admission().suspend(new PartyId("dealer-9"), "a test", "operator:ada");
            now = now.plus(Duration.ofMinutes(31));
            alerts.look();
            assertThat(receiver.next()).contains("Silent: dealer-7.");
            now = now.plus(Duration.ofMinutes(30));
            alerts.look();
            assertThat(receiver.next()).contains("\"met\"", "Silent: dealer-8.");
            now = now.plus(Duration.ofHours(1));
            alerts.look();
            assertThat(receiver.isIdle()).isTrue();
        } finally {
            hub.inside().admission().resume(new PartyId("dealer-9"), "a test", "operator:ada");
        }
    }

    @Test
    void metIsNeverToldAfterOver() throws Exception {
        try (Receiver no = receiver("503 No");
                Receiver yes = receiver("200 OK")) {
            var posts = new ArrayDeque<Runnable>();
            Alerts alerts = alerts(hub.inside().parts().presence(), posts::add);
            alerts.rules().put(rule(What.DISK, MORE_THAN_THERE_IS, null, no.uri()), ADA);
            alerts.look();
            alerts.rules().put(rule(What.DISK, 0, null, yes.uri()), ADA);
            now = now.plus(Alerts.MET_LEAST);
            alerts.look(); // over, while it is still being told that it is met
            assertThat(posts).hasSize(1);
            posts.remove().run();
            assertThat(no.next()).contains("\"met\"");
            posts.remove().run();
            assertThat(yes.next()).contains("\"over\"");
            now = now.plus(Duration.ofDays(1));
            alerts.look();
            assertThat(posts).isEmpty();
        }
    }

    @Test
    void aRuleTellsByMailWhatIsMetAndWhatIsOver() throws Exception {
        try (var mails = new MailServer(hub.inside().tls(), MailSettings.Security.STARTTLS, true)) {
            var way = new Way.Mail("garde@example.com", Language.FR);
            var rule = new Rule(ID, "le disque", What.DISK, MORE_THAN_THERE_IS, null, way, null);
            Alerts without = alerts();
            assertThat(without.obstacle(rule)).isPresent();
            assertThat(without.test(rule)).contains("hub.yaml has no mail");
            Alerts alerts = alerts(hub.inside().parts().presence(), Runnable::run, mails.settings());
            assertThat(alerts.obstacle(rule)).isEmpty();
            alerts.rules().put(rule, ADA);
            alerts.look();
            assertThat(mails.next().getSubject()).isEqualTo("[hub.example] Alerte : le disque");
            alerts.rules().put(new Rule(ID, "le disque", What.DISK, 0, null, way, null), ADA);
            now = now.plus(Alerts.MET_LEAST);
            alerts.look();
            assertThat(mails.next().getSubject()).isEqualTo("[hub.example] Fin d'alerte : le disque");
            assertThat(alerts.test(rule)).isNull();
            assertThat(mails.next().getSubject()).isEqualTo("[hub.example] Essai : le disque");
            assertThatExceptionOfType(Refused.class).isThrownBy(() -> alerts.test(rule));
        }
    }

    @Test
    void whoWasToldToBeSilentStaysSoOverARestartUntilHeard(@TempDir Path folder) throws Exception {
        try (Receiver receiver = receiver("200 OK")) {
            Path kept = folder.resolve("presence.json");
            var file = new PresenceFile(kept, true, _ -> true, () -> now);
            Alerts alerts = alerts(file.presence(), Runnable::run);
            Rule rule = rule(What.SILENT, 60, null, receiver.uri());
            alerts.rules().put(rule, ADA);
            file.presence().heard(new PartyId("dealer-7"), Door.REST, null);
            now = now.plus(Duration.ofMinutes(61));
            alerts.look();
            assertThat(receiver.next()).contains("Silent: dealer-7.");
            file.keep();

            var later = new PresenceFile(kept, false, _ -> true, () -> now);
            Alerts again = alerts(later.presence(), Runnable::run);
            now = now.plus(Duration.ofMinutes(1));
            again.look();
            assertThat(receiver.isIdle()).isTrue();
            assertThat(again.state(rule).orElseThrow().isTold()).isTrue();
            later.presence().heard(new PartyId("dealer-7"), Door.REST, null);
            now = now.plus(Alerts.MET_LEAST);
            again.look();
            assertThat(receiver.next()).contains("\"over\"");
        }
    }

    @Test
    void aTestTellsAtOnceAndSaysHowItWent() throws Exception {
        try (Receiver receiver = receiver("200 OK")) {
            assertThat(alerts().test(rule(What.WAITING, 5, new Brand("opel"), receiver.uri())))
                    .isNull();
            assertThat(receiver.next()).contains("\"state\":\"test\"", "\"brand\":\"opel\"");
        }
    }

    @Test
    void aNameThatLeadsIntoAPrivateNetworkIsNotCalled() throws Exception {
        try (Receiver receiver = receiver("200 OK")) {
            var webhook = new WebhookPost(tls, false);
            assertThatThrownBy(() -> webhook.post(receiver.uri(), "{}".getBytes(StandardCharsets.UTF_8)))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("private network");
            assertThat(receiver.isIdle()).isTrue();
        }
        for (String address : new String[] {
            "127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0",
            "::1", "fe80::1", "fd00::1", "::ffff:10.0.0.1", "64:ff9b::a00:1", "2002:a00:1::", "224.0.0.1"
        }) {
            assertThat(WebhookPost.isPrivate(InetAddress.getByName(address)))
                    .as(address)
                    .isTrue();
        }
        for (String address : new String[] {"193.0.6.139", "8.8.8.8", "2606:4700::1111"}) {
            assertThat(WebhookPost.isPrivate(InetAddress.getByName(address)))
                    .as(address)
                    .isFalse();
        }
    }

    @Test
    void eachConditionAnswersForAHubInWhichNothingIsWrong() throws Exception {
        Alerts alerts = alerts();
        URI nobody = URI.create("https://localhost:1/");
        for (What what : What.values()) {
            Rule rule = rule(what, what == What.DISK ? 0 : 10, null, nobody);
            alerts.rules().put(rule, ADA);
            alerts.look();
            assertThat(alerts.state(rule)).as(what.word()).isEmpty();
        }
    }
}
