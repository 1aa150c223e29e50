package aiguillage.gateway;

import static aiguillage.gateway.testing.GatewayScene.names;
import static aiguillage.gateway.testing.GatewayScene.until;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aiguillage.gateway.status.GatewayStatus;
import aiguillage.gateway.status.StatusFile;
import aiguillage.gateway.status.StatusText;
import aiguillage.gateway.status.Trouble.Kind;
import aiguillage.gateway.testing.GatewayScene;
import aiguillage.gateway.testing.TestAuthority;
import aiguillage.gateway.testing.TestHub;
import aiguillage.gateway.testing.TestHub.Fault;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A whole gateway between a DMS's folders and a hub over mutual TLS.
final class GatewayTest {

    @TempDir
    private Path root;

    private TestAuthority authority;

    @BeforeEach
    void authority() throws IOException {
        authority = new TestAuthority(root.resolve("ca"));
    }

    @Test
    void documentsGoUpWithReceiptsAndDeliveriesComeDown() throws Exception {
        try (var hub = new TestHub(authority, TestHub.first())) {
            var scene = new GatewayScene(root.resolve("dealer"), authority, hub.address());
            try (Gateway gateway = scene.start()) {
                scene.put("opel", "claim", "a.xml", "claim a");
                scene.put("opel", "claim", "bad.xml", "poison");
                hub.mailbox().deliver("opel/decision", "decision-1", "approved");

                until("the receipt", () -> Files.exists(scene.dms("opel", "done", "claim", "a.xml")));
                until("the reason", () -> Files.exists(scene.dms("opel", "refused", "claim", "bad.xml")));
                until("the acknowledgement", () -> hub.mailbox().pending() == 0);

                assertThat(names(scene.dms("opel", "in", "decision")))
                        .containsExactly("000000000101-decision-1.txt", "000000000101-decision-1.txt.envelope.json");
                assertThat(scene.dms("opel", "refused", "claim", "bad.xml.reason.txt"))
                        .content()
                        .contains("payload-invalid", "line 3");
                until("connected", () -> gateway.status().hubs().getFirst().connectedSince() != null);
                assertThat(gateway.status().certificateDaysLeft()).isBetween(28L, 30L);
            }
            assertThat(new StatusFile(scene.data()).read())
                    .hasValueSatisfying(s -> assertThat(s.running()).isFalse());
        }
    }

    @Test
    void lostAnswersAndFullHubsLoseNothingAndDoubleNothing() throws Exception {
        var faults = TestHub.first(
                Fault.DROPPED, Fault.ANSWER_LOST, Fault.BUSY, Fault.DISK_FULL, Fault.HUB_FAILED, Fault.ANSWER_LOST);
        try (var hub = new TestHub(authority, faults)) {
            hub.mailbox().offerTwice();
            var scene = new GatewayScene(root.resolve("dealer"), authority, hub.address());
            try (Gateway gateway = scene.start()) {
                List<String> sent = new ArrayList<>();
                for (int i = 10; i < 40; i++) {
                    scene.put("opel", "claim", i + ".xml", "claim " + i);
                    sent.add("claim " + i);
                    hub.mailbox().deliver("fiat/decision", "d-" + i, "decision " + i);
                }
                until(
                        "all sent",
                        () -> names(scene.dms("opel", "done", "claim")).size() == 60);
                until("all acknowledged", () -> hub.mailbox().pending() == 0);

                assertThat(hub.arrived("opel/claim")).containsExactlyInAnyOrderElementsOf(sent);
                assertThat(names(scene.dms("fiat", "in", "decision"))).hasSize(60);
                assertThat(gateway.ended()).isNotDone();
            }
        }
    }

    @Test
    void anAddressThatDoesNotAnswerIsLeftForTheNext() throws Exception {
        try (var hub = new TestHub(authority, TestHub.first())) {
            URI nobody = URI.create("https://127.0.0.1:1");
            var scene = new GatewayScene(root.resolve("dealer"), authority, nobody, hub.address());
            try (Gateway gateway = scene.start()) {
                scene.put("opel", "claim", "a.xml", "claim a");
                until("sent", () -> Files.exists(scene.dms("opel", "done", "claim", "a.xml")));
                until("connected", () -> gateway.status().hubs().getFirst().connectedSince() != null);
                assertThat(gateway.status().hubs().getFirst().address())
                        .isEqualTo(hub.address().toString());
            }
        }
    }

    @Test
    void aRevokedCertificateIsToldInPlainWordsAndNoDocumentIsGivenUpForIt() throws Exception {
        try (var hub = new TestHub(authority, TestHub.first())) {
            var scene = new GatewayScene(root.resolve("dealer"), authority, hub.address());
            try (Gateway gateway = scene.start()) {
                until("connected", () -> gateway.status().hubs().getFirst().connectedSince() != null);
                hub.mailbox().revoke(true);
                scene.put("opel", "claim", "a.xml", "claim a");
                until("refused", () -> !gateway.status().troubles().isEmpty());
                until("not connected", () -> gateway.status().hubs().getFirst().connectedSince() == null);
                until("it waits", () -> gateway.status().brands().getFirst().waitingUp() == 1);
                assertThat(new StatusText(Locale.ENGLISH).of(gateway.status(), Instant.now()))
                        .contains("Hub main: not connected", "! The hub main does not let this gateway in")
                        .contains("may have been revoked", "certificate-revoked")
                        .doesNotContain("asks to come back later");
                assertThat(new StatusText(Locale.FRENCH).of(gateway.status(), Instant.now()))
                        .contains("! Le hub main ne laisse pas entrer", "peut-être été révoqué");

                hub.mailbox().revoke(false); // enrolled again
                until("sent", () -> Files.exists(scene.dms("opel", "done", "claim", "a.xml")));
                until("no trouble", () -> gateway.status().troubles().isEmpty());
            }
        }
    }

    @Test
    void aGatewayThatNeverReachedItsHubSaysSo() throws Exception {
        var scene = new GatewayScene(root.resolve("dealer"), authority, URI.create("https://127.0.0.1:1"));
        try (Gateway gateway = scene.start()) {
            until("the trouble", () -> !gateway.status().troubles().isEmpty());
            assertThat(new StatusText(Locale.ENGLISH).of(gateway.status(), Instant.now()))
                    .contains("running", "Hub main: not connected (trying https://127.0.0.1:1).")
                    .contains("! The hub cannot be reached at https://127.0.0.1:1", "Check the Internet line");
        }
    }

    @Test
    void aHubThatMovesBetweenItsAddressesIsFollowedThereAndBack() throws Exception {
        var first = new TestHub(authority, TestHub.first());
        var second = new TestHub(authority, TestHub.first());
        var scene = new GatewayScene(root.resolve("dealer"), authority, first.address(), second.address());
        try (Gateway gateway = scene.start()) {
            worksAt(gateway, scene, first, "a");

            first.close();
            worksAt(gateway, scene, second, "b");
            assertThat(gateway.status().troubles()).isEmpty();

            second.close();
            try (var again =
                    new TestHub(authority, TestHub.first(), first.address().getPort())) {
                worksAt(gateway, scene, again, "c");
                assertThat(gateway.ended()).isNotDone();
            }
        }
    }

    /// A document up and a delivery down; then the status names this address and no trouble.
    private static void worksAt(Gateway gateway, GatewayScene scene, TestHub hub, String name) throws Exception {
        scene.put("opel", "claim", name + ".xml", "claim " + name);
        hub.mailbox().deliver("opel/decision", "d-" + name, "approved " + name);
        until("sent", () -> Files.exists(scene.dms("opel", "done", "claim", name + ".xml")));
        until("handed over", () -> hub.mailbox().pending() == 0);
        assertThat(hub.arrived("opel/claim")).containsExactly("claim " + name);
        assertThat(gateway.status().hubs().getFirst().address())
                .isEqualTo(hub.address().toString());
        until("no trouble", () -> gateway.status().troubles().isEmpty());
    }

    @Test
    void aLargeDeliveryGoesOnWhereItsDownloadBrokeOff() throws Exception {
        try (var hub = new TestHub(authority, TestHub.first())) {
            hub.mailbox().breakLargeDownloads();
            var scene = new GatewayScene(root.resolve("dealer"), authority, hub.address());
            byte[] content = new byte[3_000_000];
            hub.mailbox().deliverLarge("opel/price-list", "prices", content);
            hub.mailbox().deliver("opel/decision", "d-1", "approved");
            try (Gateway gateway = scene.start()) {
                until(
                        "the small one",
                        () -> names(scene.dms("opel", "in", "decision")).size() == 2);
                until("both", () -> hub.mailbox().pending() == 0);
                assertThat(scene.dms("opel", "in", "price-list", "000000000101-prices.txt"))
                        .hasBinaryContent(content);
                assertThat(hub.mailbox().ranges()).hasSize(2).last().asString().startsWith("bytes=");
                assertThat(gateway.ended()).isNotDone();
            }
        }
    }

    @Test
    void aLineThatDiesInADownloadIsCutAndTheDownloadGoesOn() throws Exception {
        try (var hub = new TestHub(authority, TestHub.first())) {
            hub.mailbox().stallLargeDownloads();
            GatewayScene scene = impatient(hub);
            byte[] content = new byte[300_000];
            hub.mailbox().deliverLarge("opel/price-list", "prices", content);
            try (Gateway gateway = scene.start()) {
                until("handed over", () -> hub.mailbox().pending() == 0);
                assertThat(scene.dms("opel", "in", "price-list", "000000000101-prices.txt"))
                        .hasBinaryContent(content);
                assertThat(hub.mailbox().ranges()).hasSize(2).last().asString().startsWith("bytes=");
                assertThat(gateway.ended()).isNotDone();
            }
        }
    }

    @Test
    void aLineThatDiesInTheMiddleOfAnAnswerIsCutAndTheDocumentIsSentOnce() throws Exception {
        try (var hub = new TestHub(authority, TestHub.first(Fault.ANSWER_STALLS))) {
            GatewayScene scene = impatient(hub);
            try (Gateway gateway = scene.start()) {
                scene.put("opel", "claim", "a.xml", "claim a");
                until("sent", () -> Files.exists(scene.dms("opel", "done", "claim", "a.xml")));
                assertThat(hub.arrived("opel/claim")).containsExactly("claim a");
                assertThat(gateway.ended()).isNotDone();
            }
        }
    }

    private GatewayScene impatient(TestHub hub) throws IOException {
        var scene = new GatewayScene(root.resolve("dealer"), authority, hub.address());
        String yaml = Files.readString(scene.file()).replace("silence-max: 45s", "silence-max: 1s");
        Files.writeString(scene.file(), yaml);
        return scene;
    }

    @Test
    void aHubThatDoesNotAcceptTheTimeOfASignatureLosesNothingAndSaysSetTheClock() throws Exception {
        Fault[] wrong = new Fault[20];
        Arrays.fill(wrong, Fault.CLOCK);
        try (var hub = new TestHub(authority, TestHub.first(wrong))) {
            var scene = new GatewayScene(root.resolve("dealer"), authority, "signed: [all]", hub.address());
            try (Gateway gateway = scene.start()) {
                scene.put("opel", "claim", "a.xml", "claim a");
                until("the trouble", () -> kinds(gateway).contains(Kind.CLOCK_WRONG));
                assertThat(new StatusText(Locale.ENGLISH).of(gateway.status(), Instant.now()))
                        .contains("Set the clock of this computer");
                until("sent", () -> Files.exists(scene.dms("opel", "done", "claim", "a.xml")));
                until("no trouble", () -> gateway.status().troubles().isEmpty());
            }
        }
    }

    @Test
    void aHubOfAnotherAuthorityIsToldFromADeadLine() throws Exception {
        var others = new TestAuthority(root.resolve("others"));
        try (var hub = new TestHub(others, TestHub.first())) {
            var scene = new GatewayScene(root.resolve("dealer"), authority, hub.address());
            try (Gateway gateway = scene.start()) {
                until("the trouble", () -> kinds(gateway).contains(Kind.HUB_NOT_SECURE));
                assertThat(kinds(gateway)).doesNotContain(Kind.HUB_UNREACHABLE);
                assertThat(new StatusText(Locale.ENGLISH).of(gateway.status(), Instant.now()))
                        .contains("! Somebody answers at " + hub.address(), "The line works.")
                        .doesNotContain("Check the Internet line");
            }
        }
    }

    /// The document is seen, then somebody sets the clock back by a day: it settles all the same.
    @Test
    void aClockSetBackHoldsUpNothing() throws Exception {
        try (var hub = new TestHub(authority, TestHub.first())) {
            var scene = new GatewayScene(root.resolve("dealer"), authority, hub.address());
            Files.writeString(scene.file(), Files.readString(scene.file()).replace("settle: 0ms", "settle: 1s"));
            var ahead = new AtomicReference<>(Duration.ZERO);
            try (Gateway gateway =
                    Gateway.start(scene.config(), () -> Instant.now().plus(ahead.get()))) {
                scene.put("opel", "claim", "a.xml", "claim a");
                long seen = System.nanoTime() + Duration.ofMillis(500).toNanos(); // it is looked at every 100 ms
                until("a look", () -> System.nanoTime() - seen > 0);
                ahead.set(Duration.ofDays(-1));
                until("taken", () -> !Files.exists(scene.dms("opel", "out", "claim", "a.xml")));
                assertThat(gateway.ended()).isNotDone();
            }
        }
    }

    private static List<Kind> kinds(Gateway gateway) {
        return gateway.status().troubles().stream()
                .map(GatewayStatus.TroubleStatus::kind)
                .toList();
    }

    @Test
    void aSilentLineIsCutAndOpenedAnew() throws Exception {
        try (var hub = new TestHub(authority, TestHub.first())) {
            hub.mailbox().keepSilent(true);
            GatewayScene scene = impatient(hub);
            try (Gateway gateway = scene.start()) {
                until("a second connection", () -> hub.mailbox().connections() >= 2);
                hub.mailbox().keepSilent(false);
                hub.mailbox().deliver("opel/decision", "d-1", "approved");
                until("handed over", () -> hub.mailbox().pending() == 0);
                assertThat(gateway.ended()).isNotDone();
            }
        }
    }

    @Test
    void aFlowListedUnderSignedIsSigned() throws Exception {
        try (var hub = new TestHub(authority, TestHub.first())) {
            var scene = new GatewayScene(root.resolve("dealer"), authority, "signed: [opel/claim]", hub.address());
            try (Gateway gateway = scene.start()) {
                scene.put("opel", "claim", "a.xml", "claim a");
                scene.put("opel", "order", "b.xml", "order b");
                until("both sent", () -> hub.requests().size() == 2);
                assertThat(hub.requests())
                        .filteredOn(headers -> headers.containsKey("signature-input"))
                        .singleElement()
                        .satisfies(headers -> assertThat(headers).containsEntry("ce-type", "opel/claim"));
                assertThat(gateway.ended()).isNotDone();
            }
        }
    }

    @Test
    void aFileOfABrandThatNoHubServesIsToldAbout() throws Exception {
        try (var hub = new TestHub(authority, TestHub.first())) {
            var scene = new GatewayScene(root.resolve("dealer"), authority, hub.address());
            try (Gateway gateway = scene.start()) {
                scene.put("ople", "claim", "a.xml", "claim a");
                until("the trouble", () -> kinds(gateway).contains(Kind.BRAND_NOT_SERVED));
                assertThat(new StatusText(Locale.ENGLISH).of(gateway.status(), Instant.now()))
                        .contains("! Files lie in the folder " + scene.dms("ople", "out") + ", whose brand no hub");
                Files.delete(scene.dms("ople", "out", "claim", "a.xml"));
                until("no trouble", () -> kinds(gateway).isEmpty());
            }
        }
    }

    @Test
    void twoGatewaysNeverWorkOnOneFolder() throws Exception {
        try (var hub = new TestHub(authority, TestHub.first())) {
            var scene = new GatewayScene(root.resolve("dealer"), authority, hub.address());
            try (Gateway gateway = scene.start()) {
                assertThatThrownBy(scene::start)
                        .isInstanceOf(IOException.class)
                        .hasMessageContaining("Another gateway works on");
                assertThat(gateway.ended()).isNotDone();
            }
            scene.start().close();
        }
    }

    @Test
    void aGatewayThatIsNotEnrolledSaysWhatToDo() throws Exception {
        var scene = new GatewayScene(root.resolve("dealer"), authority, URI.create("https://127.0.0.1:1"));
        Files.delete(scene.data().resolve("identity").resolve("credential.pem"));

        assertThatThrownBy(scene::start).hasMessageContaining("one-time code");
    }
}
