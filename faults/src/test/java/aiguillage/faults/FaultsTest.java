package aiguillage.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The short form of the fault campaign: every fault once, a little of each.
class FaultsTest {

    @TempDir
    Path folder;

    @Test
    @Timeout(240)
    void everyPromiseHoldsInShort() throws Exception {
        List<Row> rows = new Campaign(folder, Scale.SHORT, Set.of(), System.out).run();
        System.out.println(Table.text(rows));
        assertThat(rows)
                .hasSameSizeAs(Campaign.ALL)
                .allSatisfy(row -> assertThat(row.isMet())
                        .as(row.fault + ": " + row.failure)
                        .isTrue());
        Table.write(rows, folder.resolve("table.json"));
        assertThat(Files.readString(folder.resolve("table.json"))).contains("\"lost\" : 0");
    }
}
