package aiguillage.console.testing;

import aiguillage.config.Address;
import aiguillage.console.Console;
import aiguillage.hub.HubConfig;
import aiguillage.hub.entry.Entry;
import aiguillage.hub.journal.Journal;
import aiguillage.hub.operators.Operator;
import aiguillage.hub.operators.Rank;
import aiguillage.hub.testing.RunningHub;
import aiguillage.hub.yard.People;
import aiguillage.protocol.Brand;
import java.net.URI;
import java.nio.file.Path;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// A whole hub with its console, on free ports of loopback, in this process.
public final class ConsoleSite implements AutoCloseable {

    private final RunningHub hub;
    private final Console console;

    public ConsoleSite(Path folder) throws Exception {
        this(new RunningHub(folder));
    }

    /// With a hub that is closed with it.
    public ConsoleSite(RunningHub hub) throws Exception {
        this(hub, Console.open(hub.inside(), config(), (_, _) -> Optional.empty())); // everything is confirmed
    }

    private ConsoleSite(RunningHub hub, Console console) {
        this.hub = hub;
        this.console = console;
    }

    /// One that asks for the key as it does in the field.
    public static ConsoleSite guarded(RunningHub hub) throws Exception {
        return new ConsoleSite(hub, Console.open(hub.inside(), config()));
    }

    private static HubConfig.Console config() {
        return new HubConfig.Console(new Address("127.0.0.1", 0), null, null, null);
    }

    /// Takes somebody in with a key of his own.
    public SoftKey takeIn(Operator operator) throws Exception {
        var key = new SoftKey();
        hub.inside().operators().put(operator, "operator");
        String link =
                hub.inside().operators().invite(operator.name(), "operator").link();
        try (PlainBrowser browser = stranger()) {
            browser.answerAt("/enrol/" + link, key, Map.of("label", "key of " + operator.name()));
        }
        return key;
    }

    /// A browser in which somebody signed in with a key.
    public PlainBrowser signedIn(SoftKey key) throws Exception {
        PlainBrowser browser = stranger();
        browser.signIn(key);
        return browser;
    }

    public RunningHub hub() {
        return hub;
    }

    public Console console() {
        return console;
    }

    public URI uri(String path) {
        return URI.create("http://localhost:" + console.port() + path);
    }

    /// Somebody who looks after all brands, or these.
    public static Operator operator(String name, Rank rank, String... brands) {
        Set<Brand> seen = Arrays.stream(brands).map(Brand::new).collect(Collectors.toUnmodifiableSet());
        return new Operator(name, rank, seen);
    }

    /// A browser in which nobody is signed in.
    public PlainBrowser stranger() {
        return new PlainBrowser(uri("/"), null);
    }

    /// A browser in which somebody is.
    public PlainBrowser browser(Operator operator) {
        return new PlainBrowser(uri("/"), signIn(operator));
    }

    /// Makes the hub know somebody, with a key that nobody has, and signs him in.
    ///
    /// @return what a browser proves the session with
    public String signIn(Operator operator) {
        var now = hub.inside().parts().clock().instant().truncatedTo(ChronoUnit.MILLIS);
        String credential = "key-of-" + operator.name();
        append(new Entry.OperatorChanged(
                now, operator.name(), operator.rank().text(), operator.brands(), false, "operator"));
        append(new Entry.OperatorKeyAdded(now, operator.name(), credential, "none", "none", null));
        return console.sessions().open(operator, People.hash(credential));
    }

    private void append(Entry entry) {
        Journal.await(hub.inside().parts().journal().append(entry));
    }

    /// A browser of an administrator of all brands.
    public PlainBrowser administrator() {
        return browser(operator("ada", Rank.ADMINISTER));
    }

    @Override
    public void close() {
        console.close();
        hub.close();
    }
}
