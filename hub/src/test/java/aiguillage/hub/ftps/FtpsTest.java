package aiguillage.hub.ftps;

import static org.assertj.core.api.Assertions.assertThat;

import aiguillage.hub.directory.PasswordHash;
import aiguillage.hub.testing.Programs;
import aiguillage.hub.testing.Programs.Ran;
import aiguillage.hub.testing.RunningHub;
import aiguillage.pki.CertificatePem;
import aiguillage.pki.Credential;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The FTPS door by the programs that the field has: lftp, curl, Python's ftplib.
@Timeout(180)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FtpsTest {

    private static final String CLAIMS = "/in/opel/warranty-claim/";
    private static final String PASSWORD = "wheel-nut-42-torque";

    private RunningHub hub;
    private Programs programs;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        Programs.require("openssl");
        programs = new Programs(folder.resolve("dms"));
        String hash = PasswordHash.make(PASSWORD, new Random(1)).text();
        String flows = RunningHub.FLOWS.replace("dealer-8: {", "dealer-8: { password: \"" + hash + "\",");
        hub = new RunningHub(
                RunningHub.speakingFiles(RunningHub.config(folder.resolve("hub"), flows, InstantSource.system())),
                InstantSource.system());
        programs.write("root.pem", CertificatePem.text(List.copyOf(hub.anchors().roots())));
        for (String party : List.of("dealer-7", "opel-centre")) {
            write(hub.credential(party), party);
        }
    }

    private void write(Credential credential, String name) throws Exception {
        Path whole = programs.file(name + ".pem");
        credential.write(whole);
        String text = Files.readString(whole);
        int end = text.indexOf("-----BEGIN CERTIFICATE-----");
        programs.write("key", text.substring(0, end));
        requireDone(programs.run(List.of("openssl", "ec", "-in", "key", "-out", name + ".key"))); // as GnuTLS reads it
        programs.write(name + ".crt", text.substring(end));
    }

    @AfterAll
    void stop() {
        if (hub != null) {
            hub.close();
        }
    }

    private static Ran requireDone(Ran ran) {
        assertThat(ran.status()).as(ran.said()).isZero();
        return ran;
    }

    /// By the client certificate.
    private Ran lftp(String party, String... commands) throws Exception {
        return lftpWith(
                "set ssl:key-file " + party + ".key; set ssl:cert-file " + party + ".crt; set ftp:ssl-data-use-keys yes",
                party + ",none",
                commands);
    }

    private Ran lftpWith(String settings, String user, String... commands) throws Exception {
        Programs.require("lftp");
        String script = "set ssl:ca-file root.pem; set ssl:check-hostname no; set ftp:ssl-force yes;"
                + " set ftp:ssl-protect-data yes; set ftp:ssl-protect-list yes; set net:max-retries 2;"
                + " set net:timeout 10; set net:reconnect-interval-base 1; set cmd:fail-exit yes; " + settings
                + "; open -u " + user + " ftp://127.0.0.1:" + hub.ftpsPort() + "; " + String.join("; ", commands);
        return programs.run(List.of("lftp", "--norc", "-c", System.getProperty("aiguillage.ftp", "debug 9;") + script));
    }

    @Test
    void lftpPutsAFileAndFetchesItsReceipt() throws Exception {
        programs.write("claim-1.xml", "<claim>1</claim>");
        Ran ran = requireDone(lftp(
                "dealer-7",
                "ls /",
                "put claim-1.xml -o " + CLAIMS + "claim-1.xml",
                "get /done/opel/warranty-claim/claim-1.xml.receipt -o receipt-1"));
        assertThat(ran.said()).contains("in", "out", "done", "refused");
        assertThat(programs.read("receipt-1")).contains("\"checkpoint\"");
    }
}
