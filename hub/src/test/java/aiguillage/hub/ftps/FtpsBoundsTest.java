package aiguillage.hub.ftps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aiguillage.config.Bytes;
import aiguillage.hub.HubConfig;
import aiguillage.hub.login.Places;
import aiguillage.hub.quota.Allowance;
import aiguillage.hub.testing.HubProcess;
import aiguillage.hub.testing.Parties;
import aiguillage.hub.testing.Programs;
import aiguillage.hub.testing.RunningHub;
import aiguillage.pki.Credential;
import aiguillage.protocol.PartyId;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/// What no decent program does, and what happens to decent ones: by a client that goes step by step.
@Timeout(120)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FtpsBoundsTest {

    private static final String NOTES = "/in/opel/note/";
    private static final String CLAIMS = "/in/opel/warranty-claim/";

    private RunningHub hub;
    private Programs programs;
    private Credential dealer;
    private SSLContext context;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        programs = new Programs(folder.resolve("dms"));
        hub = new RunningHub(
                RunningHub.speakingFiles(
                        RunningHub.config(folder.resolve("hub"), RunningHub.FLOWS, InstantSource.system())),
                InstantSource.system());
        dealer = hub.credential("dealer-7");
        context = hub.parties().context(dealer);
    }

    @AfterAll
    void stop() {
        hub.close();
    }

    private RawFtp dealer() throws IOException {
        return new RawFtp(hub.ftpsPort()).secured(context).in("dealer-7");
    }

    private static void write(Socket to, String text) throws IOException {
        OutputStream out = to.getOutputStream();
        out.write(text.getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    private void requireNotArrived(RawFtp ftp, String name) throws IOException {
        assertThat(ftp.ask("SIZE /done/opel/note/" + name + ".receipt")).startsWith("550");
    }

    @Test
    void nothingIsSaidInTheClearAndNothingSentThereCountsLater() throws Exception { // I8
        try (var ftp = new RawFtp(hub.ftpsPort())) {
            for (String command :
                    List.of("USER dealer-7", "PASS x", "PASV", "EPSV", "LIST", "STOR x", "PROT P", "PWD")) {
                assertThat(ftp.ask(command)).as(command).startsWith("530");
            }
            ftp.write("AUTH TLS\r\nUSER dealer-7\r\n");
            assertThat(ftp.reply()).startsWith("234");
            assertThat(ftp.reply()).as("what came behind is no TLS").doesNotContain("331", "232");
        }
    }

    @Test
    void dataConnectionsArePassiveAndProtected() throws Exception {
        try (var ftp = new RawFtp(hub.ftpsPort()).secured(context);
                var victim = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThat(ftp.ask("PASV")).startsWith("530");
            assertThat(ftp.ask("USER dealer-7")).startsWith("232");
            assertThat(ftp.ask("PASV")).startsWith("521");
            assertThat(ftp.ask("PROT C")).startsWith("536");
            assertThat(ftp.ask("PROT P")).startsWith("200");
            assertThat(ftp.ask("CCC")).startsWith("534");
            int port = victim.getLocalPort();
            assertThat(ftp.ask("PORT 127,0,0,1," + (port >> 8) + "," + (port & 255)))
                    .startsWith("522");
            assertThat(ftp.ask("EPRT |1|127.0.0.1|" + port + "|")).startsWith("522");
            assertThat(ftp.ask("LIST")).startsWith("425");
            victim.setSoTimeout(100);
            assertThatThrownBy(victim::accept).isInstanceOf(IOException.class);
            assertThat(ftp.ask("PASV")).startsWith("227 Passive (127,0,0,1,");
            assertThat(ftp.ask("CWD /etc")).startsWith("550");
            assertThat(ftp.ask("CWD ../../in/opel")).startsWith("250 /in/opel");
            assertThat(ftp.ask("MKD new")).startsWith("550");
            assertThat(ftp.ask("SITE CHMOD 777 /in")).startsWith("502");
        }
    }

    @Test
    void anUploadWhoseLineBreaksHasNotArrivedAndIsResumed() throws Exception {
        try (RawFtp ftp = dealer()) {
            Socket line = ftp.data("STOR " + NOTES + "cut.txt");
            write(RawFtp.tls(context, line), "first ");
            line.shutdownOutput(); // as when the program is killed: no word by TLS that this was all
            assertThat(ftp.reply()).startsWith("426");
            requireNotArrived(ftp, "cut.txt");
            assertThat(ftp.ask("SIZE " + NOTES + "cut.txt")).isEqualTo("213 6");
            assertThat(ftp.ask("REST 6")).startsWith("350");
            try (SSLSocket rest = RawFtp.tls(context, ftp.data("STOR " + NOTES + "cut.txt"))) {
                write(rest, "second");
            }
            assertThat(ftp.reply()).startsWith("226");
            assertThat(ftp.ask("SIZE " + NOTES + "cut.txt")).isEqualTo("213 12");
            assertThat(ftp.ask("SIZE /done/opel/note/cut.txt.receipt")).startsWith("213");
        }
    }

    /// Whoever closes with bytes unread has its connection reset, and what is on its way is lost: programs that
    /// send a file read nothing.
    @Test
    void nothingIsSaidToAProgramThatSendsUntilItHasSentAll() throws Exception {
        try (RawFtp ftp = dealer();
                RawFtp looking = dealer()) {
            Socket line = ftp.data("STOR " + NOTES + "unread.txt");
            SSLSocket data = RawFtp.tls(context, line);
            write(data, "note");
            looking.askUntil("SIZE " + NOTES + "unread.txt", "213 4");
            assertThat(line.getInputStream().available()).isZero();
            data.shutdownOutput();
            assertThat(ftp.reply()).startsWith("226");
            assertThat(data.getInputStream().read()).isNegative();
        }
    }

    @Test
    void whatBrokeOffDoesNotArriveByARenameEither() throws Exception {
        try (RawFtp ftp = dealer()) {
            Socket line = ftp.data("STOR " + NOTES + "half.part");
            write(RawFtp.tls(context, line), "half");
            line.shutdownOutput();
            assertThat(ftp.reply()).startsWith("426");
            assertThat(ftp.ask("RNFR " + NOTES + "half.part")).startsWith("350");
            assertThat(ftp.ask("RNTO " + NOTES + "half.txt")).startsWith("550").contains("broke off");
            requireNotArrived(ftp, "half.txt");
            try (SSLSocket rest = RawFtp.tls(context, ftp.data("APPE " + NOTES + "half.part"))) {
                write(rest, " and half");
            }
            assertThat(ftp.reply()).startsWith("226");
            assertThat(ftp.ask("RNFR " + NOTES + "half.part")).startsWith("350");
            assertThat(ftp.ask("RNTO " + NOTES + "half.txt")).startsWith("250");
            assertThat(ftp.ask("SIZE " + NOTES + "half.txt")).isEqualTo("213 13");
        }
    }

    @Test
    void anUploadThatIsAbortedHasNotArrived() throws Exception {
        try (RawFtp ftp = dealer()) {
            SSLSocket data = RawFtp.tls(context, ftp.data("STOR " + NOTES + "aborted.txt"));
            write(data, "what came");
            assertThat(ftp.ask("ABOR")).startsWith("426");
            assertThat(ftp.reply()).startsWith("226");
            data.close();
            requireNotArrived(ftp, "aborted.txt");
            assertThat(ftp.ask("NOOP")).startsWith("200");
        }
    }

    /// A program that gives up closes its data as at their end, and takes its leave without an answer.
    @Test
    void anUploadOfAProgramThatGivesUpHasNotArrived() throws Exception {
        try (RawFtp ftp = dealer()) {
            SSLSocket data = RawFtp.tls(context, ftp.data("STOR " + NOTES + "given-up.txt"));
            write(data, "what came");
            ftp.write("QUIT\r\n");
            data.close();
            assertThat(ftp.reply()).startsWith("426");
            assertThat(ftp.reply()).startsWith("221");
        }
        try (RawFtp ftp = dealer()) {
            requireNotArrived(ftp, "given-up.txt");
            assertThat(ftp.ask("SIZE " + NOTES + "given-up.txt")).isEqualTo("213 9");
        }
    }

    @Test
    void fewerBytesThanWereAnnouncedAreAPart() throws Exception {
        try (RawFtp ftp = dealer()) {
            assertThat(ftp.ask("ALLO 10")).startsWith("200");
            try (SSLSocket data = RawFtp.tls(context, ftp.data("STOR " + NOTES + "allo.txt"))) {
                write(data, "first ");
            }
            assertThat(ftp.reply()).startsWith("550").contains("ALLO");
            requireNotArrived(ftp, "allo.txt");
            assertThat(ftp.ask("ALLO 4 R 2")).startsWith("200");
            try (SSLSocket data = RawFtp.tls(context, ftp.data("APPE " + NOTES + "allo.txt"))) {
                write(data, "last");
            }
            assertThat(ftp.reply()).startsWith("226");
            assertThat(ftp.ask("ALLO x")).startsWith("501");
        }
    }

    @Test
    void nothingIsPutBehindWhatHasArrived() throws Exception { // half a document with a receipt
        try (RawFtp ftp = dealer()) {
            try (SSLSocket data = RawFtp.tls(context, ftp.data("STOR " + NOTES + "daily.txt"))) {
                write(data, "day one");
            }
            assertThat(ftp.reply()).startsWith("226");
            assertThat(ftp.ask("SIZE " + NOTES + "daily.txt")).isEqualTo("213 7");
            ftp.passive();
            assertThat(ftp.ask("APPE " + NOTES + "daily.txt")).startsWith("550").contains("has arrived");
        }
    }

    @Test
    void anUploadForWhichNoDataConnectionIsReadyLeavesWhatIsThere() throws Exception {
        try (RawFtp ftp = dealer()) {
            Socket line = ftp.data("STOR " + NOTES + "kept.part");
            write(RawFtp.tls(context, line), "first ");
            line.shutdownOutput();
            assertThat(ftp.reply()).startsWith("426");
            assertThat(ftp.ask("STOR " + NOTES + "kept.part")).startsWith("425");
            Socket none = ftp.data("STOR " + NOTES + "kept.part");
            none.close();
            assertThat(ftp.reply()).startsWith("522");
            assertThat(ftp.ask("SIZE " + NOTES + "kept.part")).isEqualTo("213 6");
        }
    }

    @Test
    void connectionsOfOthersToAPortForDataNeitherShortenNorStopTheWait() throws Exception {
        InetAddress loopback = InetAddress.getLoopbackAddress();
        try (RawFtp ftp = dealer()) {
            int port = ftp.passive();
            try (var stranger = new Socket(loopback, port, InetAddress.ofLiteral("127.0.0.2"), 0)) {
                assertThat(ftp.ask("STOR " + NOTES + "crowd.txt")).startsWith("150");
                assertThat(ended(stranger)).isTrue();
                ftp.waitsFor(2_500);
                assertThatThrownBy(ftp::reply).isInstanceOf(SocketTimeoutException.class);
                ftp.waitsFor(20_000);
            }
            try (var silent = new Socket(loopback, port);
                    SSLSocket data = RawFtp.tls(context, new Socket(loopback, port))) {
                write(data, "note");
                assertThat(ended(silent)).isTrue();
            }
            assertThat(ftp.reply()).startsWith("226");
        }
    }

    @Test
    void anyNumberOfOptionsIsPassedOver() throws Exception {
        try (RawFtp ftp = dealer()) {
            for (String options : List.of("-a".repeat(2_000), "-a ".repeat(1_300), "-" + "a".repeat(4_000))) {
                assertThat(ftp.ask("LIST " + options)).startsWith("425");
            }
        }
        assertThat(hub.failure()).isNull();
    }

    @Test
    void anUploadWithoutItsControlConnectionHasNotArrived() throws Exception {
        RawFtp gone = dealer();
        SSLSocket data = RawFtp.tls(context, gone.data("STOR " + NOTES + "gone.txt"));
        write(data, "what came");
        gone.breakOff();
        assertThat(ended(data)).as("the hub ends the data connection").isTrue();
        try (RawFtp ftp = dealer()) {
            requireNotArrived(ftp, "gone.txt");
        }
    }

    private static boolean ended(Socket data) throws IOException {
        data.setSoTimeout(20_000);
        try {
            return data.getInputStream().read() < 0;
        } catch (SocketTimeoutException goesOn) {
            return false;
        } catch (IOException broken) {
            return true;
        }
    }

    /// The whole program goes, as at a power cut of the dealer's PC.
    @Test
    void anUploadOfAProgramThatIsKilledHasNotArrived() throws Exception {
        Programs.require("lftp", "openssl");
        dealer.write(programs.file("dealer.pem"));
        programs.run(List.of("openssl", "ec", "-in", "dealer.pem", "-out", "dealer.key"));
        var bytes = new byte[2_000_000];
        new Random(5).nextBytes(bytes);
        programs.write("film.bin", bytes);
        Process lftp = new ProcessBuilder(
                        "lftp",
                        "--norc",
                        "-c",
                        "set ssl:verify-certificate no; set ftp:ssl-force yes; set ssl:key-file dealer.key;"
                                + " set ssl:cert-file dealer.pem; set ftp:ssl-data-use-keys yes; set net:limit-rate 0:100000;"
                                + " open -u dealer-7,none ftp://127.0.0.1:" + hub.ftpsPort()
                                + "; put film.bin -o /in/opel/film/film.bin")
                .directory(programs.file(".").toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (RawFtp ftp = dealer()) {
            ftp.askUntil("SIZE /in/opel/film/film.bin", "213");
            lftp.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
            assertThat(ftp.ask("RNFR /done/opel/film/film.bin.receipt")).startsWith("550");
            assertThat(ftp.ask("SIZE /in/opel/film/film.bin")).startsWith("213");
            assertThat(ftp.ask("DELE /in/opel/film/film.bin"))
                    .as("it is still a part, and can be taken back")
                    .startsWith("250");
        } finally {
            lftp.destroyForcibly();
        }
    }

    /// What came before the hub was killed is a part when it is back: neither lost, nor half a document.
    @Test
    void anUploadIntoAHubThatIsKilledIsResumed(@TempDir Path folder) throws Exception { // I1
        RunningHub.config(folder, RunningHub.FLOWS, InstantSource.system());
        var parties = new Parties(folder.resolve("ca"), InstantSource.system());
        SSLContext own = parties.context(parties.credential("dealer-7"));
        String files = "-D" + HubProcess.FILES + "=true";
        String large = "x".repeat(20_000); // of a small one nothing may be on the disk yet
        try (HubProcess before = HubProcess.start(folder, files)) {
            before.awaitReady();
            try (RawFtp ftp = new RawFtp(before.ftpsPort()).secured(own).in("dealer-7");
                    RawFtp looking = new RawFtp(before.ftpsPort()).secured(own).in("dealer-7")) {
                write(RawFtp.tls(own, ftp.data("STOR " + CLAIMS + "killed.txt")), large);
                looking.askUntil("SIZE " + CLAIMS + "killed.txt", "213 20000");
            }
            before.kill();
        }
        try (HubProcess after = HubProcess.start(folder, files)) {
            after.awaitReady();
            try (RawFtp ftp = new RawFtp(after.ftpsPort()).secured(own).in("dealer-7")) {
                assertThat(ftp.ask("SIZE " + CLAIMS + "killed.txt")).isEqualTo("213 20000");
                assertThat(ftp.ask("SIZE /done/opel/warranty-claim/killed.txt.receipt"))
                        .startsWith("550");
                ftp.ask("REST 20000");
                try (SSLSocket rest = RawFtp.tls(own, ftp.data("STOR " + CLAIMS + "killed.txt"))) {
                    write(rest, "second");
                }
                assertThat(ftp.reply()).startsWith("226");
                assertThat(ftp.ask("SIZE /done/opel/warranty-claim/killed.txt.receipt"))
                        .startsWith("213");
            }
        }
    }

    @Test
    void whatIsRefusedSaysWhyInWords() throws Exception {
        try (RawFtp ftp = dealer()) {
            SSLSocket data = RawFtp.tls(context, ftp.data("STOR " + NOTES + "large.txt"));
            try {
                write(data, "x".repeat(200_000));
            } catch (IOException broken) {
                assertThat(data.isClosed() || data.isConnected()).isTrue(); // the hub has read enough
            }
            assertThat(ftp.reply()).startsWith("550").contains("1000 bytes");
            ftp.passive();
            assertThat(ftp.ask("STOR /in/opel/none/x")).startsWith("550");
            assertThat(ftp.ask("REST 99")).startsWith("350");
            RawFtp.tls(context, ftp.data("STOR " + NOTES + "hole.txt"));
            assertThat(ftp.reply()).startsWith("550").contains("did not come");
        }
    }

    @Test
    void aCertificateLetsInItsOwnPartyAloneAndNoLongerThanItHolds() throws Exception {
        try (var ftp = new RawFtp(hub.ftpsPort()).secured(context)) {
            assertThat(ftp.ask("USER opel-centre")).startsWith("530").contains("dealer-7");
            assertThat(ftp.ask("PASS x")).startsWith("530");
        }
        Credential other = hub.credential("dealer-8");
        try (RawFtp ftp =
                new RawFtp(hub.ftpsPort()).secured(hub.parties().context(other)).in("dealer-8")) {
            assertThat(ftp.ask("PWD")).startsWith("257");
            String serial = other.chain().leaf().getSerialNumber().toString(16);
            long from = System.nanoTime();
            assertThat(hub.operator("/operator/revocations", "{\"serial\":\"" + serial + "\",\"reason\":\"stolen\"}")
                            .statusCode())
                    .isEqualTo(200);
            assertThat(closes(ftp)).isTrue();
            assertThat(Duration.ofNanos(System.nanoTime() - from)).isLessThan(Duration.ofSeconds(3));
        }
        try (var ftp = new RawFtp(hub.ftpsPort()).secured(hub.parties().context(other))) {
            assertThat(ftp.ask("USER dealer-8")).startsWith("530").contains("revoked");
        }
    }

    private static boolean closes(RawFtp ftp) {
        try {
            return ftp.reply().isEmpty();
        } catch (SocketTimeoutException goesOn) {
            return false;
        } catch (IOException broken) {
            return true;
        }
    }

    @Test
    void portsForDataAreThoseOfTheRangeAlone() throws Exception {
        InetAddress loopback = InetAddress.getLoopbackAddress();
        int port;
        try (var free = new ServerSocket(0, 1, loopback)) {
            port = free.getLocalPort();
        }
        var ports = new DataPorts(new PortRange(port, port), new Random(1));
        var first = new PartyId("dealer-7");
        var second = new PartyId("dealer-8");
        var data = new DataConnection(ports.open(first, loopback), () -> ports.closed(first));
        assertThat(data.port()).isEqualTo(port);
        assertThatThrownBy(() -> ports.open(first, loopback)).hasMessageContaining("all that one party may");
        assertThatThrownBy(() -> ports.open(second, loopback)).hasMessageContaining("no port of " + port + "-" + port);
        long now = System.nanoTime();
        assertThat(data.isForgotten(now)).isFalse();
        assertThat(data.isForgotten(now + DataConnection.COMES_WITHIN.toNanos()))
                .isTrue();
        data.close();
        data.close();
        ports.open(first, loopback).close();
        assertThat(PortRange.of("50000-50199")).isEqualTo(new PortRange(50_000, 50_199));
        assertThatThrownBy(() -> PortRange.of("50199-50000")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> PortRange.of("50000")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void portsForDataCountAmongAPartysRequests(@TempDir Path folder) throws Exception {
        HubConfig usual = RunningHub.speakingFiles(RunningHub.config(folder, RunningHub.FLOWS, InstantSource.system()));
        var small = new Allowance(60, 5, 1, 10, Bytes.of("1MB"), 2, 8, 4);
        var limits = new HubConfig.Limits(usual.limits().freeSpaceMin(), 100, small, Map.of(), Map.of());
        try (var few = new RunningHub(RunningHub.limitedTo(limits, usual), InstantSource.system());
                RawFtp ftp = new RawFtp(few.ftpsPort())
                        .secured(few.parties().context(few.credential("dealer-7")))
                        .in("dealer-7")) {
            for (int i = 0; i < 10; i++) {
                assertThat(ftp.ask(i % 2 == 0 ? "EPSV" : "PASV")).startsWith("22");
            }
            assertThat(ftp.ask("EPSV")).startsWith("425 Refused (too-many-requests): You may make 1 requests");
            assertThat(few.figures()).contains("aiguillage_refusals_total{problem=\"too-many-requests\"} 1.0");
        }
    }

    /// Every place of parties is taken, and one of them does its work all the same. Runs when it is asked for:
    /// `-Daiguillage.many=true`.
    @Test
    @EnabledIfSystemProperty(named = "aiguillage.many", matches = "true")
    void fiveHundredConnectionsAtOnceAndNoMore() throws Exception {
        var connections = new ArrayList<RawFtp>();
        try {
            for (int i = 0; i < Places.PARTIES_MAX; i++) {
                connections.add(dealer());
            }
            long from = System.nanoTime();
            RawFtp ftp = connections.get(Places.PARTIES_MAX / 2);
            try (SSLSocket data = RawFtp.tls(context, ftp.data("STOR " + NOTES + "full-house.txt"))) {
                write(data, "note");
            }
            assertThat(ftp.reply()).startsWith("226");
            assertThat(Duration.ofNanos(System.nanoTime() - from)).isLessThan(Duration.ofSeconds(5));
            try (var more = new RawFtp(hub.ftpsPort()).secured(context)) {
                assertThat(more.ask("USER dealer-7")).startsWith("421");
            }
        } finally {
            for (RawFtp connection : connections) {
                connection.close();
            }
        }
    }

    /// Connections that say nothing, and one that does not take what it asked for, while a party does its work.
    @Test
    void manyAndSlowOnesHarmNobody() throws Exception {
        var strangers = new ArrayList<Socket>();
        try (RawFtp slow = dealer();
                Socket untaken = slow.data("LIST /")) {
            for (int i = 0; i < Places.STRANGERS_MAX + 20; i++) {
                strangers.add(new Socket(InetAddress.getLoopbackAddress(), hub.ftpsPort()));
            }
            try (RawFtp ftp = dealer()) {
                try (SSLSocket data = RawFtp.tls(context, ftp.data("STOR " + NOTES + "among-many.txt"))) {
                    write(data, "note");
                }
                assertThat(ftp.reply()).startsWith("226");
            }
            assertThat(untaken.isConnected()).isTrue();
            strangers.getFirst().setSoTimeout(20_000);
            strangers.getFirst().getInputStream().readAllBytes(); // ends: the place was given to another
        } finally {
            for (Socket stranger : strangers) {
                stranger.close();
            }
        }
    }

    @Test
    void anAddressToAnnounceIsOfIpv4() throws Exception {
        assertThat(FtpsDoor.announced(null)).isNull();
        assertThat(FtpsDoor.announced("203.0.113.5")).isEqualTo(InetAddress.getByName("203.0.113.5"));
        assertThatThrownBy(() -> FtpsDoor.announced("2001:db8::1"))
                .hasMessageContaining("listen.ftps-address")
                .hasMessageContaining("no IPv4 address");
    }

    @Test
    void whatIsSentAheadIsAnsweredInOrderAndNothingBehindTheEnd() throws Exception {
        try (RawFtp ftp = dealer()) {
            ftp.write("NOOP\r\n".repeat(40) + "QUIT\r\n" + "NOOP\r\n".repeat(40));
            for (int i = 0; i < 40; i++) {
                assertThat(ftp.reply()).startsWith("200");
            }
            assertThat(ftp.reply()).startsWith("221");
            assertThat(closes(ftp)).isTrue();
        }
    }

    @Test
    void aLineLongerThanAnyCommandEndsTheConnection() throws Exception {
        try (RawFtp ftp = dealer()) {
            ftp.write("x".repeat(Control.LINE_BYTES_MAX + 10));
            assertThat(closes(ftp)).isTrue();
        }
        assertThat(hub.failure()).isNull();
    }
}
