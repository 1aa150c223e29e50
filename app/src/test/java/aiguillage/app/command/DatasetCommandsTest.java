package aiguillage.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import aiguillage.app.call.Caller;
import aiguillage.app.testing.Ran;
import aiguillage.app.testing.StartedHub;
import aiguillage.dataset.layer.Layer;
import aiguillage.pki.CertificateAuthority;
import aiguillage.pki.CertificateRequest;
import aiguillage.pki.CertificateUse;
import aiguillage.pki.Credential;
import aiguillage.pki.EcKeys;
import aiguillage.pki.TrustAnchors;
import aiguillage.protocol.PartyId;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPair;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// What publishers and the operator type about datasets, against a hub in this process.
class DatasetCommandsTest {

    private static final String PRICES = "opel/parts-prices";
    private static final String MARKED = "opel/marked-prices";

    private static final String DATASETS = """
            datasets:
              opel/parts-prices:
                from: manufacturer
                to: dealer
                columns:
                  - { name: part, key: true }
                  - { name: price, type: decimal, required: true, sensitive: true }
                csv: { actions: { column: action } }
                json: {}
                guards: { least: { price: 0.01 }, changed-max: { price: 50 } }
              opel/marked-prices:
                from: manufacturer
                to: dealer
                columns:
                  - { name: part, key: true }
                  - { name: description, language: fr }
                  - { name: price, type: decimal }
                csv: {}
                marks: { texts: [description], prices: [price] }
            """;

    @TempDir
    Path folder;

    private StartedHub hub;

    @BeforeEach
    void start() throws Exception {
        hub = new StartedHub(folder.resolve("hub"));
        Path flows = hub.file("flows.yaml");
        String parties = "parties:\n"
                + Stream.of("opel", "opel-second")
                        .map(party -> "  " + party + ": { roles: [manufacturer], brands: [opel], region: eu }\n")
                        .reduce("", String::concat);
        Files.writeString(flows, Files.readString(flows).replace("parties:\n", parties) + DATASETS);
        Ran applied = Ran.command("flows", "apply", flows, "--config", hub.yaml());
        assertThat(applied.exit()).as(applied.err()).isZero();
        for (String party : new String[] {"opel", "opel-second", "dealer-7"}) {
            credential(party).write(pem(party));
        }
    }

    @AfterEach
    void stop() {
        hub.close();
    }

    private Credential credential(String party) throws IOException {
        KeyPair pair = EcKeys.generate();
        var id = new PartyId(party);
        return new Credential(
                pair.getPrivate(),
                CertificateAuthority.openIssuing(hub.file("ca"))
                        .issue(
                                CertificateRequest.create(pair, id),
                                id,
                                new CertificateUse.Client(),
                                Duration.ofDays(30),
                                Instant.now()));
    }

    private Path pem(String party) {
        return folder.resolve(party + ".pem");
    }

    /// A `dataset` command as a party.
    private Ran as(String party, Object... arguments) {
        return Ran.command(Stream.of(
                        Stream.of("dataset"),
                        Stream.of(arguments),
                        Stream.of(
                                "--hub",
                                hub.mainUri(),
                                "--credential",
                                pem(party),
                                "--root",
                                hub.file("ca/root/certificate.pem")))
                .flatMap(part -> part)
                .toArray());
    }

    /// A `dataset` command as the operator.
    private Ran operator(Object... arguments) {
        return Ran.command(Stream.of(Stream.of("dataset"), Stream.of(arguments), Stream.of("--config", hub.yaml()))
                .flatMap(part -> part)
                .toArray());
    }

    private Path file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    private Path first() throws IOException {
        return file("prices.csv", "part,price\np1,10.00\np2,20.00\n");
    }

    private void publish(Path file, Object... more) {
        Ran ran = as(
                "opel",
                Stream.concat(Stream.of("publish", PRICES, file), Stream.of(more))
                        .toArray());
        assertThat(ran.exit()).as(ran.toString()).isZero();
    }

    @Test
    void aListBecomesAVersionAndItIsSaidWhatItChanged() throws Exception {
        Ran first = as("opel", "publish", PRICES, first());
        assertThat(first.exit()).as(first.err()).isZero();
        assertThat(first.out())
                .startsWith(PRICES + ": version 1 holds from ")
                .contains("2 lines, 2 keys: 2 added, 0 changed, 0 removed.");

        JsonNode second = as("opel", "publish", PRICES, file("next.csv", "part,price\np1,11.00\np3,30.00\n"), "--json")
                .json();
        assertThat(second.path("version").asLong()).isEqualTo(2);
        assertThat(second.path("added").asLong()).isEqualTo(1);
        assertThat(second.path("changed").asLong()).isEqualTo(1);
        assertThat(second.path("removed").asLong()).isEqualTo(1);
        assertThat(second.has("receipt")).isTrue();

        Ran same = as("opel", "publish", PRICES, folder.resolve("next.csv"));
        assertThat(same.exit()).isZero();
        assertThat(same.out()).contains("nothing changed; all 2 lines are as they were");

        Ran versions = as("opel-second", "versions", PRICES);
        assertThat(versions.out())
                .startsWith("VERSION  HOLDS FROM")
                .containsPattern("1 .*\\+2 ~0 -0 +opel +past\\R")
                .containsPattern("2 .*\\+1 ~1 -1 +opel +in force\\R");
        assertThat(operator("versions", PRICES).out()).isEqualTo(versions.out());
        assertThat(operator("versions", PRICES, "--json").json()).hasSize(2);
    }

    @Test
    void aDeltaAndAListInJsonArePublishedToo() throws Exception {
        publish(first());
        publish(file("delta.csv", "part,price,action\np2,20.00,remove\np3,30.00,put\n"), "--delta");
        Path list = file("list.txt", "{\"part\":\"p1\",\"price\":10.00}\n");
        Ran unnamed = as("opel", "publish", PRICES, list);
        assertThat(unnamed.exit()).isEqualTo(2);
        assertThat(unnamed.err()).contains("--format");
        JsonNode third = as("opel", "publish", PRICES, list, "--format", "json", "--json")
                .json();
        assertThat(third.path("version").asLong()).isEqualTo(3);
        assertThat(third.path("removed").asLong()).isEqualTo(1);
        Ran foreign = as("opel", "publish", PRICES, first(), "--format", "star");
        assertThat(foreign.exit()).isEqualTo(1);
        assertThat(foreign.err()).contains("text/csv");
    }

    @Test
    void aRefusalPrintsTheReportAndNamesTheFileOfOffendingLines() throws Exception {
        publish(first());
        Path wrong = file("wrong.csv", "part,price\np1,10.00\np2,-1.00\n");
        Ran refused = as("opel", "publish", PRICES, wrong);
        assertThat(refused.exit()).isEqualTo(1);
        assertThat(refused.err())
                .startsWith("Refused; the version in force stays.")
                .contains("column 2 \"price\"", "line 3")
                .contains(wrong + ".offending.tsv")
                .doesNotContain("-1.00");
        assertThat(Path.of(wrong + ".offending.tsv")).content().contains("p2,-1.00");

        JsonNode again = as("opel", "publish", PRICES, wrong, "--json", "--lines", folder.resolve("lines.tsv"))
                .json();
        assertThat(again.path("refused").asBoolean()).isTrue();
        assertThat(again.path("lines").asString())
                .isEqualTo(folder.resolve("lines.tsv").toString());
        String report = again.path("report").asString();
        Ran read = operator("report", PRICES, report, "--lines", folder.resolve("operator.tsv"));
        assertThat(read.exit()).as(read.err()).isZero();
        assertThat(read.out()).startsWith("Refused;").contains("The offending lines are in ");
        assertThat(folder.resolve("operator.tsv")).content().contains("p2,-1.00");
        assertThat(as("opel", "versions", PRICES, "--json").json()).hasSize(1);
    }

    @Test
    void whatIsHeldIsReleasedByAnotherOrDiscarded() throws Exception {
        publish(first());
        Ran held = as("opel", "publish", PRICES, file("high.csv", "part,price\np1,99.00\np2,20.00\n"));
        assertThat(held.exit()).isEqualTo(1);
        assertThat(held.out()).contains("waits for a second person", "aiguillage dataset release " + PRICES + " ");
        JsonNode waiting = operator("held", PRICES, "--json").json();
        assertThat(waiting).hasSize(1);
        long number = waiting.get(0).path("held").asLong();
        assertThat(as("opel-second", "held", PRICES).out())
                .startsWith("HELD")
                .contains("Held " + number + ":", "price");

        Ran own = as("opel", "release", PRICES, number);
        assertThat(own.exit()).isEqualTo(1);
        assertThat(own.err()).startsWith("It was published by opel: another must release it.");
        Ran released = as("opel-second", "release", PRICES, number);
        assertThat(released.exit()).as(released.err()).isZero();
        assertThat(released.out()).startsWith(PRICES + ": version 2 holds from ");

        JsonNode more = as("opel", "publish", PRICES, file("more.csv", "part,price\np1,300.00\np2,20.00\n"), "--json")
                .json();
        Ran discarded = operator("discard", PRICES, more.path("held").asLong());
        assertThat(discarded.exit()).as(discarded.err()).isZero();
        assertThat(discarded.out()).contains("is discarded: recorded at entry ");
        assertThat(operator("held", PRICES, "--json").json()).isEmpty();
    }

    @Test
    void aVersionBeforeItsTimeIsWithdrawnAndOneThatHoldsIsRolledBack() throws Exception {
        publish(first());
        Instant tomorrow = Instant.now().plus(Duration.ofDays(1)).truncatedTo(ChronoUnit.SECONDS);
        Path next = file("next.csv", "part,price\np1,11.00\np2,20.00\n");
        publish(next, "--sealed", "--effective", tomorrow);
        assertThat(as("opel", "versions", PRICES).out()).containsPattern("2 .* sealed\\R");
        Ran holds = as("opel", "withdraw", PRICES, 1);
        assertThat(holds.exit()).isEqualTo(1);
        Ran withdrawn = as("opel", "withdraw", PRICES, 2);
        assertThat(withdrawn.exit()).as(withdrawn.err()).isZero();
        assertThat(as("opel", "versions", PRICES).out()).containsPattern("2 .* withdrawn\\R");

        publish(next);
        Ran restored = operator("restore", PRICES, 1);
        assertThat(restored.exit()).as(restored.err()).isZero();
        assertThat(restored.out())
                .startsWith(PRICES + ": version 4 holds from ")
                .contains("1 changed");
        assertThat(as("opel", "versions", PRICES, "--json")
                        .json()
                        .get(3)
                        .path("restores")
                        .asLong())
                .isEqualTo(1);
    }

    @Test
    void anInstantThatMakesNoSenseIsAUsageError() throws Exception {
        Ran sealed = as("opel", "publish", PRICES, first(), "--sealed");
        assertThat(sealed.exit()).isEqualTo(2);
        assertThat(sealed.err()).startsWith("--sealed needs --effective");
        Ran day = as("opel", "publish", PRICES, first(), "--effective", "2026-04-01");
        assertThat(day.exit()).isEqualTo(2);
        assertThat(day.err()).contains("with its offset from UTC");
        Ran late = as("opel", "publish", PRICES, first(), "--sealed", "--effective", "2026-01-01T00:00:00Z");
        assertThat(late.exit()).isZero();
        assertThat(late.out()).contains("has passed").contains("was not sealed");
    }

    @Test
    void thePartyMayBeThatOfAGateway() throws Exception {
        Path own = folder.resolve("opel");
        Path identity = Files.createDirectories(own.resolve("data/identity"));
        Files.copy(pem("opel"), identity.resolve("credential.pem"));
        Files.setPosixFilePermissions(identity.resolve("credential.pem"), PosixFilePermissions.fromString("rw-------"));
        Files.copy(hub.file("ca/root/certificate.pem"), identity.resolve("root.pem"));
        Path yaml = Files.writeString(own.resolve("gateway.yaml"), """
                party: opel
                hubs: [{ name: main, addresses: [%s], brands: [opel] }]
                """.formatted(hub.mainUri()));
        Ran published = Ran.command("dataset", "publish", PRICES, first(), "--gateway", yaml);
        assertThat(published.exit()).as(published.err()).isZero();
        Ran other = Ran.command("dataset", "versions", "citroen/prices", "--gateway", yaml);
        assertThat(other.exit()).isEqualTo(78);
        assertThat(other.err()).contains("no hub that serves citroen");
    }

    @Test
    void whoMayNotPublishLearnsNothing() throws Exception {
        Ran dealer = as("dealer-7", "publish", PRICES, first());
        assertThat(dealer.exit()).isEqualTo(1);
        assertThat(dealer.err()).doesNotContain("opel-second");
        Ran none = as("opel", "publish", "opel/others", folder.resolve("prices.csv"));
        assertThat(none.err()).isEqualTo(dealer.err());
        assertThat(operator("publish", PRICES, folder.resolve("prices.csv")).exit())
                .isEqualTo(2);
        Ran nobody = Ran.command("dataset", "publish", PRICES, folder.resolve("prices.csv"));
        assertThat(nobody.exit()).isEqualTo(2);
        assertThat(nobody.err()).contains("--credential", "--gateway");
        assertThat(as("opel", "publish", PRICES, folder.resolve("none.csv")).exit())
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
        Credential credential = Credential.read(pem(party), pem(party));
        TrustAnchors anchors = TrustAnchors.read(hub.file("ca/root/certificate.pem"));
        Path layer = folder.resolve("layer");
        try (var caller = Caller.withCertificate(URI.create(hub.mainUri()), credential, anchors, null)) {
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
        return file("leaked.csv", lines.toString());
    }

    @Test
    void aLeakedCopyIsTracedToItsReader() throws Exception {
        assertThat(as("opel", "publish", MARKED, file("marked.csv", list())).exit())
                .isZero();
        Path leaked = copy("dealer-7");
        Ran traced = operator("trace", MARKED, "--of", 1, leaked);
        assertThat(traced.exit()).as(traced.toString()).isZero();
        assertThat(traced.out())
                .containsPattern("dealer-7 .*1 in .*ACCUSED\\R")
                .contains("Accused: dealer-7. The probability that anybody innocent is accused is at most 1 in ");
        JsonNode facts = operator("trace", MARKED, "--of", 1, leaked, "--json").json();
        assertThat(facts.path("suspects").get(0).path("innocentMax").asDouble()).isLessThan(1e-6);
    }

    @Test
    void anExcerptAccusesNobodyWhoseMarksAreNotInIt() throws Exception {
        Path file = file("marked.csv", list());
        assertThat(as("opel", "publish", MARKED, file).exit()).isZero();
        Ran traced = operator("trace", MARKED, "--of", 1, file("excerpt.csv", list().substring(0, 500)));
        assertThat(traced.exit()).as(traced.toString()).isEqualTo(1);
        assertThat(traced.out()).contains("Nobody can be accused", "at most 1 in ", "Do not act on");
        JsonNode facts = operator("trace", MARKED, "--of", 1, folder.resolve("excerpt.csv"), "--json")
                .json();
        assertThat(facts.path("falseAccusationsMax").asDouble()).isEqualTo(1e-6);
        assertThat(as("opel", "trace", MARKED, "--of", 1, file).exit()).isEqualTo(2);
        Ran unmarked = operator("trace", PRICES, "--of", 1, file);
        assertThat(unmarked.exit()).isEqualTo(1);
        assertThat(unmarked.err()).startsWith("No version 1 stands.");
    }
}
