package aiguillage.console.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import aiguillage.console.web.Words;
import com.google.gson.JsonObject;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/// Somebody at a browser, with security keys made of software (WebDriver's virtual authenticators). Reads the
/// pages as people do: by their labels, in one language.
final class Person implements AutoCloseable {

    private static final double PATIENCE_MILLIS = 15_000;

    private final Window window;
    private final Words words;
    private final CDPSession keys;
    private final List<String> plugged = new ArrayList<>();

    Person(Browser browser, URI console, String language) {
        window = new Window(browser, console, language, true, ColorScheme.LIGHT);
        words = Words.read(language);
        keys = window.page().context().newCDPSession(window.page());
        keys.send("WebAuthn.enable");
        plugKey();
    }

    /// Plugs in one more key. It alone answers from now on.
    Person plugKey() {
        var options = new JsonObject();
        options.addProperty("protocol", "ctap2");
        options.addProperty("transport", "usb");
        options.addProperty("hasResidentKey", true);
        options.addProperty("hasUserVerification", true);
        options.addProperty("isUserVerified", true);
        var asked = new JsonObject();
        asked.add("options", options);
        plugged.add(keys.send("WebAuthn.addVirtualAuthenticator", asked)
                .get("authenticatorId")
                .getAsString());
        return touch(plugged.size() - 1);
    }

    /// Lets one key alone answer, counted from 0 in the order they were plugged in.
    Person touch(int number) {
        for (int i = 0; i < plugged.size(); i++) {
            JsonObject asked = of(plugged.get(i));
            asked.addProperty("enabled", i == number);
            keys.send("WebAuthn.setAutomaticPresenceSimulation", asked);
        }
        return this;
    }

    /// Unplugs a key for good; the last one left answers.
    Person unplugKey(int number) {
        keys.send("WebAuthn.removeVirtualAuthenticator", of(plugged.remove(number)));
        return touch(plugged.size() - 1);
    }

    private static JsonObject of(String key) {
        var asked = new JsonObject();
        asked.addProperty("authenticatorId", key);
        return asked;
    }

    Page page() {
        return window.page();
    }

    Person to(String path) {
        window.to(path);
        return this;
    }

    /// What the pages say under a key of their words.
    String text(String key, Object... values) {
        return words.of(key, values);
    }

    /// Opens a link of an invitation and makes a key there.
    Person enrol(String link, String label) {
        return enrol(link, label, "overview.title");
    }

    /// As the first of a hub that has carried nothing yet.
    Person enrolFirst(String link, String label) {
        return enrol(link, label, "start.title");
    }

    private Person enrol(String link, String label, String heading) {
        window.to(link);
        requireHeading(text("people.enrol"));
        window.requireSound();
        return fill("people.label", label).press("people.enrol.button").requireHeading(text(heading));
    }

    /// Signs in with the key that answers.
    Person signIn() {
        return to("/sign-in").press("people.sign-in.button").requireHeading(text("overview.title"));
    }

    Person signOut() {
        return press("web.sign-out").requireHeading(text("people.sign-in"));
    }

    /// Fills a field in, of the first form that has one so called.
    Person fill(String label, String value) {
        return fillIn(page().locator("main"), label, value);
    }

    Person fillIn(Locator part, String label, String value) {
        part.getByLabel(text(label), new Locator.GetByLabelOptions().setExact(true))
                .first()
                .fill(value);
        return this;
    }

    /// Chooses of a list.
    Person choose(String label, String value) {
        page().locator("main")
                .getByLabel(text(label), new Locator.GetByLabelOptions().setExact(true))
                .first()
                .selectOption(value);
        return this;
    }

    /// Ticks a box, whose label has these values.
    Person tick(String label, Object... values) {
        page().getByLabel(text(label, values), new Page.GetByLabelOptions().setExact(true))
                .check();
        return this;
    }

    /// Presses the button so called, once the page has it.
    Person press(String button, Object... values) {
        return pressIn(page().locator("body"), button, values);
    }

    Person pressIn(Locator part, String button, Object... values) {
        part.getByRole(
                        AriaRole.BUTTON,
                        new Locator.GetByRoleOptions()
                                .setName(text(button, values))
                                .setExact(true))
                .click();
        return this;
    }

    /// The form that goes to an address.
    Locator form(String action) {
        return page().locator("main form[action='" + action + "']");
    }

    /// Confirms with the key what the page of confirmation says, and waits for what comes after it.
    Person confirm() {
        requireHeading(text("people.confirm"));
        window.requireSound();
        press("people.confirm.button");
        assertThat(heading()).not().hasText(text("people.confirm"), patience());
        return this;
    }

    private static LocatorAssertions.HasTextOptions patience() {
        return new LocatorAssertions.HasTextOptions().setTimeout(PATIENCE_MILLIS);
    }

    private Locator heading() {
        return page().locator("h1").first();
    }

    Person requireHeading(String heading) {
        assertThat(heading()).hasText(heading, patience());
        return this;
    }

    /// Requires that the page says this.
    Person requireSaid(String text) {
        return requireSaid(page().locator("body"), text);
    }

    Person requireSaid(Locator part, String text) {
        assertThat(part).containsText(text, new LocatorAssertions.ContainsTextOptions().setTimeout(PATIENCE_MILLIS));
        return this;
    }

    Person requireUnsaid(String text) {
        assertThat(page().locator("body"))
                .not()
                .containsText(text, new LocatorAssertions.ContainsTextOptions().setTimeout(PATIENCE_MILLIS));
        return this;
    }

    /// Keeps a picture of the page, and requires that nothing speaks against it.
    Person look(String picture) throws IOException {
        window.picture("deed-" + picture).requireSound();
        return this;
    }

    @Override
    public void close() {
        window.close();
    }
}
