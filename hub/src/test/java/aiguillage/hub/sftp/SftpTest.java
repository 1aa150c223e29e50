package aiguillage.hub.sftp;

import static org.assertj.core.api.Assertions.assertThat;

import aiguillage.hub.testing.Programs;
import aiguillage.hub.testing.RunningHub;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The SFTP door by OpenSSH's own `sftp`, as an old system's nightly batch uses it.
@Timeout(180)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SftpTest {

    private static final String CLAIMS = "/in/opel/warranty-claim/";

    private static final String SCHEMA = """
            <xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">
              <xs:element name="claim">
                <xs:complexType>
                  <xs:sequence>
                    <xs:element name="number" type="xs:string"/>
                    <xs:element name="hours" type="xs:decimal"/>
                  </xs:sequence>
                </xs:complexType>
              </xs:element>
            </xs:schema>
            """;

    private RunningHub hub;
    private OpenSsh ssh;
    private HttpClient centre;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        OpenSsh.requireInstalled();
        ssh = new OpenSsh(folder.resolve("ssh"));
        Files.createDirectories(folder.resolve("hub/schemas"));
        Files.writeString(folder.resolve("hub/schemas/claim.xsd"), SCHEMA);
        String flows = RunningHub.FLOWS
                        .replace(
                                "dealer-7: { roles: [dealer]",
                                "dealer-7: { ssh-keys: [\"" + ssh.key("dealer", "ed25519") + "\", \""
                                        + ssh.key("second", "ecdsa") + "\"], roles: [dealer]")
                        .replace(
                                "opel-centre: { roles",
                                "opel-centre: { ssh-keys: [\"" + ssh.key("centre", "rsa") + "\"], roles")
                + "  opel/checked: { from: dealer, to: opel-centre, schema: claim.xsd }\n";
        hub = new RunningHub(
                RunningHub.speakingFiles(RunningHub.config(folder.resolve("hub"), flows, InstantSource.system())),
                InstantSource.system());
        ssh.trust(hub);
        ssh.key("stranger", "ed25519");
        centre = hub.client("opel-centre");
    }

    @AfterAll
    void stop() {
        if (hub != null) {
            centre.close();
            hub.close();
        }
    }

    private Programs.Ran dealer(String... commands) throws Exception {
        return ssh.sftp(hub, "dealer-7", "dealer", commands);
    }

    private Programs.Ran centre(String... commands) throws Exception {
        return ssh.sftp(hub, "opel-centre", "centre", commands);
    }

    private static void requireDone(Programs.Ran ran) {
        assertThat(ran.status()).as(ran.said()).isZero();
    }

    /// The name of the one file whose name has this in it.
    private String waiting(String part) throws Exception {
        Programs.Ran listed = centre("ls -1 /out/opel/warranty-claim");
        List<String> found = listed.said()
                .lines()
                .map(String::strip)
                .filter(line -> line.contains(part) && line.startsWith("/out"))
                .toList();
        assertThat(found).as(listed.said()).hasSize(1);
        return found.getFirst();
    }

    @Test
    void aFileThatIsPutIsADocumentAndItsReceiptLiesInDone() throws Exception {
        ssh.write("claim-1.xml", "<claim>1</claim>");
        requireDone(dealer("put claim-1.xml " + CLAIMS, "get /done/opel/warranty-claim/claim-1.xml.receipt receipt"));
        assertThat(ssh.read("receipt")).contains("\"checkpoint\"");
        String name = waiting("claim-1.xml");
        requireDone(centre("get " + name + " got-1"));
        assertThat(ssh.read("got-1")).isEqualTo("<claim>1</claim>");
        assertThat(waiting("claim-1.xml")).as("reading ends nothing").isEqualTo(name);
        requireDone(centre("rm " + name));
        assertThat(centre("ls " + name).said()).contains("not found");
    }

    @Test
    void theSameFileTwiceIsOneDocumentAndAChangedOneIsAnother() throws Exception { // I2
        ssh.write("twice.xml", "<claim>2</claim>");
        requireDone(dealer("put twice.xml " + CLAIMS, "get /done/opel/warranty-claim/twice.xml.receipt first"));
        requireDone(dealer("put twice.xml " + CLAIMS, "get /done/opel/warranty-claim/twice.xml.receipt second-time"));
        assertThat(ssh.read("second-time")).isEqualTo(ssh.read("first"));
        waiting("twice.xml");
        ssh.write("twice.xml", "<claim>other</claim>");
        requireDone(dealer("put twice.xml " + CLAIMS, "get /done/opel/warranty-claim/twice.xml.receipt third"));
        assertThat(ssh.read("third")).isNotEqualTo(ssh.read("first"));
    }

    @Test
    void aFileOfATemporaryNameArrivesWhenItIsRenamed() throws Exception {
        ssh.write("renamed.xml", "<claim>3</claim>");
        requireDone(dealer("put renamed.xml " + CLAIMS + "renamed.xml.part", "ls -1 " + CLAIMS));
        assertThat(centre("ls -1 /out/opel/warranty-claim").said()).doesNotContain("renamed");
        requireDone(dealer(
                "rename " + CLAIMS + "renamed.xml.part " + CLAIMS + "renamed.xml",
                "ls /done/opel/warranty-claim/renamed.xml.receipt"));
        waiting("renamed.xml");
    }

    @Test
    void aPartIsResumedWhereItBrokeOff() throws Exception {
        byte[] whole = new byte[600_000];
        new java.util.Random(7).nextBytes(whole);
        ssh.write("film.part", java.util.Arrays.copyOf(whole, 250_001));
        requireDone(dealer("put film.part /in/opel/film/film.part"));
        ssh.write("film.part", whole);
        requireDone(dealer(
                "reput film.part /in/opel/film/film.part",
                "rename /in/opel/film/film.part /in/opel/film/film.bin",
                "ls /done/opel/film/film.bin.receipt"));
        Programs.Ran listed = centre("ls -1 /out/opel/film");
        String name = listed.said()
                .lines()
                .filter(line -> line.contains("film.bin"))
                .findFirst()
                .orElseThrow();
        requireDone(centre("get " + name.strip() + " film-got"));
        assertThat(Files.readAllBytes(ssh.file("film-got"))).isEqualTo(whole);
    }

    @Test
    void aRefusalSaysWhyInWordsWithLineAndColumn() throws Exception {
        ssh.write("bad.xml", "<claim>\n<number>1</number>\n<hours>many</hours>\n</claim>");
        Programs.Ran ran = dealer("put bad.xml /in/opel/checked/");
        assertThat(ran.status()).as("success would mean that it is accepted").isNotZero();
        requireDone(dealer("get /refused/opel/checked/bad.xml.refused why"));
        assertThat(ssh.read("why"))
                .contains("payload-invalid", "line 3", "column", "What to do: Correct the places named here")
                .containsOnlyOnce("line 3")
                .doesNotContain("[")
                .contains("hours");
        assertThat(hub.figures()).contains("aiguillage_refusals_total{problem=\"payload-invalid\"}");
        ssh.write("bad.xml", "<claim><number>1</number><hours>1.5</hours></claim>");
        requireDone(dealer("put bad.xml /in/opel/checked/", "ls /done/opel/checked/bad.xml.receipt"));
        assertThat(dealer("ls /refused/opel/checked/bad.xml.refused").status()).isNotZero();
    }

    @Test
    void movingIntoDoneAcknowledgesAndIntoRefusedRejectsWithTheReason() throws Exception { // I3
        ssh.write("ack.xml", "<claim>4</claim>");
        ssh.write("rej.xml", "<claim>5</claim>");
        requireDone(dealer("put ack.xml " + CLAIMS, "put rej.xml " + CLAIMS));
        requireDone(centre("rename " + waiting("ack.xml") + " /done/ack.xml"));
        requireDone(centre("rename " + waiting("rej.xml") + " \"/refused/line 3 is empty\""));
        assertThat(centre("ls -1 /out/opel/warranty-claim").said()).doesNotContain("ack.xml", "rej.xml");
        assertThat(hub.operator("/operator/quarantine", null).body()).contains("line 3 is empty");
        Programs.Ran notices = dealer("ls -1 /out/opel/warranty-claim.notice");
        assertThat(notices.said()).contains(".json");
        String last = notices.said()
                .lines()
                .filter(line -> line.contains(".json"))
                .toList()
                .getLast();
        requireDone(dealer("get " + last.strip() + " notice", "rm " + last.strip()));
        assertThat(ssh.read("notice")).contains("\"reader\":\"opel-centre\"");
    }

    @Test
    void eachPartySeesItsOwnTreeAlone() throws Exception { // I4
        assertThat(dealer("ls -1 /in/opel").said())
                .contains("warranty-claim", "note")
                .doesNotContain("warranty-decision");
        assertThat(centre("ls -1 /in").said()).contains("opel").doesNotContain("citroen");
        assertThat(centre("ls -1 /in/opel").said())
                .contains("warranty-decision")
                .doesNotContain("warranty-claim");
        assertThat(centre("put batch /in/citroen/warranty-claim/x").status()).isNotZero();
    }

    @Test
    void aDecisionNamesItsRecipientBeforeTheFilesName() throws Exception {
        ssh.write("decision", "{}");
        assertThat(centre("put decision /in/opel/warranty-decision/d.json").status())
                .isNotZero();
        requireDone(centre("put decision /in/opel/warranty-decision/dealer-7@d.json"));
        assertThat(dealer("ls -1 /out/opel/warranty-decision").said()).contains("d.json");
    }

    @Test
    void strangersGetNothing() throws Exception { // I8
        Programs.Ran wrongKey = ssh.sftp(hub, "dealer-7", "stranger", "ls /");
        Programs.Ran noSuchParty = ssh.sftp(hub, "dealer-77", "stranger", "ls /");
        Programs.Ran othersKey = ssh.sftp(hub, "opel-centre", "dealer", "ls /");
        Programs.Ran noName = ssh.sftp(hub, "ROOT", "dealer", "ls /");
        for (Programs.Ran ran : List.of(wrongKey, noSuchParty, othersKey, noName)) {
            assertThat(ran.status()).isEqualTo(255);
            assertThat(ran.said()).contains("Permission denied (publickey,password)");
        }
        requireDone(ssh.sftp(hub, "dealer-7", "second", "ls /"));
    }

    @Test
    void thereIsNoShellNoCommandAndNoForwarding() throws Exception {
        for (String what : List.of("id", "")) {
            var line = new ArrayList<>(List.of("ssh", "-T"));
            line.addAll(ssh.options("dealer"));
            line.addAll(List.of("-p", String.valueOf(hub.sftpPort()), "dealer-7@127.0.0.1"));
            if (!what.isEmpty()) {
                line.add(what);
            }
            Programs.Ran ran = ssh.run(line);
            assertThat(ran.status()).as(ran.said()).isNotZero();
            assertThat(ran.said()).doesNotContain("uid=");
        }
        var forward = new ArrayList<>(List.of("ssh", "-T", "-W", "127.0.0.1:" + hub.mainPort()));
        forward.addAll(ssh.options("dealer"));
        forward.addAll(List.of("-p", String.valueOf(hub.sftpPort()), "dealer-7@127.0.0.1"));
        Programs.Ran ran = ssh.run(forward);
        assertThat(ran.status()).as(ran.said()).isNotZero();
    }

    @Test
    void noNameLeadsOut() throws Exception {
        ssh.write("x.xml", "<x/>");
        for (String path : List.of(
                "/in/x.xml",
                "/in/opel/x.xml",
                "/x.xml",
                "/in/opel/warranty-claim/../../../etc/passwd",
                "/in/opel/unknown/x.xml",
                "/in/opel/warranty-claim/deeper/x.xml",
                "/out/opel/warranty-claim/x.xml",
                "/done/opel/warranty-claim/x.xml")) {
            assertThat(dealer("put x.xml " + path).status()).as(path).isNotZero();
        }
        for (String command : List.of(
                "get /etc/passwd",
                "get ../../../../etc/passwd",
                "ls /etc",
                "mkdir /in/opel/new",
                "rmdir /in",
                "ln -s /etc/passwd /in/opel/note/link",
                "rm /in",
                "rename /in /elsewhere",
                "chmod 777 /nothing")) {
            assertThat(dealer(command).status()).as(command).isNotZero();
        }
        requireDone(dealer("cd ../../../..", "pwd", "ls in"));
        requireDone(dealer("put x.xml \"" + CLAIMS + "ü € 'x' ..%2f.xml\""));
    }

    @Test
    void aFileLargerThanItsFlowTakesIsRefusedWhileItComes() throws Exception {
        ssh.write("large", new byte[70_000]);
        assertThat(dealer("put large /in/opel/note/large").status()).isNotZero();
        assertThat(dealer("ls /done/opel/note/large.receipt").status()).isNotZero();
    }

    @Test
    void theKeyFileOfACertificateIsGoodAsItIs() throws Exception {
        Programs.require("openssl");
        hub.enrolled("dealer-8").write(ssh.file("enrolled.pem"));
        requireDone(ssh.run(List.of("openssl", "ec", "-in", "enrolled.pem", "-out", "enrolled")));
        requireDone(ssh.sftp(hub, "dealer-8", "enrolled", "ls /in/opel"));
    }

    @Test
    void lftpPutsRenamesResumesAndFetchesToo() throws Exception {
        Programs.require("lftp");
        ssh.write("lftp.xml", "<claim>lftp</claim>");
        String connect = "ssh -a -x " + String.join(" ", ssh.options("dealer"));
        requireDone(ssh.run(List.of(
                "lftp",
                "--norc",
                "-c",
                "set cmd:fail-exit yes; set net:max-retries 1; set sftp:connect-program '" + connect + "';"
                        + " open -u dealer-7, sftp://127.0.0.1:" + hub.sftpPort()
                        + "; put lftp.xml -o " + CLAIMS + "lftp.part; put -c lftp.xml -o " + CLAIMS + "lftp.part"
                        + "; mv " + CLAIMS + "lftp.part " + CLAIMS + "lftp.xml"
                        + "; get /done/opel/warranty-claim/lftp.xml.receipt -o lftp.receipt")));
        assertThat(ssh.read("lftp.receipt")).contains("\"checkpoint\"");
    }

    @Test
    void curlPutsAndFetchesToo() throws Exception {
        Assumptions.assumeTrue(
                ssh.run(List.of("bash", "-c", "curl -V | grep -qw sftp")).status() == 0,
                "curl with sftp is not installed: nothing is known about it");
        ssh.write("curl.xml", "<claim>curl</claim>");
        String address = "sftp://dealer-7@127.0.0.1:" + hub.sftpPort();
        List<String> curl = List.of("curl", "-sS", "-k", "--key", "second", "--pubkey", "second.pub");
        var put = new ArrayList<>(curl);
        put.addAll(List.of("-T", "curl.xml", address + CLAIMS));
        requireDone(ssh.run(put));
        var get = new ArrayList<>(curl);
        get.addAll(List.of("-o", "curl.receipt", address + "/done/opel/warranty-claim/curl.xml.receipt"));
        requireDone(ssh.run(get));
        assertThat(ssh.read("curl.receipt")).contains("\"checkpoint\"");
    }
}
