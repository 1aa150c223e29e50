package aiguillage.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The short form of the fault campaign: a little of each fault, but of those that have a test of their own:
/// `ReceiptMeansDurableTest` and `KilledGatewayTest` kill, `FullDiskTest` fills a disk, `DamagedFolderTest` damages a
/// store.
class FaultsTest {

    private static final Set<String> ELSEWHERE = Set.of("kills", "full-disk", "damaged-store");

    @TempDir
    Path folder;

    @Test
    @Timeout(240)
    void everyPromiseHoldsInShort() throws Exception {
        Set<String> names = Campaign.ALL.stream().map(Fault::name).collect(Collectors.toCollection(HashSet::new));
        names.removeAll(ELSEWHERE);
        List<Row> rows = new Campaign(folder, Scale.SHORT, names, System.out).run();
        System.out.println(Table.text(rows));
        assertThat(rows)
                .hasSameSizeAs(names)
                .allSatisfy(row -> assertThat(row.isMet())
                        .as(row.fault + ": " + row.failure)
                        .isTrue());
        Table.write(rows, folder.resolve("table.json"));
        assertThat(Files.readString(folder.resolve("table.json"))).contains("\"lost\" : 0");
    }
}
