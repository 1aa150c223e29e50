package aiguillage.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import aiguillage.app.terminal.Terminal;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/// The commands that the console shows behind its pages are there, with their options.
class CommandsOfPagesTest {

    private static final Path CONSOLE = Path.of("../console/src/main");
    private static final String SHOWN = "behind().command(";
    private static final Pattern LITERAL = Pattern.compile("\"([^\"]*)\"");

    @Test
    void everyCommandBehindAPageIsThereWithItsOptions() throws IOException {
        List<List<String>> commands = new ArrayList<>();
        try (Stream<Path> templates = Files.walk(CONSOLE.resolve("jte"))) {
            for (Path template : templates.filter(Files::isRegularFile).toList()) {
                commands.addAll(shown(Files.readString(template)));
            }
        }
        assertThat(commands).hasSizeGreaterThan(30);
        for (List<String> words : commands) {
            requireThere(words);
        }
    }

    /// The literal words of each.
    private static List<List<String>> shown(String template) {
        List<List<String>> commands = new ArrayList<>();
        for (int at = template.indexOf(SHOWN); at >= 0; at = template.indexOf(SHOWN, at + 1)) {
            int end = at + SHOWN.length();
            for (int open = 1; open > 0; end++) {
                char c = template.charAt(end);
                open += c == '(' ? 1 : c == ')' ? -1 : 0;
            }
            commands.add(LITERAL.matcher(template.substring(at, end))
                    .results()
                    .map(word -> word.group(1))
                    .toList());
        }
        return commands;
    }

    private static void requireThere(List<String> words) {
        CommandLine command = Aiguillage.commandLine(new Terminal(nowhere(), nowhere()));
        int known = 0;
        for (String word : words) {
            CommandLine next = command.getSubcommands().get(word);
            if (next == null) {
                break;
            }
            command = next;
            known++;
        }
        assertThat(known).as(words.toString()).isPositive();
        assertThat(command.getCommandSpec().userObject())
                .as("%s is a whole command", words)
                .isInstanceOfAny(Callable.class, Method.class);
        List<String> options =
                words.stream().filter(word -> word.startsWith("--")).toList();
        assertThat(command.getCommandSpec().optionsMap().keySet())
                .as(words.toString())
                .containsAll(options);
    }

    private static PrintWriter nowhere() {
        return new PrintWriter(Writer.nullWriter());
    }
}
