package aiguillage.app.pages;

import static org.assertj.core.api.Assertions.assertThat;

import aiguillage.app.testing.Ran;
import aiguillage.app.testing.Shell;
import aiguillage.app.testing.StartedHub;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What the pages tell people to type is typed, in their order, as it stands; only ports are free ones and the
/// words in capitals are what a reader would put there.
@Timeout(360)
@Execution(ExecutionMode.CONCURRENT)
class PagesRunTest {

    private static final Pattern BLOCK = Pattern.compile("^```(\\w*)\\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL);
    private static final Pattern REMARK = Pattern.compile("\\s{2,}#.*$");
    private static final Pattern ELSEWHERE = Pattern.compile("/4[24]/|position=17|from=50|receipts/17|/signature");
    private static final Pattern FINGERPRINT = Pattern.compile("(?:[0-9A-F]{2}:){31}[0-9A-F]{2}");

    @TempDir
    Path folder;

    private String code = "";
    private String fingerprint = "";

    @Test
    void gettingStartedByHandWorksAsItIsPrinted() throws Exception {
        try (var shell = new Shell(folder)) {
            type(shell, blocks(Path.of("../docs/start.md")));
            assertThat(shell.must("ls dealer-7/dms/opel/done/warranty-claim")).contains("claim.xml.receipt.json");
            requireFound(shell);
            type(shell, blocks(Path.of("../docs/datasets.md")));
            requirePrices(shell);
        }
    }

    /// The guide to datasets goes on where getting started ended: a list, a better one, a mistake, and back.
    private static void requirePrices(Shell shell) throws Exception {
        JsonNode versions =
                JsonMapper.shared().readTree(shell.must("aiguillage dataset versions opel/parts-prices --json"));
        assertThat(versions.get(2).path("restores").asLong()).isEqualTo(1);
        assertThat(shell.must("aiguillage dataset held opel/parts-prices")).contains("Held ", "price");
        shell.soon("aiguillage dataset lookup opel/parts-prices 101 --config dealer-7/gateway.yaml"
                + " | grep -q 'by version 3'");
    }

    /// A claim is found by its number, its VIN and its id alike; the proof of every step verifies.
    private static void requireFound(Shell shell) throws Exception {
        String number = shell.must("grep -om1 'W-[0-9A-Z-]*' claim.xml").strip();
        shell.soon("aiguillage where " + number + " | grep -q delivered");
        JsonNode claim = found(shell, number);
        assertThat(claim.path("sender").asString()).isEqualTo("dealer-7");
        String vin = claim.at("/keys/vin/0").asString();
        assertThat(vin).hasSize(17);
        assertThat(found(shell, vin)).isEqualTo(claim);
        assertThat(found(shell, claim.path("id").asString())).isEqualTo(claim);
        shell.must("aiguillage where " + vin + " --receipts proofs");
        shell.must("for proof in proofs/*; do aiguillage receipt verify $proof --key data/ledger.vkey || exit; done");
        assertThat(shell.must("ls proofs").lines())
                .hasSize(1 + claim.path("events").size());
    }

    private static JsonNode found(Shell shell, String what) throws Exception {
        JsonNode found = JsonMapper.shared().readTree(shell.must("aiguillage where --json " + what));
        assertThat(found).hasSize(1);
        return found.get(0);
    }

    /// What nobody watches on a terminal is for collectors: one JSON object per line.
    private static void requireJson(String log) {
        assertThat(log.lines()).isNotEmpty().allSatisfy(line -> {
            JsonNode event = JsonMapper.shared().readTree(line);
            assertThat(Instant.parse(event.path("@timestamp").asString())).isBeforeOrEqualTo(Instant.now());
            assertThat(event.path("level").asString()).isIn("INFO", "WARN");
            assertThat(event.path("message").asString()).isNotBlank();
        });
    }

    @Test
    void theDemosLastLinesRepeatEveryStep() throws Exception {
        String said;
        try (var shell = new Shell(Files.createDirectory(folder.resolve("watched")))) {
            said = shell.leave("aiguillage demo --claims 3 --rate 50 --stay", "/enrol/");
        }
        String byHand = said.substring(said.indexOf("The same by hand"), said.indexOf("Kill the hub"));
        try (var shell = new Shell(folder)) {
            for (String command : commands(byHand.substring(byHand.indexOf('\n') + 1))) {
                type(shell, command);
            }
        }
    }

    @Test
    void theConformanceKitRunsAsItsGuideSays() throws Exception {
        try (var shell = new Shell(folder)) {
            type(shell, blocks(Path.of("../docs/conformance.md")));
            assertThat(folder.resolve("conformance.json")).exists();
        }
    }

    @Test
    void everyCurlOfTheWireReferenceWorks() throws Exception {
        try (var hub = new StartedHub(folder.resolve("hub"));
                var shell = new Shell(folder)) {
            shell.changeFolder("hub");
            String page = Files.readString(Path.of("../docs/reference/wire.md"));
            int enrolment = page.indexOf("## The enrolment listener");
            int operations = page.indexOf("## The operations listener");
            String variables = blocks(page)
                    .getFirst()
                    .replaceFirst("HUB=\\S+", "HUB=" + hub.mainUri())
                    .replaceFirst("EST=\\S+", "EST=" + hub.enrolmentUri())
                    .replaceFirst("OPS=\\S+", "OPS=" + hub.operationsUri());
            List<String> enrolled = new ArrayList<>();
            blocks(page.substring(enrolment, operations)).forEach(block -> enrolled.addAll(commands(block)));
            shell.must("sed -i -E 's/^#( {2}|datasets:)/\\1/' flows.yaml");
            Ran applied = Ran.command("flows", "apply", hub.file("flows.yaml"), "--config", hub.yaml());
            assertThat(applied.exit()).as(applied.toString()).isZero();
            String before = variables + "curl() { command curl -sS -m 10 \"$@\"; }\n";
            for (String party : List.of("dealer-7", "opel")) {
                code = Ran.command("party", "code", party, "--config", hub.yaml())
                        .out()
                        .strip();
                for (String command : enrolled) {
                    String theirs = party.equals("opel") ? "$OPEL" : "$ME";
                    requireGood(
                            shell, before, command.replace("dealer-7", party).replace("$ME", theirs));
                }
            }
            typeFormats(shell, before);
            typeStar(hub, shell, before); // the last commands revoke its party
            List<String> typed = new ArrayList<>();
            blocks(page.substring(0, enrolment)).stream().skip(1).forEach(block -> typed.addAll(commands(block)));
            blocks(page.substring(operations)).forEach(block -> typed.addAll(commands(block)));
            assertThat(typed).hasSizeGreaterThan(40);
            var auth = new StringBuilder();
            for (String command : typed) {
                if (command.startsWith("AUTH=")) {
                    auth.append(command).append('\n');
                } else {
                    requireGood(shell, before + auth, command);
                }
            }
        }
    }

    /// The guide to flat files begins with a party that has its certificate, too.
    private static void typeFormats(Shell shell, String before) throws Exception {
        for (String block : blocks(Path.of("../docs/formats.md"))) {
            for (String command : commands(block)) {
                Shell.Said said = shell.run(before + command);
                assertThat(said.exit()).as(command + ": " + said).isZero();
                assertThat(said.out()).as(command).doesNotContain("urn:aiguillage:problem:");
                if (command.contains("@prices.csv")) {
                    assertThat(said.out()).contains("\"accepted\":2", "prices-1.3");
                }
            }
        }
    }

    /// The STAR guide begins with a party that has its certificate.
    private void typeStar(StartedHub hub, Shell shell, String before) throws Exception {
        List<String> typed = new ArrayList<>();
        blocks(Path.of("../docs/star.md")).forEach(block -> typed.addAll(commands(block)));
        shell.must(typed.removeFirst());
        hub.restart();
        for (String command : typed) {
            Shell.Said said = shell.run(before + command);
            assertThat(said.exit()).as(command + ": " + said).isZero();
            assertThat(said.out()).as(command).doesNotContain("Fault", "urn:aiguillage:problem:");
            if (command.contains("@put.xml")) {
                assertThat(said.out()).contains("<a:receipt contentID=\"C1\">", "PutMessageResponse");
            }
        }
    }

    /// A stream has no end of its own. The examples' positions and numbers are not all in this hub, which then
    /// says so; every other answer is a good one.
    private void requireGood(Shell shell, String before, String command) throws Exception {
        String typed = command.replace("curl -N", "curl -N -m 2")
                .replaceAll("\\bCODE\\b", code)
                .replace("wait=30", "wait=1")
                .replace("/var/backups", folder.toString());
        Shell.Said said = shell.run(before + typed);
        assertThat(said.exit()).as(command + ": " + said).isEqualTo(command.contains("/stream") ? 28 : 0);
        if (!ELSEWHERE.matcher(command).find()) {
            assertThat(said.out()).as(command).doesNotStartWith("{\"type\":\"urn:aiguillage:problem:");
        }
    }

    private void type(Shell shell, List<String> blocks) throws Exception {
        for (String block : blocks) {
            for (String command : commands(block)) {
                type(shell, command);
            }
        }
    }

    private void type(Shell shell, String command) throws Exception {
        String typed = command.replace("FINGERPRINT", fingerprint).replaceAll("\\bCODE\\b", code);
        if (command.startsWith("cd ")) {
            shell.changeFolder(command.substring(3));
        } else if (command.contains("aiguillage init")) {
            shell.must(typed + " --main " + StartedHub.free() + " --enrolment " + StartedHub.free() + " --operations "
                    + StartedHub.free() + " --console " + StartedHub.free());
            for (String door : List.of("8480", "8481")) {
                String free = StartedHub.free().replaceFirst(".*:", "");
                shell.must("find . -name gateway.yaml -exec sed -i 's/:" + door + "/:" + free + "/' {} +");
            }
        } else if (command.contains("hub run")) {
            requireJson(shell.leave(typed, "The hub is open."));
        } else if (command.contains("gateway run")) {
            shell.leave(typed, "The gateway started.");
        } else if (command.contains("demo decide")) {
            shell.leave(typed + " & echo begun; wait", "begun");
        } else if (command.contains("party code")) {
            code = shell.must(typed).strip();
        } else if (command.contains("ca init")) {
            fingerprint = found(FINGERPRINT, shell.must(typed));
        } else {
            shell.soon(typed);
        }
    }

    private static String found(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        assertThat(matcher.find()).as("%s in %s", pattern, text).isTrue();
        return matcher.group();
    }

    private static List<String> blocks(Path page) throws IOException {
        return blocks(Files.readString(page));
    }

    private static List<String> blocks(String page) {
        return BLOCK.matcher(page)
                .results()
                .filter(block -> block.group(1).isEmpty())
                .map(block -> block.group(2))
                .toList();
    }

    /// The commands of a block: lines, those that go on behind `\`, `|` or an open quote joined.
    private static List<String> commands(String block) {
        List<String> commands = new ArrayList<>();
        String open = "";
        for (String line : block.strip().split("\\n", -1)) {
            String typed = REMARK.matcher(line.strip()).replaceFirst("");
            open = open.isEmpty() ? typed : open + "\n" + typed;
            boolean isQuoteOpen = open.chars().filter(c -> c == '\'').count() % 2 == 1;
            boolean goesOn = open.endsWith("\\") || open.endsWith("|") || isQuoteOpen;
            if (!goesOn) {
                commands.add(open);
                open = "";
            }
        }
        assertThat(open).isEmpty();
        return commands;
    }
}
