package aiguillage.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import aiguillage.app.terminal.Terminal;
import aiguillage.app.testing.Ran;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/// Every command explains itself.
class HelpTest {

    private static List<CommandLine> all(CommandLine command) {
        List<CommandLine> all = new ArrayList<>();
        all.add(command);
        command.getSubcommands().values().forEach(below -> all.addAll(all(below)));
        return all;
    }

    private static List<CommandLine> all() {
        return all(Aiguillage.commandLine(Terminal.ofProcess())).stream()
                .filter(command -> !command.getCommandSpec().usageMessage().hidden())
                .toList();
    }

    @Test
    void everyCommandHasHelpThatFitsEightyColumns() {
        assertThat(all()).hasSizeGreaterThan(30).allSatisfy(command -> {
            assertThat(command.getCommandSpec().mixinStandardHelpOptions())
                    .as(command.getCommandSpec().qualifiedName())
                    .isTrue();
            assertThat(command.getUsageMessage().lines())
                    .as(command.getCommandSpec().qualifiedName())
                    .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(80));
        });
    }

    @Test
    void everyCommandThatDoesSomethingHasExamples() {
        assertThat(all())
                .filteredOn(command -> command.getSubcommands().isEmpty())
                .allSatisfy(command -> assertThat(command.getUsageMessage())
                        .as(command.getCommandSpec().qualifiedName())
                        .contains("Examples:"));
    }

    @Test
    void aGroupWithoutACommandIsAUsageError() {
        Ran ran = Ran.command("hub");
        assertThat(ran.exit()).isEqualTo(2);
        assertThat(ran.err()).contains("hub [-hV]").contains("backup");
        assertThat(ran.out()).isEmpty();
    }

    @Test
    void anUnknownCommandNamesTheNearest() {
        Ran ran = Ran.command("hub", "bakup");
        assertThat(ran.exit()).isEqualTo(2);
        assertThat(ran.err()).contains("backup");
    }
}
