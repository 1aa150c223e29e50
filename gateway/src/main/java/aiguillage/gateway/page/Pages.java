package aiguillage.gateway.page;

import aiguillage.protocol.Digest;
import com.sun.net.httpserver.HttpExchange;
import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.Utf8ByteOutput;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Answers browsers: sees whether they may look, finds the page, writes it. Every refusal and every failure
/// ends here. Safe from any thread; answering may wait.
public final class Pages {

    private static final Logger log = LoggerFactory.getLogger(Pages.class);

    private static final String TEMPLATES = "aiguillage.gateway.template";
    private static final String HTML = "text/html;charset=utf-8";
    private static final String ASSETS = "/assets/";
    private static final int TAG_CHARS = 12;
    private static final String LANGUAGE = "gateway-language";
    private static final long A_YEAR_SECONDS = 31_536_000;

    /// Nothing but what this gateway gives: no script or style in a page, nothing from elsewhere, in no frame.
    private static final Map<String, String> GUARDS = Map.of(
            "Content-Security-Policy",
            "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; form-action 'self';"
                    + " frame-ancestors 'none'; base-uri 'none'",
            "X-Content-Type-Options",
            "nosniff",
            "Referrer-Policy",
            "same-origin",
            "Cross-Origin-Opener-Policy",
            "same-origin",
            "Cross-Origin-Resource-Policy",
            "same-origin",
            "Cache-Control",
            "no-store");

    private final PageParts gateway;
    private final Map<String, PageWords> words;
    private final Map<String, Place> places;
    private final TemplateEngine templates =
            TemplateEngine.createPrecompiled(null, ContentType.Html, Pages.class.getClassLoader(), TEMPLATES);
    private final Map<String, Asset> assets = new HashMap<>();
    private final String style;
    private final String script;

    /// A page for those who may look.
    private interface Place {
        Shown shown(PageWords spoken, Browser browser, boolean isKnown) throws PageRefused, IOException;
    }

    @SuppressWarnings("ArrayRecordComponent") // read once, written to every browser
    private record Asset(String type, byte[] content) {}

    public Pages(PageParts gateway) {
        this.gateway = gateway;
        this.words = PageWords.LANGUAGES.stream()
                .collect(Collectors.toMap(Function.identity(), one -> PageWords.read(one, gateway.zone())));
        var hubs = new HubQuestions(gateway);
        var overview = new OverviewPage(gateway, hubs);
        var documents = new DocumentPages(gateway, hubs);
        var prices = new PricePage(gateway.brands(), gateway.shelf());
        this.places = Map.of(
                "GET /", (spoken, browser, _) -> overview.page(spoken, browser),
                "GET /find", (spoken, browser, _) -> documents.find(spoken, browser),
                "GET /document", (spoken, browser, _) -> documents.one(spoken, browser),
                "GET /receipt.json", (_, browser, _) -> documents.receipt(browser),
                "GET /receipt.pdf", (spoken, browser, _) -> documents.pdf(spoken, browser),
                "GET /prices", (spoken, browser, isKnown) -> prices.page(spoken, browser::query, isKnown));
        this.style = asset("page.css", "text/css;charset=utf-8");
        this.script = asset("page.js", "text/javascript;charset=utf-8");
    }

    private String asset(String name, String type) {
        try (InputStream in = Pages.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("there is no " + name + " on the class path");
            }
            byte[] content = in.readAllBytes();
            String tag = HexFormat.of().formatHex(Digest.of(content).bytes()).substring(0, TAG_CHARS);
            String address = ASSETS + tag + "/" + name;
            assets.put(address, new Asset(type, content));
            return address;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Answers one request; the exchange is its caller's to close.
    ///
    /// @throws IOException when the browser went away
    public void answer(HttpExchange http, Mount mount) throws IOException {
        GUARDS.forEach(http.getResponseHeaders()::set);
        Browser browser;
        try {
            browser = new Browser(http);
        } catch (PageRefused e) {
            http.sendResponseHeaders(e.status(), -1);
            return;
        }
        boolean isKnown = false;
        try {
            requireOwn(browser, mount);
            isKnown = gateway.guests().isKnown(browser.cookie(mount.cookie(browser.port())));
            route(browser, mount, isKnown);
        } catch (PageRefused e) {
            write(browser, mount, isKnown, said(e.status(), e.words()));
        } catch (RuntimeException e) {
            log.atError().addKeyValue("path", browser.path()).setCause(e).log("A page failed.");
            write(browser, mount, isKnown, said(500, "refused.failed"));
        }
    }

    private static Shown.Page said(int status, String sentence) {
        return new Shown.Page(status, "page/said", Map.of("sentence", sentence));
    }

    /// A request for another name, or one that a page of somebody else's makes behind its reader's back, is not
    /// answered; a form comes from a page of ours.
    private static void requireOwn(Browser browser, Mount mount) throws PageRefused {
        String host = browser.header("Host");
        if (host == null || !mount.isMeant(host, browser.port())) {
            throw PageRefused.of(421, "refused.host");
        }
        String site = browser.header("Sec-Fetch-Site");
        boolean isForeign = "cross-site".equals(site) || "same-site".equals(site);
        if (isForeign && !"navigate".equals(browser.header("Sec-Fetch-Mode"))) {
            throw PageRefused.of(403, "refused.origin");
        }
        if (browser.method().equals("POST")) {
            if (!mount.origin(host).equals(browser.header("Origin"))) {
                throw PageRefused.of(403, "refused.origin");
            }
        } else if (!browser.isRead()) {
            throw PageRefused.of(405, "refused.method");
        }
    }

    private void route(Browser browser, Mount mount, boolean isKnown) throws PageRefused, IOException {
        String place = (browser.isRead() ? "GET " : "POST ") + browser.path();
        if (browser.isRead() && browser.path().startsWith(ASSETS)) {
            asset(browser);
            return;
        }
        switch (place) {
            case "GET /enter" -> {
                Shown page = new Shown.Page(200, "page/enter", Map.of("link", browser.query("link")));
                write(browser, mount, isKnown, page);
                return;
            }
            case "POST /enter" -> {
                enter(browser, mount);
                return;
            }
            case "POST /leave" -> {
                gateway.guests().leave(browser.cookie(mount.cookie(browser.port())));
                browser.say("Set-Cookie", mount.cookie(browser.port()) + "=; Max-Age=0" + mount.cookieRules());
                browser.seeOther("/");
                return;
            }
            case "POST /language" -> {
                language(browser, mount);
                return;
            }
            default -> {
                // perhaps one of the places
            }
        }
        Place page = places.get(place);
        if (page == null) {
            throw PageRefused.of(404, "refused.nowhere");
        }
        if (mount.needsSession() && !isKnown) {
            browser.seeOther("/enter");
            return;
        }
        write(browser, mount, isKnown, page.shown(words(browser), browser, isKnown));
    }

    private void enter(Browser browser, Mount mount) throws PageRefused, IOException {
        String session = gateway.guests().enter(browser.form().getOrDefault("link", ""));
        if (session == null) {
            throw PageRefused.of(403, "refused.link");
        }
        long seconds = Guests.SESSION_LASTS.toSeconds();
        browser.say(
                "Set-Cookie",
                mount.cookie(browser.port()) + "=" + session + "; Max-Age=" + seconds + mount.cookieRules());
        browser.seeOther("/");
    }

    private void language(Browser browser, Mount mount) throws PageRefused, IOException {
        Map<String, String> form = browser.form();
        String chosen = form.getOrDefault("language", "");
        if (!PageWords.LANGUAGES.contains(chosen)) {
            throw PageRefused.of(400, "refused.unreadable");
        }
        browser.say("Set-Cookie", LANGUAGE + "=" + chosen + "; Max-Age=" + A_YEAR_SECONDS + mount.cookieRules());
        browser.seeOther(ours(form.getOrDefault("to", "/")));
    }

    /// A place of this page, whatever a form says.
    private static String ours(String place) {
        boolean isPath = place.startsWith("/")
                && !place.startsWith("//")
                && place.chars().allMatch(c -> c > ' ' && c < 0x7f && c != '\\');
        return isPath ? place : "/";
    }

    private PageWords words(Browser browser) {
        PageWords chosen = words.get(browser.cookie(LANGUAGE));
        return chosen == null ? spoken(browser.header("Accept-Language")) : chosen;
    }

    /// The first language of a browser that we have too.
    private PageWords spoken(@Nullable String accepted) {
        for (String tag : (accepted == null ? "" : accepted).split(",", 20)) {
            String language = tag.strip().toLowerCase(Locale.ROOT);
            PageWords known = language.length() < 2 ? null : words.get(language.substring(0, 2));
            if (known != null) {
                return known;
            }
        }
        return Objects.requireNonNull(words.get(PageWords.LANGUAGES.getFirst()), "the first language");
    }

    private void asset(Browser browser) throws PageRefused, IOException {
        Asset asset = assets.get(browser.path());
        if (asset == null) {
            throw PageRefused.of(404, "refused.nowhere");
        }
        browser.say("Cache-Control", "public, max-age=" + A_YEAR_SECONDS + ", immutable");
        browser.answer(200, asset.type(), asset.content());
    }

    private void write(Browser browser, Mount mount, boolean isKnown, Shown shown) throws IOException {
        switch (shown) {
            case Shown.File(var type, var name, var content) -> {
                String safe = name.replaceAll("[^A-Za-z0-9._-]", "_");
                browser.say("Content-Disposition", "attachment; filename=\"" + safe + "\"");
                browser.answer(200, type, content);
            }
            case Shown.Page(var status, var template, var values) -> {
                boolean mayLook = isKnown || !mount.needsSession();
                String party = mayLook ? gateway.party().value() : ""; // strangers do not learn whose gateway it is
                var look = new Look(words(browser), party, isKnown, browser.place(), style, script);
                browser.answer(status, HTML, rendered(template, values, look));
            }
        }
    }

    private byte[] rendered(String template, Map<String, Object> values, Look look) throws IOException {
        var all = new HashMap<>(values);
        all.put("look", look);
        var out = new Utf8ByteOutput();
        templates.render(template + ".jte", all, out);
        var bytes = new ByteArrayOutputStream(out.getContentLength());
        out.writeTo(bytes);
        return bytes.toByteArray();
    }
}
