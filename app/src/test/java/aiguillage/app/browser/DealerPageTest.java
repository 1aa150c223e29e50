package aiguillage.app.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import aiguillage.app.testing.DatasetScene;
import aiguillage.app.testing.Ran;
import aiguillage.app.testing.StartedHub;
import aiguillage.config.ConfigReader;
import aiguillage.console.browser.Chromium;
import aiguillage.console.browser.Window;
import aiguillage.gateway.Gateway;
import aiguillage.gateway.GatewayConfig;
import aiguillage.hub.operators.Operator;
import aiguillage.hub.operators.Rank;
import aiguillage.hub.settings.Maintenance;
import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The dealer's page as he sees it, with a hub and a gateway in this process: he comes in by a link, finds his claim,
/// looks a price up, and reads what to do first when the line is lost.
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class DealerPageTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final double LOOK_MILLIS = 200;
    private static final Pattern CLAIM = Pattern.compile("W-[0-9A-Z-]+");
    private static final Operator ADA = new Operator("ada", Rank.ADMINISTER, Set.of());

    private static final Said ENGLISH = new Said("Is all well at dealer-7?", "Open the page", "delivered|safe at the");
    private static final Said FRENCH = new Said("Tout va bien chez dealer-7 ?", "Ouvrir la page", "remis|en sécurité");

    @TempDir
    Path folder;

    /// How far this gateway's clock is ahead.
    private final AtomicReference<Duration> ahead = new AtomicReference<>(Duration.ZERO);

    private Path yaml = Path.of("");

    @Test
    void theDealerSeesWhetherAllIsWellAndWhatToDoFirst() throws Exception {
        try (var scene = new DatasetScene(folder)) {
            scene.publish(scene.file("first.csv", "part,price\np1,10.00\np2,20.00\n"));
            yaml = scene.gateway("dealer-7", """
                    door: { listen: "%s" }
                    line: { retry-first: 10ms, retry-longest: 200ms }
                    look: 100ms
                    settle: 0ms
                    free-space-min: 1MB
                    """.formatted(StartedHub.free()));
            GatewayConfig config =
                    new ConfigReader().file(yaml, GatewayConfig.class).value();
            String claim = claim(scene, config);
            try (Gateway gateway = Gateway.start(config, () -> Instant.now().plus(ahead.get()));
                    var chromium = new Chromium()) {
                String link = gateway.firstLink().orElseThrow();
                try (Window english = window(chromium, link, "en-GB", true);
                        Window plain = window(chromium, link, "fr-FR", false)) {
                    walk(english, link, ENGLISH, claim, Window::requireSound);
                    walk(plain, another(), FRENCH, claim, Window::requireFittingOnAPhone);
                    maintenance(scene, english);
                    lost(scene, english);
                }
            }
        }
    }

    /// What a page says in one language.
    private record Said(String heading, String open, String fate) {}

    /// The dealer's system writes one.
    ///
    /// @return its number
    private static String claim(DatasetScene scene, GatewayConfig config) throws IOException {
        String xml = Files.readString(scene.hub().file("claim.xml"));
        Path out = Files.createDirectories(config.dms().toAbsolutePath().resolve("opel/out/warranty-claim"));
        Files.writeString(out.resolve("claim.tmp"), xml);
        Files.move(out.resolve("claim.tmp"), out.resolve("claim.xml"));
        Matcher number = CLAIM.matcher(xml);
        assertThat(number.find()).isTrue();
        return number.group();
    }

    private static Window window(Chromium chromium, String link, String language, boolean hasScripts) {
        var window =
                new Window(chromium.browser(), URI.create(link).resolve("/"), language, hasScripts, ColorScheme.LIGHT);
        window.page().setDefaultTimeout((double) PATIENCE.toMillis());
        return window;
    }

    /// As whoever looks after the computer makes it.
    private String another() {
        return Ran.command("gateway", "page-link", "--config", yaml).out().strip();
    }

    private static void walk(Window window, String link, Said said, String claim, Consumer<Window> sound)
            throws IOException {
        Page page = window.page();
        window.to("/");
        assertThat(page.locator("main form")).hasCount(0); // a stranger learns how to get a link, and no more
        sound.accept(window);
        page.navigate(link);
        sound.accept(window);
        button(page, said.open()).click();
        assertThat(page.locator("h1")).hasText(said.heading());
        sound.accept(window);

        page.locator("#q").fill(claim);
        page.locator("input[name=hub]").check();
        page.keyboard().press("Enter");
        assertThat(page.locator("main")).containsText("warranty-centre"); // where the hub says that it waits
        sound.accept(window);

        window.to("/find?q=claim.xml");
        assertThat(page.locator("tbody .state")).hasText(Pattern.compile(said.fate()));
        sound.accept(window);
        page.locator("tbody a").first().click();
        assertThat(page.locator("h1")).hasText("claim.xml");
        sound.accept(window);
        Download sheet = page.waitForDownload(
                () -> page.locator("a[href^='/receipt.pdf']").click());
        byte[] pdf = Files.readAllBytes(sheet.path());
        assertThat(new String(pdf, 0, 5, StandardCharsets.US_ASCII)).isEqualTo("%PDF-");

        window.to("/prices?list=" + DatasetScene.PRICES);
        page.locator("#key-part").fill("p1");
        page.locator("main form button").click();
        assertThat(page.locator("tbody")).containsText("10.00");
        sound.accept(window);
    }

    /// What is announced at the hub stands here, the next time somebody looks.
    private void maintenance(DatasetScene scene, Window window) throws Exception {
        scene.hub().settings().set(Maintenance.SETTING, "{\"en\":\"New disks tonight.\",\"fr\":\"\"}", ADA);
        soon(window, "New disks tonight.", Duration.ofSeconds(61));
        window.requireSound();
    }

    /// A hub that is away for some seconds is nothing that somebody has to act on; one that stays away is.
    private void lost(DatasetScene scene, Window window) throws Exception {
        scene.hub().stop();
        soon(window, "Connecting again to", Duration.ZERO);
        assertThat(window.page().locator("li.row.warn").filter(holding("Connecting again to")))
                .hasCount(1);
        ahead.set(ahead.get().plus(Duration.ofMinutes(2)));
        soon(window, "The hub cannot be reached", Duration.ZERO);
        assertThat(window.page().locator("li.row.bad").filter(holding("The hub cannot be reached")))
                .hasCount(1);
        assertThat(window.page().locator(".headline .state")).hasText("To act on");
        assertThat(window.page().locator(".notice .todo").first()).containsText("Check the Internet line");
        window.picture("dealer-red").requireSound();
    }

    /// Looks until the page says this.
    ///
    /// @param step how far the gateway's clock goes on with each look: it asks a hub for its status once a minute
    private void soon(Window window, String text, Duration step) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        Locator main = window.to("/").page().locator("main");
        while (!main.innerText().contains(text)) {
            assertThat(System.nanoTime()).as(main.innerText()).isLessThan(end);
            ahead.set(ahead.get().plus(step));
            window.page().waitForTimeout(LOOK_MILLIS);
            window.to("/");
        }
    }

    private static Locator.FilterOptions holding(String text) {
        return new Locator.FilterOptions().setHasText(text);
    }

    private static Locator button(Page page, String name) {
        return page.getByRole(
                AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
    }
}
