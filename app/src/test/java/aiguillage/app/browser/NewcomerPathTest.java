package aiguillage.app.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import aiguillage.app.testing.Shell;
import aiguillage.app.testing.StartedHub;
import aiguillage.console.browser.Chromium;
import aiguillage.console.browser.Window;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// From an empty folder to the first claim on its page, as `docs/getting-started.md` tells it: its commands
/// typed, all else clicked, with the command's own processes. `-Daiguillage.pictures=true` takes the page's
/// pictures anew, with the ports that it names.
@Timeout(value = 240, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class NewcomerPathTest {

    private static final boolean DRAWS = Boolean.getBoolean("aiguillage.pictures");
    private static final Path GUIDE = Path.of("../docs/getting-started.md");
    private static final Path PICTURES = Path.of("../docs/pictures");
    private static final long PICTURE_BYTES_MAX = 60_000;
    private static final Duration LONGEST = Duration.ofMinutes(3);
    private static final Duration PATIENCE = Duration.ofSeconds(40);
    private static final String OUT = "garage-dupont/dms/citroen/out/warranty-claim/";
    private static final Pattern LINK = Pattern.compile("http://\\S+/enrol/\\S+");

    @TempDir
    Path folder;

    private String guide = "";

    @Test
    void anEmptyFolderBecomesAHubWithADealerWhoseFirstClaimIsFound() throws Exception {
        long begun = System.nanoTime();
        guide = Files.readString(GUIDE);
        try (var shell = new Shell(folder)) {
            String link = hub(shell);
            try (var chromium = new Chromium();
                    var window = new Window(chromium.browser(), URI.create(link), "en", true, ColorScheme.LIGHT)
                            .withSecurityKey()) {
                window.page().setDefaultTimeout((double) PATIENCE.toMillis());
                PlaywrightAssertions.setDefaultAssertionTimeout((double) PATIENCE.toMillis());
                walk(window, shell, link);
                window.requireFitting();
            }
        }
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(LONGEST);
    }

    /// A hub in an empty folder.
    ///
    /// @return the first operator's link
    private String hub(Shell shell) throws Exception {
        shell.must(typed("aiguillage init first") + (DRAWS ? "" : freePorts()));
        shell.changeFolder("first");
        typed("cd first");
        shell.must(typed("aiguillage ca init"));
        Matcher link = LINK.matcher(shell.leave(typed("aiguillage hub run") + " --log text", "/enrol/"));
        assertThat(link.find()).isTrue();
        return link.group();
    }

    private static String freePorts() throws IOException {
        return " --main " + StartedHub.free() + " --enrolment " + StartedHub.free() + " --operations "
                + StartedHub.free() + " --console " + StartedHub.free();
    }

    private void walk(Window window, Shell shell, String link) throws Exception {
        Page page = window.page();
        page.navigate(link);
        page.getByLabel("Name of the key").fill("My laptop");
        picture(window, "1-key");
        button(page, "Make the key").click();
        assertThat(page.locator("h1")).hasText("First steps");
        page.getByLabel("Its name in addresses and files").fill("citroen");
        page.getByLabel("Its name as people read it").fill("Citroën");
        page.getByLabel("Name of the dealer as a party").fill("garage-dupont");
        page.getByLabel("Name of the centre that reads the claims").fill("citroen-centre");
        picture(window, "2-first-steps");
        button(page, "Look at what it changes").click();
        assertThat(page.locator("main")).containsText("garage-dupont");
        picture(window, "3-change");
        page.getByLabel("Reason (kept in the journal)").fill("Our first dealer");
        button(page, "Put into force").click();
        confirm(page);
        assertThat(page.locator(".steps")).containsText("citroen/warranty-claim");
        String steps = page.url();

        gateway(window, shell, steps, "citroen-centre");
        gateway(window, shell, steps, "garage-dupont");
        claim(window, shell, steps);
    }

    /// Invites a party, and does what its sheet says.
    private void gateway(Window window, Shell shell, String steps, String party) throws Exception {
        Page page = window.page();
        page.navigate(steps);
        link(page, party).click();
        button(page, "Make the sheet").click();
        confirm(page);
        Locator sheet = page.locator(".sheet");
        assertThat(sheet).containsText(party);
        if (party.equals("garage-dupont")) {
            picture(window, "4-sheet");
        }
        shell.must(typed("mkdir " + party));
        String settings = sheet.locator("pre").first().innerText();
        Files.writeString(folder.resolve("first").resolve(party).resolve("gateway.yaml"), settings + "\n");
        shell.must(typed("echo 'door: { listen: 127.0.0.1:8481 }' >> citroen-centre/gateway.yaml")
                .replace("127.0.0.1:8481", StartedHub.free())
                .replace("citroen-centre", party));
        shell.must("cd " + party + " && " + sheet.locator("#enrol").innerText());
        shell.leave(typed("aiguillage gateway run --config " + party + "/gateway.yaml"), "The gateway started.");
    }

    /// The dealer's system writes a claim; the page that waits for it shows it.
    private void claim(Window window, Shell shell, String steps) throws Exception {
        Page page = window.page();
        page.navigate(steps);
        assertThat(page.locator(".steps")).containsText("Waiting");
        shell.must(typed("mkdir -p garage-dupont/dms/citroen/out/warranty-claim"));
        shell.must(typed("sed 's/OPEL/CITROEN/' claim.xml > " + OUT + "claim.tmp"));
        shell.must(typed("mv " + OUT + "claim.tmp " + OUT + "claim.xml"));
        assertThat(page.locator(".steps")).containsText("from garage-dupont");
        picture(window, "5-first-document");

        String number = shell.must("grep -om1 'W-[0-9A-Z-]*' claim.xml").strip().replace("OPEL", "CITROEN");
        shell.soon("ls citroen-centre/dms/citroen/in/warranty-claim/*.xml");
        page.getByRole(AriaRole.SEARCHBOX).first().fill(number);
        page.keyboard().press("Enter");
        assertThat(page.locator("h1")).not().hasText("First steps");
        delivered(page);
        assertThat(page.locator("main")).containsText("citroen-centre");
        assertThat(page.locator("main")).containsText(number);
        picture(window, "6-way");
    }

    /// The centre's gateway acknowledges a moment after it has written its file.
    private static void delivered(Page page) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!page.locator("main .state").first().innerText().equals("delivered")) {
            assertThat(System.nanoTime()).as(page.locator("main").innerText()).isLessThan(end);
            page.reload();
        }
    }

    private static void confirm(Page page) {
        assertThat(page.locator("h1")).hasText("Confirm with your key");
        button(page, "Confirm with the key").click();
    }

    private static Locator button(Page page, String name) {
        return page.getByRole(
                AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    private static Locator link(Page page, String name) {
        return page.getByRole(
                        AriaRole.LINK, new Page.GetByRoleOptions().setName(name).setExact(true))
                .first();
    }

    /// A command as the guide has it.
    private String typed(String command) {
        assertThat(guide.lines().map(String::strip)).contains(command);
        return command;
    }

    /// What stands at the page's top, as far down as there is anything.
    private static byte[] top(Page page) {
        Number bottom = (Number)
                page.evaluate("(scrollTo(0, 0), document.querySelector('footer').getBoundingClientRect().top)");
        double height = Math.min(page.viewportSize().height, bottom.doubleValue());
        return page.screenshot(new Page.ScreenshotOptions().setClip(0, 0, page.viewportSize().width, height));
    }

    /// Keeps a picture of a step; the guide shows each.
    private void picture(Window window, String name) throws IOException {
        window.picture("newcomer-" + name);
        Path shown = PICTURES.resolve(name + ".png");
        if (DRAWS) {
            Files.createDirectories(PICTURES);
            SmallPicture.of(top(window.page())).write(shown);
        }
        assertThat(guide).contains("(pictures/" + name + ".png)");
        assertThat(Files.size(shown)).as(name).isLessThan(PICTURE_BYTES_MAX);
    }
}
