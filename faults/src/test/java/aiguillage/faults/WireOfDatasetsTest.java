package aiguillage.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aiguillage.gateway.link.HttpClients;
import aiguillage.gateway.link.HttpDatasets;
import aiguillage.gateway.link.HttpHub;
import aiguillage.gateway.replica.DatasetNews;
import aiguillage.gateway.replica.DatasetSource;
import aiguillage.gateway.replica.Offers;
import aiguillage.gateway.replica.Subscription;
import aiguillage.gateway.status.Trouble;
import aiguillage.gateway.status.Trouble.Kind;
import aiguillage.gateway.status.Troubles;
import aiguillage.pki.Credential;
import aiguillage.protocol.DatasetName;
import aiguillage.protocol.Digest;
import aiguillage.protocol.proof.LedgerKey;
import aiguillage.protocol.proof.VersionStatement;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What a gateway asks of a hub about datasets, call by call, as a real hub answers it.
@Timeout(60)
class WireOfDatasetsTest {

    private static final DatasetName NAME = DatasetName.of(PriceScene.DATASET);

    @TempDir
    private Path folder;

    private final Troubles troubles = new Troubles(InstantSource.system());
    private PriceScene scene;
    private HttpClients clients;
    private HttpDatasets datasets;

    @BeforeEach
    void start() throws Exception {
        scene = new PriceScene(folder, InstantSource.system(), "");
        scene.stopGateway();
        Credential credential = scene.hub().credential("dealer-7");
        clients = new HttpClients(() -> scene.hub().parties().context(credential), null);
        List<URI> addresses = List.of(scene.hub().uri(""));
        datasets = new HttpDatasets(new HttpHub(
                "main", addresses, clients, (document, target, headers) -> Map.of(), InstantSource.system(), troubles));
    }

    @AfterEach
    void stop() {
        clients.close();
        scene.close();
    }

    private VersionStatement said(Offers offers, int which) throws Exception {
        LedgerKey.Public key = LedgerKey.Public.ofText(datasets.ledgerKey().strip());
        return VersionStatement.verified(offers.versions().get(which).note(), key);
    }

    @Test
    void theRestOfALayerIsFetchedFromAnyByteOn() throws Exception {
        scene.publish(list(), "");
        Offers offers = datasets.offers(NAME, 0, null);
        VersionStatement said = said(offers, 0);
        byte[] whole;
        try (InputStream content = datasets.layer(NAME, 1, 0, 0)) {
            whole = content.readAllBytes();
        }
        assertThat(Digest.of(whole)).isEqualTo(said.layer());
        assertThat(said.bytes()).isEqualTo(whole.length);
        for (int from : List.of(1, whole.length / 2, whole.length - 1)) {
            try (InputStream rest = datasets.layer(NAME, 1, 0, from)) {
                assertThat(rest.readAllBytes()).isEqualTo(Arrays.copyOfRange(whole, from, whole.length));
            }
        }
    }

    private static String list() {
        var list = new StringBuilder("part,price,contract\n");
        for (int i = 0; i < 5_000; i++) {
            list.append("part-").append(i).append(',').append(i + 1).append(".00,\n");
        }
        return list.toString();
    }

    @Test
    void whereADatasetStandsComesWithItsColumns() throws Exception {
        scene.publish(list(), "");
        DatasetNews.Standing standing = datasets.standing();
        Subscription one = standing.datasets().getFirst();
        assertThat(one.name()).isEqualTo(NAME);
        assertThat(one.newest()).isEqualTo(1);
        assertThat(one.schema().keys())
                .singleElement()
                .satisfies(key -> assertThat(key.name()).isEqualTo("part"));
        assertThat(one.staleAfter()).isPositive();
        assertThat(datasets.buckets(NAME, 1)).hasSize(256);
        try (InputStream bucket = datasets.bucket(NAME, 1, 255)) {
            assertThat(bucket.readAllBytes()).isNotEmpty();
        }
    }

    @Test
    void aKeyIsNotGivenBeforeItsTime() throws Exception {
        scene.publish(list(), "");
        scene.publish(
                list().replace("part-1,2.00", "part-1,2.50"),
                "?sealed=true&effective=" + Instant.now().plusSeconds(600));
        Offers offers = datasets.offers(
                NAME, 1, datasets.standing().datasets().getFirst().scope());
        assertThat(said(offers, 0).number()).isEqualTo(2);
        assertThat(offers.versions().getFirst().isSealed()).isTrue();
        assertThat(datasets.seal(NAME, 2, 1)).isEmpty();
    }

    @Test
    void whatIsNotOursAndALineThatIsDownAreTwoThings() throws Exception {
        assertThatThrownBy(() -> datasets.offers(DatasetName.of("opel/unknown"), 0, null))
                .isInstanceOf(DatasetSource.NotOurs.class);
        scene.stopHub();
        assertThatThrownBy(() -> datasets.standing()).isInstanceOf(DatasetSource.Unreachable.class);
        assertThat(troubles.open()).extracting(Trouble::kind).containsExactly(Kind.HUB_UNREACHABLE);
    }
}
