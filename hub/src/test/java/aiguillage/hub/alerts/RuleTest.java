package aiguillage.hub.alerts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aiguillage.protocol.Brand;
import aiguillage.protocol.FlowName;
import aiguillage.protocol.PartyId;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RuleTest {

    private static final String ID = "0123456789abcdef";

    private static Rule to(String webhook) {
        return new Rule(
                ID, "late claims", What.WAITING, 60, new Brand("opel"), new Way.Webhook(URI.create(webhook)), null);
    }

    @Test
    void aRuleIsReadAsItWasWritten() {
        Rule rule = to("https://alerts.example/hub?x=1").silentUntil(Instant.parse("2026-03-02T08:00:00Z"));
        assertThat(Rule.of(ID, rule.json())).isEqualTo(rule);
        Rule plain = rule.silentUntil(null);
        assertThat(Rule.of(ID, plain.json())).isEqualTo(plain);
    }

    @Test
    void everyWayIsReadAsItWasWritten() {
        for (Way way : List.of(
                new Way.Mail("garde@example.com", Language.FR),
                new Way.Flow(FlowName.of("opel/alert"), new PartyId("opel-centre")),
                new Way.Flow(FlowName.of("opel/alert"), null))) {
            var rule = new Rule(ID, "late claims", What.WAITING, 60, new Brand("opel"), way, null);
            assertThat(Rule.of(ID, rule.json())).isEqualTo(rule);
        }
    }

    @Test
    void whatIsOfABrandIsToldInAFlowOfThatBrand() {
        assertThatThrownBy(() -> new Rule(
                        ID,
                        "late",
                        What.WAITING,
                        1,
                        new Brand("opel"),
                        new Way.Flow(FlowName.of("citroen/alert"), null),
                        null))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aStandingIsReadAsItWasWritten() {
        Instant noon = Instant.parse("2026-03-02T12:00:00Z");
        var news = new News(What.SILENT, 0, List.of("dealer-7"), 2);
        var met = new Alerts.State(noon, news, noon, Set.of("dealer-7", "dealer-8"), false);
        var standing = new Standing(2, met, List.of(new Telling(2, Telling.Kind.MET, news, noon)));
        assertThat(Standing.of(standing.json())).isEqualTo(standing);
        assertThat(Standing.of(Standing.NEW.json())).isEqualTo(Standing.NEW);
        Set<String> many = IntStream.rangeClosed(0, Standing.NAMES_MAX)
                .mapToObj(n -> "dealer-" + n)
                .collect(Collectors.toSet());
        Standing read = Standing.of(new Standing(1, new Alerts.State(noon, news, noon, many, false), List.of()).json());
        assertThat(Objects.requireNonNull(read.met()).wasToldOf("dealer-9999")).isTrue();
    }

    @Test
    void onlyHttpsWithoutAUserIsAnAddress() {
        for (String wrong : new String[] {
            "http://alerts.example/",
            "https://user:word@alerts.example/",
            "https:///x",
            "file:///etc/passwd",
            "x",
            "https://alerts.example:65536/",
            "https://alerts.example:0/"
        }) {
            assertThatThrownBy(() -> to(wrong)).as(wrong).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void aDiskBelongsToNoBrand() {
        assertThatThrownBy(() -> new Rule(
                        ID,
                        "disk",
                        What.DISK,
                        1,
                        new Brand("opel"),
                        new Way.Webhook(URI.create("https://alerts.example/")),
                        null))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
