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
                "set ssl:key-file " + party + ".key; set ssl:cert-file " + party
                        + ".crt; set ftp:ssl-data-use-keys yes",
                party + ",none",
                commands);
    }

    private Ran lftpWith(String settings, String user, String... commands) throws Exception {
        Programs.require("lftp");
        String script = "set ssl:ca-file root.pem; set ssl:check-hostname no; set ftp:ssl-force yes;"
                + " set ftp:ssl-protect-data yes; set ftp:ssl-protect-list yes; set net:max-retries 2;"
                + " set net:timeout 10; set net:reconnect-interval-base 1; set cmd:fail-exit yes; " + settings
                + "; open -u " + user + " ftp://127.0.0.1:" + hub.ftpsPort() + "; " + String.join("; ", commands);
        return programs.run(List.of("lftp", "--norc", "-c", script));
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

    private String only(String party, String folder, String part) throws Exception {
        List<String> found = requireDone(lftp(party, "cls -1 " + folder))
                .said()
                .lines()
                .filter(line -> line.contains(part))
                .toList();
        assertThat(found).hasSize(1);
        return found.getFirst().strip();
    }

    @Test
    void aFileOfATemporaryNameArrivesWhenItIsRenamedAndRemovingADeliveryAcknowledgesIt() throws Exception {
        programs.write("claim-2.xml", "<claim>2</claim>");
        requireDone(lftp(
                "dealer-7",
                "put claim-2.xml -o " + CLAIMS + "claim-2.part",
                "mv " + CLAIMS + "claim-2.part " + CLAIMS + "claim-2.xml",
                "cat /done/opel/warranty-claim/claim-2.xml.receipt"));
        String name = only("opel-centre", "/out/opel/warranty-claim/", "claim-2.xml");
        requireDone(lftp("opel-centre", "get " + name + " -o got-2", "cls -1 /out/opel/warranty-claim/", "rm " + name));
        assertThat(programs.read("got-2")).isEqualTo("<claim>2</claim>");
        assertThat(requireDone(lftp("opel-centre", "cls -1 /out/opel/warranty-claim/"))
                        .said())
                .doesNotContain("claim-2.xml");
    }

    @Test
    void lftpResumesWhereItBrokeOffAndFetchesAgainFromThere() throws Exception {
        byte[] whole = new byte[3_000_000];
        new Random(7).nextBytes(whole);
        programs.write("film.part", Arrays.copyOf(whole, 1_000_001));
        requireDone(lftp("dealer-7", "put film.part -o /in/opel/film/film.part"));
        programs.write("film.part", whole);
        requireDone(lftp(
                "dealer-7",
                "put -c film.part -o /in/opel/film/film.part",
                "mv /in/opel/film/film.part /in/opel/film/film.bin"));
        String name = only("opel-centre", "/out/opel/film/", "film.bin");
        programs.write("film-got", Arrays.copyOf(whole, 2_000_000));
        requireDone(lftp("opel-centre", "get -c " + name + " -o film-got"));
        assertThat(Files.readAllBytes(programs.file("film-got"))).isEqualTo(whole);
    }

    @Test
    void aPasswordLetsInWhereThePartyHasOneAndDataConnectionsResumeTheSession() throws Exception {
        programs.write("claim-3.xml", "<claim>3</claim>");
        requireDone(lftpWith(
                "set ftp:use-mlsd yes",
                "dealer-8," + PASSWORD,
                "ls /in/opel",
                "put claim-3.xml -o " + CLAIMS + "claim-3.xml",
                "cls -1 /done/opel/warranty-claim/claim-3.xml.receipt"));
    }

    @Test
    void withoutTheRightPasswordNobodyIsLetIn() throws Exception { // I8
        Ran ran = lftpWith("set net:max-retries 1", "dealer-7," + PASSWORD, "ls /");
        assertThat(ran.status()).isNotZero();
        assertThat(ran.said()).contains("530 Not let in.");
    }

    private Ran curl(String... options) throws Exception {
        Programs.require("curl");
        var line = new ArrayList<>(List.of("curl", "-sS", "--retry", "3", "--ssl-reqd", "--cacert", "root.pem"));
        line.addAll(List.of(options));
        return programs.run(line);
    }

    private String address(String path) {
        return "ftp://127.0.0.1:" + hub.ftpsPort() + path;
    }

    @Test
    void curlPutsAndFetchesByPasswordAndByCertificate() throws Exception {
        programs.write("claim-4.xml", "<claim>4</claim>");
        requireDone(curl("-u", "dealer-8:" + PASSWORD, "-T", "claim-4.xml", address(CLAIMS)));
        requireDone(curl(
                "-u", "dealer-8:" + PASSWORD, "-o", "r4", address("/done/opel/warranty-claim/claim-4.xml.receipt")));
        assertThat(programs.read("r4")).contains("\"checkpoint\"");
        programs.write("claim-5.xml", "<claim>5</claim>");
        requireDone(curl(
                "--cert",
                "dealer-7.crt",
                "--key",
                "dealer-7.key",
                "-u",
                "dealer-7:",
                "-T",
                "claim-5.xml",
                "-Q",
                "-RNFR " + CLAIMS + "claim-5.tmp",
                "-Q",
                "-RNTO " + CLAIMS + "claim-5.xml",
                address(CLAIMS + "claim-5.tmp")));
        only("opel-centre", "/out/opel/warranty-claim/", "claim-5.xml");
    }

    @Test
    void curlSpeaksTls12Too() throws Exception {
        requireDone(curl("--tls-max", "1.2", "-u", "dealer-8:" + PASSWORD, address("/in/opel/")));
    }

    private static final String PYTHON = """
            import ftplib, ssl, sys, io
            context = ssl.create_default_context(cafile="root.pem")
            if sys.argv[3]:
                context.load_cert_chain(sys.argv[3] + ".crt", sys.argv[3] + ".key")
            ftp = ftplib.FTP_TLS(context=context)
            ftp.connect("127.0.0.1", int(sys.argv[1]))
            ftp.login(sys.argv[2], sys.argv[4])
            ftp.prot_p()
            ftp.storbinary("STOR /in/opel/note/python.txt", io.BytesIO(b"note"))
            print(list(ftp.mlsd("/done/opel/note")))
            print(ftp.nlst("/in"))
            ftp.quit()
            """;

    /// It cannot resume a session: its certificate says whose its data connections are.
    @Test
    void pythonIsLetInByItsCertificateAndItsDataConnectionsWithoutOneAreNot() throws Exception {
        Programs.require("python3");
        programs.write("put.py", PYTHON);
        String port = String.valueOf(hub.ftpsPort());
        Ran byCertificate = programs.run(List.of("python3", "put.py", port, "dealer-7", "dealer-7", ""));
        assertThat(requireDone(byCertificate).said()).contains("python.txt.receipt", "opel");
        Ran byPassword = programs.run(List.of("python3", "put.py", port, "dealer-8", "", PASSWORD));
        assertThat(byPassword.status()).isNotZero();
        assertThat(byPassword.said()).contains("522");
    }

    /// As a program that nobody has touched since 2005: put under another name, rename, fetch what became of
    /// it, fetch what waits, remove it; the whole again when the line broke.
    @Test
    void anOldNightlyBatchRunsTwiceAndSendsNothingTwice() throws Exception { // I2
        programs.write("night.xml", "<claim>night</claim>");
        String[] batch = {
            "put night.xml -o " + CLAIMS + "night.tmp",
            "mv " + CLAIMS + "night.tmp " + CLAIMS + "night.xml",
            "set xfer:clobber yes",
            "get /done/opel/warranty-claim/night.xml.receipt -o night.receipt"
        };
        requireDone(lftp("dealer-7", batch));
        String first = programs.read("night.receipt");
        requireDone(lftp("dealer-7", batch));
        assertThat(programs.read("night.receipt")).isEqualTo(first);
        only("opel-centre", "/out/opel/warranty-claim/", "night.xml");
    }
}
