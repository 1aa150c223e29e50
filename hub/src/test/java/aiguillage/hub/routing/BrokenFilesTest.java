package aiguillage.hub.routing;

import static org.assertj.core.api.Assertions.assertThat;

import aiguillage.config.ConfigException;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Whatever somebody does to a file: it is read, or refused with a place.
final class BrokenFilesTest {

    private static final String INSERTED = "{}[]:,-&*!|>'\"#%@`\n\t 09az./~?\u0000\u00e9";
    private static final int CHANGES_MAX = 4;

    @Test
    void aFileIsReadOrRefusedWithAPlace() {
        for (int seed = 0; seed < 1_500; seed++) {
            isReadOrRefusedWithAPlace(seed);
        }
    }

    private static void isReadOrRefusedWithAPlace(int seed) {
        var random = new Random(seed);
        var text = new StringBuilder(RandomTable.text(random));
        for (int i = random.nextInt(CHANGES_MAX); i >= 0; i--) {
            int at = random.nextInt(text.length());
            switch (random.nextInt(3)) {
                case 0 -> text.deleteCharAt(at);
                case 1 -> text.insert(at, INSERTED.charAt(random.nextInt(INSERTED.length())));
                default -> text.delete(at, Math.min(text.length(), at + random.nextInt(60)));
            }
        }
        try {
            Table table = Table.read("broken.yaml", text.toString());
            assertThat(table.text()).as("seed %d", seed).isEqualTo(text.toString());
        } catch (ConfigException e) {
            assertThat(e.problems())
                    .as("seed %d", seed)
                    .isNotEmpty()
                    .allSatisfy(problem -> assertThat(problem.toString()).startsWith("broken.yaml:"));
        }
    }
}
