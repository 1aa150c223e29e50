package aiguillage.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The whole campaign, as `./aiguillage test --faults` runs it; not among the ordinary tests. System properties:
/// `aiguillage.faults` (names, separated by commas), `aiguillage.json` (a file for the table), `aiguillage.seed`.
class FaultCampaign {

    @TempDir
    Path folder;

    @Test
    @Timeout(1_800)
    void everyPromiseHolds() throws Exception {
        String names = System.getProperty("aiguillage.faults", "");
        Set<String> only = names.isEmpty() ? Set.of() : Set.of(names.split(","));
        List<Row> rows = new Campaign(folder, Scale.FULL, only, System.out).run();
        System.out.println(Table.text(rows));
        String json = System.getProperty("aiguillage.json", "");
        if (!json.isEmpty()) {
            Table.write(rows, Path.of(json));
        }
        assertThat(rows)
                .isNotEmpty()
                .allSatisfy(row ->
                        assertThat(row.isMet()).as(row.fault + row.failure).isTrue());
    }
}
