package aiguillage.console.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.google.gson.JsonObject;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.Cookie;
import com.microsoft.playwright.options.SameSiteAttribute;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/// One person's browser, of a tablet's size. What it complains of is kept, and fails [#requireSound].
public final class Window implements AutoCloseable {

    private static final Path PICTURES = Path.of("target/pictures");
    private static final String AXE = axe();
    private static final List<String> RULES = List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa");

    /// Its serious faults, each with the first element that has it.
    private static final String FAULTS = """
            async rules => (await axe.run(document, { runOnly: rules })).violations
                .filter(rule => ['serious', 'critical'].includes(rule.impact))
                .map(rule => rule.id + ': ' + rule.nodes[0].html)""";

    /// The first elements that are, where the page can be moved sideways.
    private static final String BEYOND = """
            () => {
                const root = document.documentElement;
                const isWide = one => one.getBoundingClientRect().right > root.clientWidth && !one.closest('.scroll');
                return root.scrollWidth > root.clientWidth
                    ? [root, ...[...document.querySelectorAll('body *')].filter(isWide)]
                        .slice(0, 4).map(one => one.outerHTML.substring(0, 200))
                    : [];
            }""";

    private static final int WIDTH = 1_100;
    private static final int PHONE_WIDTH = 390;
    private static final int HEIGHT = 800;
    private static final double PATIENCE_MILLIS = 10_000;

    private final URI console;
    private final BrowserContext context;
    private final Page page;
    private final List<String> complaints = new ArrayList<>();

    /// @param language as browsers ask for it
    /// @param hasScripts whether scripts run in it
    public Window(Browser browser, URI console, String language, boolean hasScripts, ColorScheme scheme) {
        this.console = console;
        this.context = browser.newContext(new Browser.NewContextOptions()
                .setLocale(language)
                .setJavaScriptEnabled(hasScripts)
                .setColorScheme(scheme)
                .setViewportSize(WIDTH, HEIGHT));
        this.page = context.newPage();
        page.setDefaultTimeout(PATIENCE_MILLIS);
        page.onConsoleMessage(message -> {
            if (message.type().equals("error") || message.type().equals("warning")) {
                complaints.add(page.url() + ": " + message.text());
            }
        });
        page.onDialog(dialog -> {
            complaints.add(page.url() + ": a dialog: " + dialog.message());
            dialog.dismiss();
        });
        page.onPageError(error -> complaints.add(page.url() + ": " + error));
    }

    /// Gives it the session of somebody who has signed in.
    public Window signedIn(String token) {
        context.addCookies(List.of(new Cookie("__Host-session", token)
                .setUrl("https://" + console.getAuthority() + "/") // of http, the browser's own interface refuses one
                .setSecure(true)
                .setHttpOnly(true)
                .setSameSite(SameSiteAttribute.STRICT)));
        return this;
    }

    /// Gives it a security key that its owner has touched and that knows him, as a passkey of this machine. Scripts
    /// run in it only.
    public Window withSecurityKey() {
        var key = new JsonObject();
        key.addProperty("protocol", "ctap2");
        key.addProperty("transport", "internal");
        key.addProperty("hasResidentKey", true);
        key.addProperty("hasUserVerification", true);
        key.addProperty("isUserVerified", true);
        key.addProperty("automaticPresenceSimulation", true);
        var made = new JsonObject();
        made.add("options", key);
        CDPSession devices = context.newCDPSession(page);
        devices.send("WebAuthn.enable");
        devices.send("WebAuthn.addVirtualAuthenticator", made);
        return this;
    }

    public Page page() {
        return page;
    }

    /// Goes to a page, which must be there.
    public Window to(String path) {
        Response answer =
                Objects.requireNonNull(page.navigate(console.resolve(path).toString()));
        assertThat(answer.status()).as(path).isEqualTo(200);
        return this;
    }

    /// The page's heading.
    public String heading() {
        return page.locator("h1").first().innerText();
    }

    /// Requires that the browser had nothing to complain of, that nobody has to move the page sideways, and
    /// that it has no serious fault for people who cannot see, hear or point (axe's rules for WCAG 2.2 A and
    /// AA).
    public void requireSound() {
        requireFitting();
        page.evaluate(AXE);
        assertThat((List<?>) page.evaluate(FAULTS, RULES)).as(page.url()).isEmpty();
    }

    /// Requires the same of a phone's width: what is wider is moved within its own part of the page.
    public void requireFittingOnAPhone() {
        page.setViewportSize(PHONE_WIDTH, HEIGHT);
        requireFitting();
        page.setViewportSize(WIDTH, HEIGHT);
    }

    /// Of the library's jar: its own way to run it needs another version of a JSON reader than the hub has.
    private static String axe() {
        try (InputStream script = AxeBuilder.class.getResourceAsStream("/axe.min.js")) {
            return new String(Objects.requireNonNull(script).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Requires that the browser had nothing to complain of, and that the page is not wider than the window.
    public void requireFitting() {
        assertThat(complaints).isEmpty();
        assertThat((List<?>) page.evaluate(BEYOND))
                .as("beyond the window: " + page.url())
                .isEmpty();
    }

    /// Keeps a picture of the whole page as build output.
    public Window picture(String name) throws IOException {
        Files.createDirectories(PICTURES);
        page.screenshot(new Page.ScreenshotOptions().setFullPage(true).setPath(PICTURES.resolve(name + ".png")));
        return this;
    }

    @Override
    public void close() {
        context.close();
    }
}
