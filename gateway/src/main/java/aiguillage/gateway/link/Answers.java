package aiguillage.gateway.link;

import aiguillage.gateway.outbox.Answer;
import aiguillage.gateway.outbox.Refusal;
import aiguillage.gateway.status.Trouble.Kind;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What a hub's HTTP answers mean: RFC 9457 problems, `Retry-After` (RFC 9110, 10.2.3).
public final class Answers {

    /// Refusals that no retry changes.
    private static final Set<Integer> FINAL = Set.of(400, 403, 404, 405, 409, 410, 411, 413, 415, 422, 431);

    /// A refusal of the party, not of the document: it ends when the hub's operator mends the routing table.
    private static final String PARTY_UNKNOWN = "party-unknown";

    /// The same, until the hub's operator resumes it.
    private static final String PARTY_SUSPENDED = "party-suspended";

    /// The signature is refused for when it was made. The next attempt signs anew; what must be mended is a
    /// clock.
    private static final String SIGNATURE_NOT_FRESH = "signature-not-fresh";

    /// Refusals that end though the document stays as it is, in spite of their status.
    private static final Set<String> TRIED_AGAIN = Set.of(PARTY_UNKNOWN, PARTY_SUSPENDED, SIGNATURE_NOT_FRESH);

    /// What a hub's answer other than 2xx may come to; the last answer alone counts.
    static final Set<Kind> TROUBLES =
            Set.of(Kind.HUB_ASKS_TO_WAIT, Kind.HUB_REFUSES, Kind.PARTY_SUSPENDED, Kind.PARTY_UNKNOWN, Kind.CLOCK_WRONG);

    private static final int TEXT_CHARS_MAX = 2_000;

    private final InstantSource clock;
    private final JsonMapper json = JsonMapper.shared();

    public Answers(InstantSource clock) {
        this.clock = clock;
    }

    /// The answer to a submission.
    public Answer submission(int status, HttpHeaders headers, byte[] body) {
        if (status == 200 || status == 201) {
            return receipt(status, body);
        }
        Refusal problem = problem(status, body);
        if (FINAL.contains(status) && !TRIED_AGAIN.contains(problem.code())) {
            return new Answer.Refused(problem);
        }
        String reason =
                "the hub answered " + status + " (" + problem.code() + "): " + problem.what() + " " + problem.why();
        return new Answer.Later(reason, retryAfter(headers), status == 500);
    }

    /// Any other answer but 2xx.
    public Hub.HubSaid no(int status, HttpHeaders headers, byte[] body) {
        Refusal problem = problem(status, body);
        String message =
                "the hub answered " + status + " (" + problem.code() + "): " + problem.what() + " " + problem.why();
        return new Hub.HubSaid(status, kind(status, problem.code()), message, retryAfter(headers));
    }

    /// What an answer that is neither 2xx nor a refusal of the document means for people.
    public Kind trouble(int status, byte[] body) {
        return kind(status, problem(status, body).code());
    }

    private static Kind kind(int status, String code) {
        return switch (code) {
            case PARTY_SUSPENDED -> Kind.PARTY_SUSPENDED;
            case PARTY_UNKNOWN -> Kind.PARTY_UNKNOWN;
            case SIGNATURE_NOT_FRESH -> Kind.CLOCK_WRONG;
            default -> status == 401 || status == 403 ? Kind.HUB_REFUSES : Kind.HUB_ASKS_TO_WAIT;
        };
    }

    private Answer receipt(int status, byte[] body) {
        try {
            if (json.readTree(body).isObject()) {
                return new Answer.Accepted(new String(body, StandardCharsets.UTF_8));
            }
        } catch (JacksonException e) {
            return new Answer.Later("the hub's receipt is not JSON: " + e.getOriginalMessage(), null, false);
        }
        return new Answer.Later("the hub answered " + status + " without a receipt", null, false);
    }

    private Refusal problem(int status, byte[] body) {
        try {
            JsonNode problem = json.readTree(body);
            if (problem.isObject()) {
                return new Refusal(
                        text(problem, "code", "http-" + status),
                        text(problem, "title", "HTTP " + status),
                        text(problem, "detail", ""),
                        text(problem, "remedy", ""));
            }
        } catch (JacksonException notAProblem) {
            return new Refusal("http-" + status, "HTTP " + status, cut(new String(body, StandardCharsets.UTF_8)), "");
        }
        return new Refusal("http-" + status, "HTTP " + status, "", "");
    }

    private static String text(JsonNode problem, String name, String otherwise) {
        return cut(problem.path(name).asString(otherwise));
    }

    private static String cut(String text) {
        return text.length() <= TEXT_CHARS_MAX ? text : text.substring(0, TEXT_CHARS_MAX) + "…";
    }

    /// Seconds or an HTTP date; null when absent or unreadable.
    @Nullable
    Duration retryAfter(HttpHeaders headers) {
        String value = headers.firstValue("Retry-After").orElse("").strip();
        if (value.matches("[0-9]{1,9}")) {
            return Duration.ofSeconds(Long.parseLong(value));
        }
        try {
            Instant date = ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
            Duration wait = Duration.between(clock.instant(), date);
            return wait.isNegative() ? Duration.ZERO : wait;
        } catch (DateTimeException noDate) {
            return null;
        }
    }
}
