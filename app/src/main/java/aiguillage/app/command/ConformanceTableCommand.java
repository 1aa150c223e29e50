package aiguillage.app.command;

import aiguillage.app.terminal.Exit;
import aiguillage.app.terminal.Terminal;
import aiguillage.conformance.ground.FlatFormat;
import aiguillage.conformance.ground.Table;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.json.JsonMapper;

/// `aiguillage conformance table`.
@Command(
        name = "table",
        mixinStandardHelpOptions = true,
        description = "The kit's own table, for a hub that is to be played against: a flows file, its schema, or the"
                + " format of its flat files.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  aiguillage conformance table > flows.yaml",
            "  aiguillage conformance table --schema > schemas/" + Table.SCHEMA_NAME,
            "  aiguillage conformance table --format formats",
        })
final class ConformanceTableCommand implements Callable<Integer> {

    private final Terminal terminal;

    @Option(names = "--schema", description = "The schema instead, which the table names.")
    private boolean isSchema;

    @Option(
            names = "--format",
            paramLabel = "FOLDER",
            description = "Write the flat format that the table names into the hub's folder of formats instead.")
    private @Nullable Path formats;

    @Option(names = "--json", description = Texts.JSON)
    private boolean json;

    ConformanceTableCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException {
        if (formats != null) {
            new FlatFormat().write(formats);
            Path folder = formats.resolve(FlatFormat.NAME);
            if (json) {
                terminal.json(JsonMapper.shared()
                        .createObjectNode()
                        .put("name", FlatFormat.NAME)
                        .put("folder", folder.toString()));
            } else {
                terminal.say("The format is in " + folder + ".");
            }
            return Exit.OK.code();
        }
        String text = isSchema ? Table.SCHEMA : Table.of(Map.of()).yaml();
        if (json) {
            terminal.json(JsonMapper.shared()
                    .createObjectNode()
                    .put("name", isSchema ? Table.SCHEMA_NAME : "flows.yaml")
                    .put("text", text));
        } else {
            terminal.out().print(text);
            terminal.out().flush();
        }
        return Exit.OK.code();
    }
}
