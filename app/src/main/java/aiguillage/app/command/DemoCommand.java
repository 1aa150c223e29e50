package aiguillage.app.command;

import aiguillage.app.demo.Deciding;
import aiguillage.app.demo.Demo;
import aiguillage.app.demo.Figures;
import aiguillage.app.demo.PriceList;
import aiguillage.app.demo.Rehearsal;
import aiguillage.app.terminal.Exit;
import aiguillage.app.terminal.Failure;
import aiguillage.app.terminal.Logs;
import aiguillage.app.terminal.Terminal;
import aiguillage.config.ConfigReader;
import aiguillage.gateway.Gateway;
import aiguillage.gateway.GatewayConfig;
import aiguillage.protocol.Brand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `aiguillage demo`.
@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        description = {
            "The main job on this machine, with real processes: a hub, two dealers' gateways and a warranty centre;"
                    + " claims in, decisions back, the hub killed in the middle.",
            "Then prices: a list is published, changes, an embargo opens at its instant, a leaked copy is traced to its"
                    + " dealer. At the end a table, counted from the folders and at the dealers' local doors."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  aiguillage demo",
            "  aiguillage demo --claims 5000 --json figures.json",
            "  aiguillage demo --doors                       each dealer by another door",
            "  aiguillage demo --folder /tmp/demo --stay     leaves it running to look around",
            "",
            "Exit codes: 0 nothing lost, nothing twice, every price list exact and in time, the leak",
            "traced to its dealer alone; 1 otherwise."
        })
final class DemoCommand implements Callable<Integer>, Aiguillage.Runs {

    private static final int CLAIMS_MAX = 1_000_000;

    /// A shorter list has too few marks to accuse anybody by half a copy.
    private static final int PARTS_MIN = 1_000;

    private static final int PARTS_MAX = 200_000;

    private final Terminal terminal;

    @Option(names = "--claims", defaultValue = "1000", paramLabel = "N", description = "How many (${DEFAULT-VALUE}).")
    private int claims;

    @Option(
            names = "--rate",
            defaultValue = "100",
            paramLabel = "N",
            description = "Claims a second that the dealers write (${DEFAULT-VALUE}).")
    private int perSecond;

    @Option(
            names = "--parts",
            defaultValue = "3000",
            paramLabel = "N",
            description = "Parts in the price list (${DEFAULT-VALUE}).")
    private int parts;

    @Option(
            names = "--folder",
            paramLabel = "FOLDER",
            description = "Empty or new; kept afterwards (default: a temporary one, removed).")
    private @Nullable Path folder;

    @Option(
            names = "--doors",
            description =
                    "Each dealer by another door: a gateway's folder, STAR, flat files by SFTP, AS4. Claims alone.")
    private boolean doors;

    @Option(
            names = "--stay",
            description = "Leave it running until Ctrl-C, with the hub's console; the last line is its link.")
    private boolean stay;

    @Option(names = "--json", paramLabel = "FILE", description = "Write the counted figures there.")
    private @Nullable Path json;

    DemoCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (claims < 1 || claims > CLAIMS_MAX || perSecond < 1) {
            throw new Failure(Exit.USAGE, "The demo takes 1 to " + CLAIMS_MAX + " claims, at least 1 a second.");
        }
        requireParts(parts);
        Path own = folder == null ? Files.createTempDirectory("aiguillage-demo-") : folder.toAbsolutePath();
        var progress = new DemoProgress(terminal, claims);
        progress.step("The demo's folder is " + own + ".");
        var demo = new Demo(own, claims, perSecond, parts, doors, stay, progress);
        var cleanUp = new CleanUp(demo, folder == null ? own : null);
        Runtime.getRuntime().addShutdownHook(cleanUp.thread());
        Figures figures;
        try {
            figures = demo.run();
            progress.end();
            show(figures, own);
            if (stay) {
                terminal.say("Everything is left running. Ctrl-C ends it.");
                terminal.say("All of it in a browser, with a passkey or a security key: " + demo.consoleLink());
                new CountDownLatch(1).await();
            }
        } finally {
            cleanUp.run();
        }
        return figures.isGood() ? Exit.OK.code() : Exit.NO.code();
    }

    private static void requireParts(int parts) {
        if (parts < PARTS_MIN || parts > PARTS_MAX) {
            throw new Failure(Exit.USAGE, "The price list has " + PARTS_MIN + " to " + PARTS_MAX + " parts.");
        }
    }

    private void show(Figures figures, Path own) throws IOException {
        terminal.say(figures.table());
        terminal.say(doors ? DemoProgress.atDoors(own, folder != null) : DemoProgress.byHand(own, stay));
        if (json != null) {
            Files.writeString(json, figures.json().toPrettyString() + "\n");
        }
    }

    /// Ends the demo's processes and removes its folder, once, whether it came to its end or Ctrl-C came first.
    private record CleanUp(Demo demo, @Nullable Path temporary) {

        Thread thread() {
            return Thread.ofPlatform().name("end-demo").unstarted(this::run);
        }

        synchronized void run() {
            demo.close();
            if (temporary != null && Files.exists(temporary)) {
                try (Stream<Path> all = Files.walk(temporary)) {
                    for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                        Files.delete(path);
                    }
                } catch (IOException e) {
                    System.err.println("The folder " + temporary + " could not be removed: " + e);
                }
            }
        }
    }

    @Command(
            name = "decide",
            mixinStandardHelpOptions = true,
            description = "Plays a warranty centre: answers each claim in a DMS folder by the demo's rules.",
            footerHeading = "%nExamples:%n",
            footer = "  aiguillage demo decide --dms warranty-centre/dms --brand opel")
    int decide(
            @Option(names = "--dms", required = true, paramLabel = "FOLDER", description = "The centre's DMS folder.")
                    Path dms,
            @Option(names = "--brand", required = true, paramLabel = "BRAND", description = "May be given repeatedly.")
                    List<String> brands)
            throws IOException {
        new Deciding(dms, brands.stream().map(Brand::new).toList()).run();
        return Exit.OK.code();
    }

    @Command(
            name = "prices",
            mixinStandardHelpOptions = true,
            description = "Writes the demo's price list, to publish it by hand.",
            footerHeading = "%nExamples:%n",
            footer = "  aiguillage demo prices prices.csv")
    int prices(
            @Parameters(index = "0", paramLabel = "FILE", description = "The new file, CSV.") Path file,
            @Option(
                            names = "--parts",
                            defaultValue = "3000",
                            paramLabel = "N",
                            description = "Parts in the list (${DEFAULT-VALUE}).")
                    int rows)
            throws IOException {
        requireParts(rows);
        Files.writeString(file, PriceList.of(rows).csv());
        return Exit.OK.code();
    }

    @Command(
            name = "rehearse",
            hidden = true,
            description = "Runs a hub and a gateway in this process, once: what is loaded then, the launcher archives.")
    int rehearse(@Option(names = "--folder", required = true) Path rehearsal) throws Exception {
        Rehearsal.run(rehearsal);
        Aiguillage.commandLine(new Terminal(terminal.err(), terminal.err())).execute("--help");
        return Exit.OK.code();
    }

    @Command(name = "centre", hidden = true, description = "A gateway and the demo's deciding in one process.")
    int centre(
            @Option(names = "--config", required = true) Path config,
            @Option(names = "--log") Logs.@Nullable Form form,
            @Option(names = "--parent") @Nullable Long parent)
            throws Exception {
        GatewayConfig settings =
                new ConfigReader().file(config, GatewayConfig.class).value();
        Logs.ofService(form == null ? Logs.suitable() : form);
        Gateway gateway = Gateway.start(settings, InstantSource.system());
        Thread.ofPlatform().name("deciding").daemon().start(() -> {
            try {
                new Deciding(settings.dms(), settings.brands()).run();
            } catch (IOException | RuntimeException e) {
                System.err.println("The centre cannot decide any more: " + e);
                Runtime.getRuntime().halt(Exit.INTERNAL.code());
            }
        });
        Service.untilStopped("centre", gateway, parent);
        return Exit.OK.code();
    }
}
