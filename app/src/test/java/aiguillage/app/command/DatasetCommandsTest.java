package aiguillage.app.command;

import static aiguillage.app.testing.DatasetScene.MARKED;
import static aiguillage.app.testing.DatasetScene.PRICES;
import static org.assertj.core.api.Assertions.assertThat;

import aiguillage.app.call.Caller;
import aiguillage.app.testing.DatasetScene;
import aiguillage.app.testing.Ran;
import aiguillage.dataset.layer.Layer;
import aiguillage.pki.Credential;
import aiguillage.pki.TrustAnchors;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// What publishers and the operator type about datasets, against a hub in this process.
class DatasetCommandsTest {

    @TempDir
    Path folder;

    private DatasetScene scene;

    @BeforeEach
    void start() throws Exception {
        scene = new DatasetScene(folder);
    }

    @AfterEach
    void stop() {
        scene.close();
    }

    private Path first() throws IOException {
        return scene.file("prices.csv", "part,price\np1,10.00\np2,20.00\n");
    }

    @Test
    void aListBecomesAVersionAndItIsSaidWhatItChanged() throws Exception {
        Ran first = scene.as("opel", "publish", PRICES, first());
        assertThat(first.exit()).as(first.err()).isZero();
        assertThat(first.out())
                .startsWith(PRICES + ": version 1 holds from ")
                .contains("2 lines, 2 keys: 2 added, 0 changed, 0 removed.");

        JsonNode second = scene.as(
                        "opel", "publish", PRICES, scene.file("next.csv", "part,price\np1,11.00\np3,30.00\n"), "--json")
                .json();
        assertThat(second.path("version").asLong()).isEqualTo(2);
        assertThat(second.path("added").asLong()).isEqualTo(1);
        assertThat(second.path("changed").asLong()).isEqualTo(1);
        assertThat(second.path("removed").asLong()).isEqualTo(1);
        assertThat(second.has("receipt")).isTrue();

        Ran same = scene.as("opel", "publish", PRICES, folder.resolve("next.csv"));
        assertThat(same.exit()).isZero();
        assertThat(same.out()).contains("nothing changed; all 2 lines are as they were");

        Ran versions = scene.as("opel-second", "versions", PRICES);
        assertThat(versions.out())
                .startsWith("VERSION  HOLDS FROM")
                .containsPattern("1 .*\\+2 ~0 -0 +opel +past\\R")
                .containsPattern("2 .*\\+1 ~1 -1 +opel +in force\\R");
        assertThat(scene.operator("versions", PRICES).out()).isEqualTo(versions.out());
        assertThat(scene.operator("versions", PRICES, "--json").json()).hasSize(2);
    }

    @Test
    void aDeltaAndAListInJsonArePublishedToo() throws Exception {
        scene.publish(first());
        scene.publish(scene.file("delta.csv", "part,price,action\np2,20.00,remove\np3,30.00,put\n"), "--delta");
        Path list = scene.file("list.txt", "{\"part\":\"p1\",\"price\":10.00}\n");
        Ran unnamed = scene.as("opel", "publish", PRICES, list);
        assertThat(unnamed.exit()).isEqualTo(2);
        assertThat(unnamed.err()).contains("--format");
        JsonNode third = scene.as("opel", "publish", PRICES, list, "--format", "json", "--json")
                .json();
        assertThat(third.path("version").asLong()).isEqualTo(3);
        assertThat(third.path("removed").asLong()).isEqualTo(1);
        Ran foreign = scene.as("opel", "publish", PRICES, first(), "--format", "star");
        assertThat(foreign.exit()).isEqualTo(1);
        assertThat(foreign.err())
                .startsWith("This dataset takes ")
                .contains("text/csv (--format csv)", "came as \"application/xml\"", "csv, json or star");
    }

    @Test
    void aRefusalPrintsTheReportAndNamesTheFileOfOffendingLines() throws Exception {
        scene.publish(first());
        Path wrong = scene.file("wrong.csv", "part,price\np1,10.00\np2,-1.00\n");
        Ran refused = scene.as("opel", "publish", PRICES, wrong);
        assertThat(refused.exit()).isEqualTo(1);
        assertThat(refused.err())
                .startsWith("Refused; the version in force stays.")
                .contains("column 2 \"price\"", "line 3")
                .contains(wrong + ".offending.tsv")
                .doesNotContain("-1.00");
        assertThat(Path.of(wrong + ".offending.tsv")).content().contains("p2,-1.00");

        JsonNode again = scene.as("opel", "publish", PRICES, wrong, "--json", "--lines", folder.resolve("lines.tsv"))
                .json();
        assertThat(again.path("refused").asBoolean()).isTrue();
        assertThat(again.path("lines").asString())
                .isEqualTo(folder.resolve("lines.tsv").toString());
        String report = again.path("report").asString();
        Ran read = scene.operator("report", PRICES, report, "--lines", folder.resolve("operator.tsv"));
        assertThat(read.exit()).as(read.err()).isZero();
        assertThat(read.out()).startsWith("Refused;").contains("The offending lines are in ");
        assertThat(folder.resolve("operator.tsv")).content().contains("p2,-1.00");
        assertThat(scene.as("opel", "versions", PRICES, "--json").json()).hasSize(1);
    }

    @Test
    void whatIsHeldIsReleasedByAnotherOrDiscarded() throws Exception {
        scene.publish(first());
        Ran held = scene.as("opel", "publish", PRICES, scene.file("high.csv", "part,price\np1,99.00\np2,20.00\n"));
        assertThat(held.exit()).as("held, and not refused").isEqualTo(3);
        assertThat(held.out()).contains("waits for a second person", "aiguillage dataset release " + PRICES + " ");
        JsonNode waiting = scene.operator("held", PRICES, "--json").json();
        assertThat(waiting).hasSize(1);
        long number = waiting.get(0).path("held").asLong();
        assertThat(scene.as("opel-second", "held", PRICES).out())
                .startsWith("HELD")
                .contains("Held " + number + ":", "price");

        Ran own = scene.as("opel", "release", PRICES, number);
        assertThat(own.exit()).isEqualTo(1);
        assertThat(own.err()).startsWith("What you published cannot be released by you. It was published by opel:");
        Ran released = scene.as("opel-second", "release", PRICES, number);
        assertThat(released.exit()).as(released.err()).isZero();
        assertThat(released.out()).startsWith(PRICES + ": version 2 holds from ");

        JsonNode more = scene.as(
                        "opel",
                        "publish",
                        PRICES,
                        scene.file("more.csv", "part,price\np1,300.00\np2,20.00\n"),
                        "--json")
                .json();
        Ran discarded = scene.operator("discard", PRICES, more.path("held").asLong());
        assertThat(discarded.exit()).as(discarded.err()).isZero();
        assertThat(discarded.out()).contains("is discarded: recorded at entry ");
        assertThat(scene.operator("held", PRICES, "--json").json()).isEmpty();
    }

    @Test
    void aVersionBeforeItsTimeIsWithdrawnAndOneThatHoldsIsRolledBack() throws Exception {
        scene.publish(first());
        Instant tomorrow = Instant.now().plus(Duration.ofDays(1)).truncatedTo(ChronoUnit.SECONDS);
        Path next = scene.file("next.csv", "part,price\np1,11.00\np2,20.00\n");
        Ran sealed = scene.as("opel", "publish", PRICES, next, "--sealed", "--effective", tomorrow);
        assertThat(sealed.out()).endsWith("It is sealed until then: nobody can read it before.\n");
        assertThat(scene.as("opel", "versions", PRICES).out()).containsPattern("2 .* sealed\\R");
        Ran holds = scene.as("opel", "withdraw", PRICES, 1);
        assertThat(holds.exit()).isEqualTo(1);
        assertThat(holds.err()).contains("Version 1 holds since ", "restore an earlier one");
        assertThat(scene.as("opel", "withdraw", PRICES, 55).err()).contains("There is no version 55.");
        Ran withdrawn = scene.as("opel", "withdraw", PRICES, 2);
        assertThat(withdrawn.exit()).as(withdrawn.err()).isZero();
        assertThat(scene.as("opel", "withdraw", PRICES, 2).err()).contains("Version 2 was withdrawn already.");
        assertThat(scene.as("opel", "versions", PRICES).out()).containsPattern("2 .* withdrawn\\R");

        scene.publish(next);
        Ran restored = scene.operator("restore", PRICES, 1);
        assertThat(restored.exit()).as(restored.err()).isZero();
        assertThat(restored.out())
                .startsWith(PRICES + ": version 4 holds from ")
                .contains("1 changed");
        JsonNode fourth = scene.as("opel", "versions", PRICES, "--json").json().get(3);
        assertThat(fourth.path("restores").asLong()).isEqualTo(1);
        String second = Instant.parse(fourth.path("effective").asString())
                .plusNanos(999_999_999)
                .truncatedTo(ChronoUnit.SECONDS)
                .toString();
        assertThat(scene.as("opel", "versions", PRICES).out())
                .as("with seconds, for lookup --at")
                .containsPattern("4 +" + second + " .* in force, restores 1\\R");
    }

    @Test
    void anInstantThatMakesNoSenseIsAUsageError() throws Exception {
        Ran sealed = scene.as("opel", "publish", PRICES, first(), "--sealed");
        assertThat(sealed.exit()).isEqualTo(2);
        assertThat(sealed.err()).startsWith("--sealed needs --effective");
        Ran day = scene.as("opel", "publish", PRICES, first(), "--effective", "2026-04-01");
        assertThat(day.exit()).isEqualTo(2);
        assertThat(day.err()).contains("with its offset from UTC");
        Ran late = scene.as("opel", "publish", PRICES, first(), "--sealed", "--effective", "2026-01-01T00:00:00Z");
        assertThat(late.exit()).isZero();
        assertThat(late.out()).contains("has passed").contains("was not sealed");
    }

    @Test
    void thePartyMayBeThatOfAGateway() throws Exception {
        Path yaml = scene.gateway("opel", "");
        Ran published = Ran.command("dataset", "publish", PRICES, first(), "--gateway", yaml);
        assertThat(published.exit()).as(published.err()).isZero();
        Ran other = Ran.command("dataset", "versions", "citroen/prices", "--gateway", yaml);
        assertThat(other.exit()).isEqualTo(78);
        assertThat(other.err()).contains("no hub that serves citroen");
    }

    @Test
    void whatIsWrongWithACertificateIsASentence() throws Exception {
        Path other = folder.resolve("other");
        assertThat(Ran.command("ca", "init", "--folder", other).exit()).isZero();
        Path root = other.resolve("root/certificate.pem");
        Path foreign = scene.foreign("opel", other);
        String hub = scene.hub().mainUri();
        assertThat(versions(hub, foreign, scene.root()).err())
                .startsWith("The hub at " + hub + " does not accept this certificate (--credential)");
        assertThat(versions(hub, scene.pem("opel"), root).err())
                .startsWith("The certificate of the hub at " + hub + " is not of this root (--root).");
    }

    private static Ran versions(String hub, Path credential, Path root) {
        Ran ran = Ran.command("dataset", "versions", PRICES, "--hub", hub, "--credential", credential, "--root", root);
        assertThat(ran.exit()).as(ran.toString()).isEqualTo(69);
        return ran;
    }

    @Test
    void whoMayNotPublishLearnsNothing() throws Exception {
        Ran dealer = scene.as("dealer-7", "publish", PRICES, first());
        assertThat(dealer.exit()).isEqualTo(1);
        assertThat(dealer.err()).doesNotContain("opel-second");
        Ran none = scene.as("opel", "publish", "opel/others", folder.resolve("prices.csv"));
        assertThat(none.err()).isEqualTo(dealer.err());
        assertThat(scene.operator("publish", PRICES, folder.resolve("prices.csv"))
                        .exit())
                .isEqualTo(2);
        Ran nobody = Ran.command("dataset", "publish", PRICES, folder.resolve("prices.csv"));
        assertThat(nobody.exit()).isEqualTo(2);
        Ran here = Ran.command("dataset", "versions", PRICES);
        assertThat(here.exit()).isEqualTo(78);
        assertThat(here.err()).contains("There is no hub.yaml here", "--gateway gateway.yaml");
        assertThat(nobody.err()).contains("--credential", "--gateway");
        assertThat(scene.as("opel", "publish", PRICES, folder.resolve("none.csv"))
                        .exit())
                .isEqualTo(69);
    }

    private static String list() {
        var list = new StringBuilder("part,description,price\n");
        for (int i = 0; i < 4_000; i++) {
            list.append(String.format(
                    Locale.ROOT, "%d,Joint de porte avant gauche no %d,%d.50%n", 100_000 + 7 * i, i, 10 + i));
        }
        return list.toString();
    }

    /// A reader's copy of version 1, with the reader's own marks.
    private Path copy(String party) throws IOException {
        Credential credential = Credential.read(scene.pem(party), scene.pem(party));
        TrustAnchors anchors = TrustAnchors.read(scene.root());
        Path layer = folder.resolve("layer");
        try (var caller = Caller.withCertificate(URI.create(scene.hub().mainUri()), credential, anchors, null)) {
            assertThat(caller.save("/v1/datasets/" + MARKED + "/versions/1/layer?from=0", layer))
                    .isTrue();
        }
        var lines = new StringBuilder();
        try (Layer open = Layer.open(layer, null)) {
            open.all()
                    .forEachRemaining(
                            change -> lines.append(change.key().cells().getFirst())
                                    .append(';')
                                    .append(change.rows().list().getFirst().cells().stream()
                                            .map(String::valueOf)
                                            .collect(Collectors.joining(";")))
                                    .append('\n'));
        }
        return scene.file("leaked.csv", lines.toString());
    }

    @Test
    void aLeakedCopyIsTracedToItsReader() throws Exception {
        assertThat(scene.as("opel", "publish", MARKED, scene.file("marked.csv", list()))
                        .exit())
                .isZero();
        Path leaked = copy("dealer-7");
        Ran traced = scene.operator("trace", MARKED, "--of", 1, leaked);
        assertThat(traced.exit()).as(traced.toString()).isZero();
        assertThat(traced.out())
                .containsPattern("dealer-7 .*1 in .*ACCUSED\\R")
                .contains("Accused: dealer-7. The probability that anybody innocent is accused is at most 1 in ");
        JsonNode facts =
                scene.operator("trace", MARKED, "--of", 1, leaked, "--json").json();
        assertThat(facts.path("suspects").get(0).path("innocentMax").asDouble()).isLessThan(1e-6);
    }

    @Test
    void anExcerptAccusesNobodyWhoseMarksAreNotInIt() throws Exception {
        Path file = scene.file("marked.csv", list());
        assertThat(scene.as("opel", "publish", MARKED, file).exit()).isZero();
        Ran traced = scene.operator("trace", MARKED, "--of", 1, scene.file("excerpt.csv", list().substring(0, 500)));
        assertThat(traced.exit()).as(traced.toString()).isEqualTo(1);
        assertThat(traced.out()).contains("Nobody can be accused", "at most 1 in ");
        assertThat(traced.out())
                .as("the marks are another hub's each time: none may be in what looks like them")
                .containsAnyOf("Do not act on", "0 marks were read");
        JsonNode facts = scene.operator("trace", MARKED, "--of", 1, folder.resolve("excerpt.csv"), "--json")
                .json();
        assertThat(facts.path("falseAccusationsMax").asDouble()).isEqualTo(1e-6);
        Ran none = scene.operator("trace", MARKED, "--of", 1, scene.file("none.xml", "<nothing/>\n"));
        assertThat(none.out()).contains("an excerpt is lines of cells").doesNotContain("names above");
        assertThat(scene.as("opel", "trace", MARKED, "--of", 1, file).exit()).isEqualTo(2);
        Ran unmarked = scene.operator("trace", PRICES, "--of", 1, file);
        assertThat(unmarked.exit()).isEqualTo(1);
        assertThat(unmarked.err()).startsWith("No version 1 stands.");
    }

    @Test
    void whoLooksKeysUpInTheirOrderIsShownAsUnusual() throws Exception {
        assertThat(scene.as("opel", "publish", PRICES, scene.file("long.csv", keys(40)))
                        .exit())
                .isZero();
        String keys = IntStream.range(0, 40)
                .mapToObj(i -> "[\"" + (1_000 + i) + "\"]")
                .collect(Collectors.joining(",", "{\"keys\":[", "]}"));
        Credential credential = Credential.read(scene.pem("dealer-7"), scene.pem("dealer-7"));
        TrustAnchors anchors = TrustAnchors.read(scene.root());
        try (var caller = Caller.withCertificate(URI.create(scene.hub().mainUri()), credential, anchors, null)) {
            caller.text(caller.request("/v1/datasets/" + PRICES + "/lookups")
                    .POST(HttpRequest.BodyPublishers.ofString(keys))
                    .build());
        }
        assertThat(scene.operator("reading", PRICES).out())
                .startsWith("PARTY")
                .containsPattern("dealer-7 +40 +0 +0 +40 +keys in their order\\R");
        JsonNode facts = scene.operator("reading", PRICES, "--json").json();
        assertThat(facts.get(0).path("crawl").asBoolean()).isTrue();
    }

    private static String keys(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> (1_000 + i) + ",1.00\n")
                .collect(Collectors.joining("", "part,price\n", ""));
    }
}
