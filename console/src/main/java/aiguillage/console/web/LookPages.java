package aiguillage.console.web;

import aiguillage.hub.problem.Problem;
import aiguillage.hub.problem.Refused;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// How this browser wants its pages: language, theme, time zone. Kept in cookies; each is worth no secret.
public final class LookPages {

    private static final Map<String, String> COOKIES =
            Map.of("language", Requests.LANGUAGE_COOKIE, "theme", Requests.THEME_COOKIE, "zone", Requests.ZONE_COOKIE);
    private static final int VALUE_CHARS_MAX = 64;
    private static final long A_YEAR_SECONDS = 31_536_000;

    private LookPages() {}

    public static List<Route> routes() {
        return List.of(Route.post("/look", Access.ANYBODY, LookPages::change));
    }

    private static Answer change(Visit visit) {
        for (var cookie : COOKIES.entrySet()) {
            Optional<String> value = visit.field(cookie.getKey());
            if (value.isPresent()) {
                return changed(cookie.getValue(), value.get(), visit.field("to").orElse("/"));
            }
        }
        throw visit.words().refused(Problem.BAD_REQUEST, "web.missing", "language");
    }

    private static Answer changed(String cookie, String value, String to) {
        if (value.length() > VALUE_CHARS_MAX || !value.matches("[A-Za-z0-9/_+-]+")) {
            throw new Refused(Problem.BAD_REQUEST, "There is no such choice.");
        }
        return new Answer.Content(
                303,
                "text/plain;charset=utf-8",
                new byte[0],
                Map.of(
                        "Location",
                        Visit.within(to),
                        "Set-Cookie",
                        cookie + "=" + value + "; Path=/; Max-Age=" + A_YEAR_SECONDS + "; SameSite=Strict; HttpOnly"));
    }
}
