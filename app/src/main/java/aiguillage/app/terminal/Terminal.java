package aiguillage.app.terminal;

import java.io.Console;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// Where a command writes: answers to `out`, everything else to `err`.
public record Terminal(PrintWriter out, PrintWriter err) {

    /// The process's own.
    public static Terminal ofProcess() {
        return new Terminal(writer(System.out), writer(System.err));
    }

    /// Whether a person watches this process.
    public static boolean isWatched() {
        return Optional.ofNullable(System.console()).map(Console::isTerminal).orElse(false);
    }

    private static PrintWriter writer(PrintStream stream) {
        return new PrintWriter(new OutputStreamWriter(stream, stream.charset()), true);
    }

    /// Writes a line of an answer.
    public void say(String line) {
        out.println(line);
        out.flush();
    }

    /// Writes an answer for programs.
    public void json(JsonNode answer) {
        say(JsonMapper.builder()
                .enable(SerializationFeature.INDENT_OUTPUT)
                .build()
                .writeValueAsString(answer));
    }
}
