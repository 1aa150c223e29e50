package aiguillage.app.command;

import aiguillage.app.terminal.Exit;
import aiguillage.app.terminal.Terminal;
import aiguillage.protocol.Release;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/// The command itself: groups of commands, in the order in which a newcomer needs them.
@Command(
        name = "aiguillage",
        mixinStandardHelpOptions = true,
        version = "aiguillage " + Release.VERSION,
        description = "The switchyard between car manufacturers and their dealers.",
        synopsisSubcommandLabel = "COMMAND",
        footerHeading = "%nExamples:%n",
        footer = {
            "  aiguillage demo                 the main job on this machine",
            "  aiguillage init my-hub          a configuration to start from",
            "  aiguillage hub run --help       how a command is used",
            "",
            "The launcher also has: bench, simulate, test (--faults, --hostile), fuzz, sbom, tidy.",
        })
public final class Aiguillage {

    private Aiguillage() {}

    /// The whole command, ready to execute.
    public static CommandLine commandLine(Terminal terminal) {
        var commands = new CommandLine(new Aiguillage())
                .addSubcommand(new DemoCommand(terminal))
                .addSubcommand(new InitCommand(terminal))
                .addSubcommand(new CaCommands(terminal))
                .addSubcommand(new CommandLine(new HubCommands(terminal))
                        .addSubcommand(new CheckCommand(terminal))
                        .addSubcommand(new QuarantineCommands(terminal))
                        .addSubcommand(new ReplayCommand(terminal)))
                .addSubcommand(new PartyCommands(terminal))
                .addSubcommand(new OperatorCommands(terminal))
                .addSubcommand(new FlowsCommands(terminal))
                .addSubcommand(new FormatCommands(terminal))
                .addSubcommand(new CommandLine(new DatasetCommands(terminal))
                        .addSubcommand(new PublishCommand(terminal))
                        .addSubcommand(new TraceCommand(terminal))
                        .addSubcommand(new LookupCommand(terminal))
                        .addSubcommand(new HistoryCommand(terminal))
                        .addSubcommand(new DiffCommand(terminal))
                        .addSubcommand(new VerifyCommand(terminal)))
                .addSubcommand(new WhereCommand(terminal))
                .addSubcommand(new ReceiptCommands(terminal))
                .addSubcommand(new GatewayCommands(terminal))
                .addSubcommand(new StatusCommands(terminal))
                .addSubcommand(new CommandLine(new ConformanceCommand(terminal))
                        .addSubcommand(new ConformanceTableCommand(terminal))
                        .addSubcommand(new ConformanceVerifyCommand(terminal)))
                .addSubcommand(new ReferenceCommand(terminal));
        commands.getCommandSpec()
                .usageMessage()
                .exitCodeListHeading("%nExit codes:%n")
                .exitCodeList(Arrays.stream(Exit.values())
                        .collect(Collectors.toMap(
                                exit -> Integer.toString(exit.code()),
                                Exit::text,
                                (one, other) -> one + "; " + other,
                                LinkedHashMap::new)));
        return commands.setOut(terminal.out())
                .setErr(terminal.err())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setUsageHelpWidth(80)
                .setExecutionExceptionHandler(new Mishaps(terminal))
                .setExecutionStrategy(Aiguillage::execute);
    }

    /// A group without a command shows its help: the command line is not complete.
    private static int execute(CommandLine.ParseResult parsed) {
        Integer helped = CommandLine.executeHelpRequest(parsed);
        if (helped != null) {
            return helped;
        }
        CommandLine last = parsed.asCommandLineList().getLast();
        boolean group = !last.getSubcommands().isEmpty() && !(last.getCommand() instanceof Runs);
        if (group) {
            last.usage(last.getErr());
            return Exit.USAGE.code();
        }
        return new CommandLine.RunLast().execute(parsed);
    }

    /// A command that can be run although it has commands below it.
    interface Runs {}
}
