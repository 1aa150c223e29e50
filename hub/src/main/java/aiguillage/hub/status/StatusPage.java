package aiguillage.hub.status;

import aiguillage.hub.status.PublicStatus.Change;
import aiguillage.hub.status.PublicStatus.Notice;
import aiguillage.hub.status.PublicStatus.Planned;
import aiguillage.hub.status.PublicStatus.State;
import aiguillage.protocol.Digest;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.ResourceBundle;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Page and feed of one status, as bytes that any number of readers share. The page says everything in French
/// and in English, so that caches keep one.
///
/// @param tag names these bytes: an `ETag`
@SuppressWarnings("ArrayRecordComponent") // made once, written to every reader
public record StatusPage(byte[] html, byte[] json, String tag) {

    /// How long a cache may keep it.
    public static final String CACHE = "public, max-age=15";

    /// What the page forbids the browser.
    public static final String CONTENT_SECURITY_POLICY =
            "default-src 'none'; style-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

    public static final String HTML = "text/html;charset=utf-8";
    public static final String STYLE = """
            :root { color-scheme: light dark; font: 17px/1.5 system-ui, sans-serif; }
            body { max-width: 45rem; margin: 0 auto; padding: 1rem; }
            .state { font-size: 1.4rem; font-weight: 700; border-left: .5rem solid; padding-left: .75rem; }
            .working { border-color: #17683a; } .degraded, .maintenance { border-color: #b36b00; }
            .down { border-color: #a3161b; }
            table { border-collapse: collapse; } th, td { text-align: left; padding: .2rem 1rem .2rem 0; }
            """;

    private static final int TAG_CHARS = 32;
    private static final int HISTORY_SHOWN_MAX = 50;
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss 'UTC'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    /// One hub as somebody else saw it.
    ///
    /// @param name how it is called there, as its address
    /// @param status what it last said; null when it never did
    /// @param silentSince since when it has said nothing; null while it does
    public record Watched(
            String name,
            @Nullable PublicStatus status,
            @Nullable Instant silentSince) {}

    /// Of a hub that speaks of itself.
    public static StatusPage of(PublicStatus status) {
        var html = new StringBuilder();
        begin(html, status.hub(), status.state());
        for (Locale language : List.of(Locale.FRENCH, Locale.ENGLISH)) {
            section(html, language);
            one(html, status, language);
            html.append("</section>\n");
        }
        history(html, status.history());
        return made(html, status.json());
    }

    /// Of several, watched from elsewhere. They stand in for each other: as long as one works, all is well.
    ///
    /// @param state of all together
    /// @param history of that state
    public static StatusPage of(State state, List<Watched> hubs, List<Change> history) {
        ObjectNode json = JsonMapper.shared()
                .createObjectNode()
                .put("state", state.word())
                .put("since", history.getFirst().at().toString());
        var list = json.putArray("hubs");
        for (Watched hub : hubs) {
            ObjectNode one = list.addObject().put("name", hub.name());
            PublicStatus status = hub.status();
            if (status != null) {
                one.set("status", status.json());
            }
            Instant silent = hub.silentSince();
            if (silent != null) {
                one.put("silentSince", silent.toString());
            }
        }
        var changes = json.putArray("history");
        history.forEach(change -> changes.addObject()
                .put("at", change.at().toString())
                .put("state", change.state().word()));
        var html = new StringBuilder();
        begin(html, "Aiguillage", state);
        for (Locale language : List.of(Locale.FRENCH, Locale.ENGLISH)) {
            section(html, language);
            all(html, state, history.getFirst().at(), hubs, language);
            html.append("</section>\n");
        }
        history(html, history);
        return made(html, json);
    }

    private static StatusPage made(StringBuilder html, ObjectNode json) {
        byte[] page = html.append("</main>\n</body>\n</html>\n").toString().getBytes(StandardCharsets.UTF_8);
        byte[] feed = JsonMapper.shared().writeValueAsBytes(json);
        String tag = HexFormat.of().formatHex(Digest.of(feed).bytes()).substring(0, TAG_CHARS);
        return new StatusPage(page, feed, "\"" + tag + "\"");
    }

    private static void begin(StringBuilder html, String title, State state) {
        html.append("<!doctype html>\n<html lang=\"fr\">\n<head>\n<meta charset=\"utf-8\">\n")
                .append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>")
                .append(escaped(title))
                .append(" · ")
                .append(state.word())
                .append("</title>\n<link rel=\"stylesheet\" href=\"/status.css\">\n</head>\n<body>\n<main>\n<h1>")
                .append(escaped(title))
                .append("</h1>\n");
    }

    private static void section(StringBuilder html, Locale language) {
        html.append("<section lang=\"").append(language.getLanguage()).append("\">\n");
    }

    private static void all(StringBuilder html, State state, Instant since, List<Watched> hubs, Locale language) {
        if (state == State.DOWN) {
            paragraph(html, "state down", said(language, "all.down", TIME.format(since)));
            paragraph(html, "", said(language, "down.what"));
        } else {
            paragraph(html, "state " + state.word(), said(language, "state." + state.word(), TIME.format(since)));
        }
        for (Watched hub : hubs) {
            html.append("<h2>").append(escaped(hub.name())).append("</h2>\n");
            Instant silent = hub.silentSince();
            if (silent != null) {
                paragraph(html, "state down", said(language, "silent", TIME.format(silent)));
            }
            PublicStatus status = hub.status();
            if (status != null) {
                if (silent != null) {
                    paragraph(html, "", said(language, "last"));
                }
                one(html, status, language);
            }
        }
    }

    private static void one(StringBuilder html, PublicStatus status, Locale language) {
        String word = status.state().word();
        paragraph(html, "state " + word, said(language, "state." + word, TIME.format(status.since())));
        Notice notice = status.notice();
        if (notice != null) {
            paragraph(html, "", text(notice, language));
        }
        if (!status.planned().isEmpty()) {
            html.append("<h3>").append(escaped(said(language, "planned"))).append("</h3>\n<ul>\n");
            for (Planned work : status.planned()) {
                Instant until = work.until();
                String when = until == null
                        ? said(language, "from", TIME.format(work.from()))
                        : said(language, "from-until", TIME.format(work.from()), TIME.format(until));
                html.append("<li>")
                        .append(escaped(when + " " + text(work.notice(), language)))
                        .append("</li>\n");
            }
            html.append("</ul>\n");
        }
    }

    private static String text(Notice notice, Locale language) {
        return language.equals(Locale.FRENCH) ? notice.fr() : notice.en();
    }

    private static void history(StringBuilder html, List<Change> history) {
        html.append("<h2>Historique · <span lang=\"en\">History</span></h2>\n<table>\n<thead><tr>"
                + "<th scope=\"col\">Depuis · <span lang=\"en\">Since</span></th>"
                + "<th scope=\"col\">État · <span lang=\"en\">State</span></th></tr></thead>\n<tbody>\n");
        history.stream()
                .limit(HISTORY_SHOWN_MAX)
                .forEach(change -> html.append("<tr><td>")
                        .append(TIME.format(change.at()))
                        .append("</td><td>")
                        .append(escaped(
                                said(Locale.FRENCH, "word." + change.state().word())))
                        .append(" · <span lang=\"en\">")
                        .append(escaped(
                                said(Locale.ENGLISH, "word." + change.state().word())))
                        .append("</span></td></tr>\n"));
        html.append("</tbody>\n</table>\n");
    }

    private static void paragraph(StringBuilder html, String look, String text) {
        html.append("<p class=\"")
                .append(look)
                .append("\">")
                .append(escaped(text))
                .append("</p>\n");
    }

    private static String said(Locale language, String key, Object... values) {
        ResourceBundle words = ResourceBundle.getBundle(
                "aiguillage.hub.status.status",
                language,
                ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
        return new java.text.MessageFormat(words.getString(key), language).format(values);
    }

    /// Text is all that operators and hubs say, whatever they write.
    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}
