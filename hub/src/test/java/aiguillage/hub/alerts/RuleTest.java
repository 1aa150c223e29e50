package aiguillage.hub.alerts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aiguillage.protocol.Brand;
import java.net.URI;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class RuleTest {

    private static final String ID = "0123456789abcdef";

    private static Rule to(String webhook) {
        return new Rule(ID, "late claims", What.WAITING, 60, new Brand("opel"), URI.create(webhook), null);
    }

    @Test
    void aRuleIsReadAsItWasWritten() {
        Rule rule = to("https://alerts.example/hub?x=1").silentUntil(Instant.parse("2026-03-02T08:00:00Z"));
        assertThat(Rule.of(ID, rule.json())).isEqualTo(rule);
        Rule plain = rule.silentUntil(null);
        assertThat(Rule.of(ID, plain.json())).isEqualTo(plain);
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
                        ID, "disk", What.DISK, 1, new Brand("opel"), URI.create("https://alerts.example/"), null))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
