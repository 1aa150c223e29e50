package aiguillage.app.pages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import aiguillage.app.testing.Ran;
import aiguillage.app.testing.Shell;
import aiguillage.app.testing.StartedHub;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/// The guides to the doors of files, typed from nothing to the first accepted document, with the programs that
/// they name. Only ports, the host, and what a person would paste are put in.
@Timeout(180)
@Execution(ExecutionMode.CONCURRENT)
class FileGuidesTest {

    private static final Pattern BLOCK = Pattern.compile("^```(\\w*)\\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL);
    private static final Path DOCS = Path.of("..", "docs");
    private static final String RECEIPT = "claim.xml.receipt";

    @TempDir
    Path folder;

    /// A block of a page.
    private record Block(String language, String text) {

        /// The lines behind a prompt, without it.
        List<String> after(String prompt) {
            return text.lines()
                    .filter(line -> line.startsWith(prompt))
                    .map(line -> line.substring(prompt.length()))
                    .toList();
        }

        /// What is typed before any program has a prompt of its own.
        String command() {
            return text.lines().takeWhile(line -> !line.matches("[a-z]+> .*")).collect(Collectors.joining("\n"));
        }
    }

    private static List<Block> blocks(String page, String heading) throws IOException {
        String text = Files.readString(DOCS.resolve(page));
        int begin = text.indexOf("\n" + heading);
        assertThat(begin).as("%s of %s", heading, page).isPositive();
        int end = text.indexOf("\n## ", begin + 1);
        return BLOCK.matcher(text.substring(begin, end < 0 ? text.length() : end))
                .results()
                .map(found -> new Block(found.group(1), found.group(2)))
                .toList();
    }

    /// Skips a test, and says why, where one of these is not installed.
    private static void requireInstalled(String... programs) {
        for (String program : programs) {
            boolean isThere = Stream.of(System.getenv("PATH").split(":"))
                    .anyMatch(path -> Files.isExecutable(Path.of(path, program)));
            if (!isThere) {
                System.err.println(
                        "SKIPPED: " + program + " is not installed, so a guide was not typed (Debian: apt-get"
                                + " install openssl openssh-client lftp curl).");
            }
            assumeTrue(isThere, program + " is not installed: a guide was not typed");
        }
    }

    /// Puts the keys of a `listen` block of a page into hub.yaml, with a free address for the door.
    ///
    /// @return the door's port
    private static String opened(StartedHub hub, Block block, String door) throws Exception {
        String address = StartedHub.free();
        String keys = block.text()
                .replaceFirst("listen:\n", "")
                .replaceFirst(door + ": \\S+", door + ": " + address)
                .replaceFirst("(?m)^ +ftps-address: .*\n", "")
                .replaceFirst("(?m)^ +ftps-data: .*\n", "  ftps-data: 20000-29999\n");
        String yaml = Files.readString(hub.yaml());
        Files.writeString(hub.yaml(), yaml.replaceFirst("(?m)^listen:\n", "listen:\n" + keys));
        hub.restart();
        return address.replaceFirst(".*:", "");
    }

    /// Puts a line below dealer-7 in the flows file, and applies it.
    private static void saysOfDealer(StartedHub hub, String more) throws Exception {
        Path flows = hub.file("flows.yaml");
        Files.writeString(flows, Files.readString(flows).replaceFirst("\n  dealer-7:\n", "$0    " + more + "\n"));
        Ran applied = Ran.command("flows", "apply", "--config", hub.yaml());
        assertThat(applied.exit()).as(applied.toString()).isZero();
    }

    /// A certificate, as the wire reference says.
    private static void enrol(StartedHub hub, Shell shell) throws Exception {
        String code = Ran.command("party", "code", "dealer-7", "--config", hub.yaml())
                .out()
                .strip();
        String typed = blocks("reference/wire.md", "## The enrolment listener")
                .getFirst()
                .text()
                .replaceAll(" {2,}#.*", "")
                .replaceAll("\\bCODE\\b", code);
        shell.must("set -e; EST=" + hub.enrolmentUri() + "; " + typed.substring(0, typed.indexOf("curl $ME")));
    }

    private static void requireReceipt(Shell shell) throws Exception {
        shell.must("aiguillage receipt verify " + RECEIPT + " --key data/ledger.vkey && rm " + RECEIPT);
    }

    @Test
    void aDocumentComesByFtpsAsTheGuideSays() throws Exception {
        requireInstalled("openssl", "curl", "lftp");
        try (var hub = new StartedHub(folder.resolve("hub"));
                var shell = new Shell(folder)) {
            shell.changeFolder("hub");
            String port = opened(hub, blocks("ftps.md", "## 1.").getFirst(), "ftps");
            enrol(hub, shell);
            List<Block> first = blocks("ftps.md", "## 3.");
            String lines = "set cmd:fail-exit yes\n"
                    + String.join("\n", first.getFirst().after("lftp> "));
            shell.must("printf '%s\\n' '" + lines + "' | " + at(first.getFirst().command(), port));
            requireReceipt(shell);
            String byCurl = at(first.get(1).command(), port);
            shell.must(byCurl);

            Block made = blocks("ftps.md", "## 2.").getFirst();
            String printed = shell.must(made.after("$ ").getFirst() + " 2>&1");
            saysOfDealer(hub, found("(?m)^(password: .*)$", printed));
            shell.must(byCurl.replaceFirst("--cert \\S+ --key \\S+", "")
                    .replaceFirst("-u dealer-7:", "-u dealer-7:" + found("The password: (\\S+)", printed)));
        }
    }

    private static String at(String command, String port) {
        return command.replace("hub.example:8021", "localhost:" + port);
    }

    private static String found(String pattern, String text) {
        Matcher matcher = Pattern.compile(pattern).matcher(text);
        assertThat(matcher.find()).as("%s in %s", pattern, text).isTrue();
        return matcher.group(1);
    }

    @Test
    void aDocumentComesBySftpAsTheGuideSays() throws Exception {
        requireInstalled("openssl", "curl", "sftp", "ssh-keygen");
        try (var hub = new StartedHub(folder.resolve("hub"));
                var shell = new Shell(folder)) {
            shell.changeFolder("hub");
            shell.must(blocks("sftp.md", "## 1.").getFirst().text());
            List<Block> ofOperator = blocks("sftp.md", "## 2.");
            String port = opened(hub, ofOperator.getFirst(), "sftp");
            String key = shell.must("cut -d ' ' -f 1,2 dms.pub").strip();
            saysOfDealer(
                    hub, found("(ssh-keys: \\[.*])", ofOperator.get(1).text()).replaceFirst("\\[.*]", "[" + key + "]"));

            List<Block> first = blocks("sftp.md", "## 3.");
            String login = first.getFirst().after("$ ").getFirst();
            String lines = String.join("\n", first.get(1).after("sftp> "));
            shell.must("printf '%s\\n' '" + lines + "' | " + bySftp(login, port).replace("sftp ", "sftp -b - "));
            requireReceipt(shell);

            List<Block> night = blocks("sftp.md", "## A nightly batch");
            Files.writeString(hub.file("night.txt"), night.getFirst().text());
            assertThat(shell.must(bySftp(night.get(1).text(), port))).doesNotContain("see /refused");
            requireReceipt(shell);
            if (shell.run("curl -V | grep -qw sftp").exit() == 0) {
                shell.must(night.get(2).text().strip().replace("hub.example:8022", "127.0.0.1:" + port) + " -k");
            }

            enrol(hub, shell);
            String byCertificate = blocks("sftp.md", "## Other ways").getFirst().text();
            shell.must("echo ls | " + bySftp(byCertificate, port).replace("sftp ", "sftp -b - "));
        }
    }

    /// To a host that is not known yet.
    private static String bySftp(String command, String port) {
        return command.strip()
                .replace("-P 8022", "-P " + port)
                .replace("hub.example", "127.0.0.1")
                .replace("sftp ", "sftp -o StrictHostKeyChecking=accept-new -o UserKnownHostsFile=known_hosts ");
    }
}
