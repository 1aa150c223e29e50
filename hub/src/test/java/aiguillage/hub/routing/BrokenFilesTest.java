package aiguillage.hub.routing;

import static org.assertj.core.api.Assertions.assertThat;

import aiguillage.config.ConfigException;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/// Whatever somebody does to a file: it is read, or refused with a place.
final class BrokenFilesTest {

    private static final String INSERTED = "{}[]:,-&*!|>'\"#%@`\n\t 09az./~?\u0000\u00e9";
    private static final int CHANGES_MAX = 4;

    @Property(tries = 1_500)
    void aFileIsReadOrRefusedWithAPlace(@ForAll long seed) {
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
            assertThat(table.text()).isEqualTo(text.toString());
        } catch (ConfigException e) {
            assertThat(e.problems())
                    .isNotEmpty()
                    .allSatisfy(problem -> assertThat(problem.toString()).startsWith("broken.yaml:"));
        }
    }
}
