package aiguillage.app.testing;

import aiguillage.app.command.Aiguillage;
import aiguillage.app.terminal.Terminal;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.Arrays;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What a command answered.
public record Ran(int exit, String out, String err) {

    /// Runs `aiguillage <arguments>` in this process.
    public static Ran command(Object... arguments) {
        var out = new StringWriter();
        var err = new StringWriter();
        var terminal = new Terminal(new PrintWriter(out), new PrintWriter(err));
        String[] texts = Arrays.stream(arguments)
                .map(argument -> argument instanceof Path path ? path.toString() : String.valueOf(argument))
                .toArray(String[]::new);
        int exit = Aiguillage.commandLine(terminal).execute(texts);
        return new Ran(exit, out.toString(), err.toString());
    }

    public JsonNode json() {
        return JsonMapper.shared().readTree(out);
    }
}
