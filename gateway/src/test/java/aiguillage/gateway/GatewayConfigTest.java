package aiguillage.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aiguillage.config.ConfigException;
import aiguillage.config.ConfigReader;
import aiguillage.protocol.Brand;
import aiguillage.protocol.FlowName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `gateway.yaml`: its defaults, every key set to something else, and what it refuses.
final class GatewayConfigTest {

    private static final String LEAST = """
            party: dealer-7
            hubs:
              - { name: main, addresses: https://hub.example.com:8443, brands: opel }
            """;

    @TempDir
    private Path root;

    @Test
    void theDefaultsAreSafe() throws IOException {
        GatewayConfig config = read(LEAST);
        assertThat(config.data()).isEqualTo(root.resolve("data"));
        assertThat(config.dms()).isEqualTo(root.resolve("dms"));
        assertThat(config.brands()).containsExactly(new Brand("opel"));
        assertThat(config.settle()).isEqualTo(Duration.ofSeconds(1));
        assertThat(config.look()).isEqualTo(Duration.ofSeconds(5));
        assertThat(config.freeSpaceMin().count()).isEqualTo(100_000_000);
        assertThat(config.keepAnswers()).isEqualTo(Duration.ofDays(30));
        assertThat(config.door().open()).isTrue();
        assertThat(config.door().listen()).hasToString("127.0.0.1:8480");
        assertThat(config.line().silenceMax()).isEqualTo(Duration.ofSeconds(45));
        assertThat(config.proxy()).isNull();
        assertThat(config.datasets().history()).isEqualTo(Duration.ofDays(400));
        assertThat(config.exports()).isEmpty();
        assertThat(config.signs(FlowName.of("opel/claim"))).isFalse();
    }

    @Test
    void everyKeyCanBeSet() throws IOException {
        GatewayConfig config = read("""
                party: dealer-8
                data: /srv/gateway
                dms: /srv/dms
                hubs:
                  - { name: one, addresses: ["https://a:1", "https://b:2"], brands: [opel, fiat] }
                  - { name: two, addresses: ["https://c:3"], brands: [ford] }
                identity:
                  enrolment: https://a:4
                  code: 7Q4M
                  fingerprint: "3F"
                  credential: own.pem
                  root: root.pem
                signed: [all]
                proxy: { address: "proxy:3128", user: dealer, password: s3cret-x }
                door: { open: false, listen: "127.0.0.1:1", document-max: 1MB }
                settle: 2s
                look: 1s
                free-space-min: 1GB
                keep-answers: 2d
                datasets: { history: 30d }
                exports:
                  - { dataset: ford/parts, separator: "|", decimal-comma: true, charset: windows-1252, delta: true }
                line: { silence-max: 1m, retry-first: 1s, retry-longest: 1m }
                """);
        assertThat(config.brands()).hasSize(3);
        assertThat(config.hubs().getFirst().addresses()).hasSize(2);
        assertThat(config.identity().credential()).isEqualTo(root.resolve("own.pem"));
        assertThat(config.signs(FlowName.of("ford/order"))).isTrue();
        assertThat(config.proxy()).isNotNull();
        assertThat(config.toString()).doesNotContain("s3cret-x", "7Q4M");
        assertThat(config.line().retryLongest()).isEqualTo(Duration.ofMinutes(1));
        assertThat(config.door().open()).isFalse();
        assertThat(config.datasets().history()).isEqualTo(Duration.ofDays(30));
        assertThat(config.exports()).singleElement().satisfies(export -> {
            assertThat(export.dataset()).hasToString("ford/parts");
            assertThat(export.separator()).isEqualTo("|");
            assertThat(export.decimalComma()).isTrue();
            assertThat(export.charset()).isEqualTo("windows-1252");
            assertThat(export.delta()).isTrue();
        });
    }

    @Test
    void aBrandOfTwoHubsIsRefused() {
        assertThatThrownBy(() -> read(LEAST + "  - { name: two, addresses: https://b:2, brands: opel }\n"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("a brand belongs to one hub");
    }

    @Test
    void anExportThatNoDmsCouldReadIsRefused() {
        String exports = LEAST + "exports: [{ dataset: opel/parts, ";
        assertThatThrownBy(() -> read(exports + "decimal-comma: true, separator: \",\" }]\n"))
                .hasMessageContaining("set separator");
        assertThatThrownBy(() -> read(exports + "separator: ab }]\n")).hasMessageContaining("one character");
        assertThatThrownBy(() -> read(exports + "charset: klingon }]\n")).hasMessageContaining("no charset");
        assertThatThrownBy(() -> read(LEAST + "exports: [{ dataset: fiat/parts }]\n"))
                .hasMessageContaining("no hub serves its brand");
        assertThatThrownBy(() ->
                        read(LEAST + "exports: [{ dataset: opel/parts }, { dataset: opel/parts, delta: true }]\n"))
                .hasMessageContaining("twice in one format");
    }

    @Test
    void aPriceListThatStarDoesNotKnowIsRefused() {
        String exports = LEAST + "exports: [{ dataset: opel/parts, ";
        String star = exports + "format: star, names: { part: PartsProductItem/ItemID, ";
        assertThatThrownBy(() -> read(exports + "format: star }]\n")).hasMessageContaining("star needs names");
        assertThatThrownBy(() -> read(exports + "names: { part: PartsProductItem/ItemID } }]\n"))
                .hasMessageContaining("names are of star");
        assertThatThrownBy(() -> read(star + "price: Price } }]\n")).hasMessageContaining("has no text of its own");
        assertThatThrownBy(() -> read(star + "price: Prize/ChargeAmount } }]\n"))
                .hasMessageContaining("\"Prize\"", "Price, ChangedPrice");
        assertThatThrownBy(() -> read(star + "price: PartsProductItem/ItemID } }]\n"))
                .hasMessageContaining("another stands there");
        assertThatThrownBy(() -> read(star + "price: \"PartsProductItem/ItemID[@schemeID=x]\" } }]\n"))
                .hasMessageContaining("asks for a second ItemID");
        assertThatThrownBy(() -> read(star + "price: \"Price[Kind=x]/ChargeAmount\" } }]\n"))
                .hasMessageContaining("\"Kind\"", "PriceCode");
        assertThatThrownBy(() -> read(star + "price: \"Price[PriceCode=List]/PriceCode\" } }]\n"))
                .hasMessageContaining("a second PriceCode");
        assertThatThrownBy(() -> read(star + "price: Price/ChargeAmount }, decimal-comma: true }]\n"))
                .hasMessageContaining("with a point");
    }

    @Test
    void anAddressWithoutTlsIsRefused() {
        assertThatThrownBy(() -> read(LEAST.replace("https:", "http:"))).hasMessageContaining("https://<host>:<port>");
    }

    private GatewayConfig read(String yaml) throws IOException {
        Path file = Files.writeString(root.resolve("gateway.yaml"), yaml);
        return new ConfigReader().file(file, GatewayConfig.class).value();
    }
}
