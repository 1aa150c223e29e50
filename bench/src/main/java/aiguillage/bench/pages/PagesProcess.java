package aiguillage.bench.pages;

import aiguillage.bench.server.Child;
import aiguillage.bench.server.Site;
import aiguillage.config.Address;
import aiguillage.console.Console;
import aiguillage.hub.Hub;
import aiguillage.hub.HubConfig;
import aiguillage.hub.operators.Operator;
import aiguillage.hub.operators.Operators;
import aiguillage.hub.operators.Rank;
import aiguillage.hub.yard.People;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Set;

/// A hub with its console in a process of its own. Says the console's port and the word of a session; then, for each
/// line that comes, how many nanoseconds of processor time it has had.
public final class PagesProcess {

    private static final Operator ADA = new Operator("ada", Rank.ADMINISTER, Set.of());
    private static final String NO_KEY = "a-key-that-nobody-has";

    private PagesProcess() {}

    /// @param arguments the site's folder
    public static void main(String[] arguments) throws Exception {
        var site = new Site(Path.of(arguments[0]));
        try (Hub hub = Hub.start(site.config(), InstantSource.system(), PagesProcess::stop);
                Console console = Console.open(
                        hub.inside(), new HubConfig.Console(new Address("127.0.0.1", 0), null, null, null))) {
            Operators operators = hub.inside().operators();
            operators.put(ADA, ADA.by());
            operators.addKey(
                    ADA.name(),
                    NO_KEY,
                    "none",
                    "bench",
                    operators.invite(ADA.name(), ADA.by()).link());
            Child.say(console.port() + " " + console.sessions().open(ADA, People.hash(NO_KEY)));
            Child.sayForEachOrder(() -> ProcessHandle.current()
                    .info()
                    .totalCpuDuration()
                    .orElseThrow()
                    .toNanos());
        }
    }

    private static void stop(Throwable cause) {
        cause.printStackTrace();
        Runtime.getRuntime().halt(1);
    }
}
