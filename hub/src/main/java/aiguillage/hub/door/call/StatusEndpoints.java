package aiguillage.hub.door.call;

import aiguillage.hub.status.StatusBoard;
import aiguillage.hub.status.StatusPage;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.eclipse.jetty.http.HttpHeader;

/// `/status` and `/status.json`: for anybody at the enrolment listener, for parties at their own. Never waits.
public final class StatusEndpoints {

    private static final int NOT_MODIFIED = 304;
    private static final String[] HEADERS = {
        "Cache-Control", "ETag", "Content-Security-Policy", "X-Content-Type-Options"
    };

    private StatusEndpoints() {}

    public static List<Endpoint> list(StatusBoard board, Operation.Access access) {
        return List.of(
                Operation.of(access, "GET", "/status.json", "How the hub is: the feed.")
                        .gives(200, Operation.JSON, "PublicStatus", "At this moment; to be kept for 15 s.", HEADERS)
                        .gives(NOT_MODIFIED, Operation.ANY, null, "As its `If-None-Match` says.", HEADERS)
                        .by(call -> answer(
                                call,
                                board.page().tag(),
                                Operation.JSON,
                                board.page().json())),
                Operation.of(access, "GET", "/status", "How the hub is: a page in French and English.")
                        .gives(200, "text/html", "Text", "At this moment; to be kept for 15 s.", HEADERS)
                        .gives(NOT_MODIFIED, Operation.ANY, null, "As its `If-None-Match` says.", HEADERS)
                        .by(call -> answer(
                                call,
                                board.page().tag(),
                                StatusPage.HTML,
                                board.page().html())),
                Operation.of(access, "GET", "/status.css", "The page's sheet.")
                        .gives(200, "text/css", "Text", "The sheet.")
                        .by(call -> call.answer(
                                200, "text/css;charset=utf-8", StatusPage.STYLE.getBytes(StandardCharsets.UTF_8))));
    }

    private static void answer(Call call, String tag, String type, byte[] body) {
        var headers = call.response().getHeaders();
        headers.put(HttpHeader.CACHE_CONTROL, StatusPage.CACHE);
        headers.put(HttpHeader.ETAG, tag);
        headers.put("Content-Security-Policy", StatusPage.CONTENT_SECURITY_POLICY);
        headers.put("X-Content-Type-Options", "nosniff");
        String known = call.header(HttpHeader.IF_NONE_MATCH);
        if (known != null && List.of(known.split(",\\s*", -1)).contains(tag)) {
            call.answer(NOT_MODIFIED, type, new byte[0]);
        } else {
            call.answer(200, type, body);
        }
    }
}
