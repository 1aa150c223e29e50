package aiguillage.console.browser;

import static org.assertj.core.api.Assertions.assertThat;

import aiguillage.console.testing.ConsoleSite;
import aiguillage.console.web.Menu;
import aiguillage.hub.operators.Rank;
import com.microsoft.playwright.options.ColorScheme;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// Every room of the console, as people see it.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EveryPageTest {

    private Chromium chromium;
    private ConsoleSite site;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        chromium = new Chromium();
        site = new ConsoleSite(folder);
    }

    @AfterAll
    void stop() throws Exception {
        if (site != null) {
            site.close();
            chromium.close();
        }
    }

    private Window window(String language, boolean hasScripts, ColorScheme scheme) {
        return new Window(chromium.browser(), site.uri("/"), language, hasScripts, scheme)
                .signedIn(site.signIn(ConsoleSite.operator("ada", Rank.ADMINISTER)));
    }

    private static List<String> pages() {
        return Menu.ITEMS.stream().map(Menu.Item::path).toList();
    }

    private static String name(String path) {
        return path.equals("/") ? "overview" : path.substring(1).replaceAll("[^a-z0-9]+", "-");
    }

    @Test
    void everyPageIsSoundInBothLanguagesAndThemes() throws Exception {
        for (String language : List.of("en", "fr")) {
            for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
                try (Window window = window(language, true, scheme)) {
                    for (String path : pages()) {
                        window.to(path)
                                .picture(name(path) + "-" + language + (scheme == ColorScheme.DARK ? "-dark" : ""))
                                .requireSound();
                    }
                }
            }
        }
    }

    @Test
    void everyPageIsReadWithoutScripts() {
        try (Window with = window("en", true, ColorScheme.LIGHT);
                Window without = window("en", false, ColorScheme.LIGHT)) {
            for (String path : pages()) {
                assertThat(without.to(path).heading()).isEqualTo(with.to(path).heading());
            }
        }
    }

    @Test
    void theKeyboardReachesTheSearchBox() {
        try (Window window = window("en", true, ColorScheme.LIGHT)) {
            window.to("/").page().keyboard().press("/");
            assertThat(window.page().evaluate("document.activeElement.id")).isEqualTo("find");
        }
    }
}
