package aiguillage.hub.sftp;

import static org.assertj.core.api.Assertions.assertThat;

import aiguillage.hub.testing.FlatFormats;
import aiguillage.hub.testing.Programs;
import aiguillage.hub.testing.RunningHub;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A flat file that is put is documents; who asks for flat files gets them back as such.
@Timeout(120)
class FlatFilesBySftpTest {

    @Test
    void aFileIsPutReportedAndComesOutAsFilesOfItsFormat(@TempDir Path folder) throws Exception {
        OpenSsh.requireInstalled();
        var ssh = new OpenSsh(folder.resolve("ssh"));
        FlatFormats.copy(folder.resolve("hub"), "prices-csv");
        String flows = RunningHub.FLOWS
                        .replace("dealer-7: {", "dealer-7: { ssh-keys: [\"" + ssh.key("dealer", "ed25519") + "\"],")
                        .replace(
                                "opel-centre: {",
                                "opel-centre: { ssh-keys: [\"" + ssh.key("centre", "ed25519")
                                        + "\"], flat: { opel/prices: prices-csv },")
                + "  opel/prices: { from: dealer, to: opel-centre, flat: prices-csv }\n";
        try (var hub = new RunningHub(
                RunningHub.speakingFiles(RunningHub.config(folder.resolve("hub"), flows, InstantSource.system())),
                InstantSource.system())) {
            ssh.trust(hub);
            String bad = "A2;x;PCE;one;1,00;0;1,00;A2;01/04/2026;\r\n";
            ssh.write("prices.csv", FlatFormats.prices(List.of(FlatFormats.price("A1"), bad, FlatFormats.price("A3"))));
            Programs.Ran put = ssh.sftp(
                    hub,
                    "dealer-7",
                    "dealer",
                    "put prices.csv /in/opel/prices/",
                    "get /done/opel/prices/prices.csv.receipt report");
            assertThat(put.status()).as(put.said()).isZero();
            assertThat(ssh.read("report"))
                    .contains("\"accepted\":2,\"refused\":1", "\"line\":3", "found \\\"one\\\"", "\"checkpoint\"");
            ssh.write("all-bad.csv", FlatFormats.prices(List.of(bad)));
            Programs.Ran refused = ssh.sftp(hub, "dealer-7", "dealer", "put all-bad.csv /in/opel/prices/");
            assertThat(refused.status()).isNotZero();
            ssh.sftp(hub, "dealer-7", "dealer", "get /refused/opel/prices/all-bad.csv.refused why");
            assertThat(ssh.read("why"))
                    .contains("line 2, column 10, price/pack: found \"one\", expected a whole number");

            List<String> waiting = ssh.sftp(hub, "opel-centre", "centre", "ls -1 /out/opel/prices")
                    .said()
                    .lines()
                    .map(String::strip)
                    .filter(line -> line.startsWith("/out/"))
                    .toList();
            assertThat(waiting).hasSize(2).allSatisfy(name -> assertThat(name).endsWith("-prices.csv"));
            assertThat(ssh.sftp(
                                    hub,
                                    "opel-centre",
                                    "centre",
                                    "get " + waiting.getFirst() + " one",
                                    "rm " + waiting.getFirst())
                            .status())
                    .isZero();
            assertThat(ssh.read("one")).isEqualTo("\uFEFF" + FlatFormats.prices(List.of(FlatFormats.price("A1"))));
        }
    }
}
