package aiguillage.conformance.driver;

import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Refusals of a hub over HTTP, as a driver tells them.
final class Problems {

    /// About whoever sent it, not about the document.
    private static final Set<String> OF_THE_CALLER = Set.of(
            "certificate-unusable", "certificate-expired", "certificate-revoked", "party-unknown", "party-suspended");

    private static final Pattern CODE = Pattern.compile("[a-z][a-z0-9-]{0,59}");

    private Problems() {}

    /// An answer by problem details (RFC 9457).
    static Said said(HttpLine.Answer answer) {
        try {
            JsonNode problem = JsonMapper.shared().readTree(answer.body());
            String code = problem.path("code").asString("status-" + answer.status());
            String detail = answer.status() + " " + problem.path("title").asString("") + " "
                    + problem.path("detail").asString("") + faults(problem);
            return said(code, detail);
        } catch (JacksonException e) {
            return new Said.Refused("status-" + answer.status(), "no problem details: " + answer.text());
        }
    }

    private static String faults(JsonNode problem) {
        var text = new StringBuilder();
        problem.path("faults")
                .forEach(fault -> text.append(" line ")
                        .append(fault.path("line").asString(""))
                        .append(", column ")
                        .append(fault.path("column").asString(""))
                        .append(": ")
                        .append(fault.path("expected").asString("")));
        return text.toString();
    }

    /// @param code as the other end said it; what is none is not repeated, since it goes into the outcome
    static Said said(String code, String detail) {
        if (!CODE.matcher(code).matches()) {
            return new Said.Refused("unreadable", detail);
        }
        return OF_THE_CALLER.contains(code) ? new Said.ShutOut(code) : new Said.Refused(code, detail);
    }

    /// What a line that broke means.
    static Said broken(java.io.IOException e) {
        return e instanceof HttpLine.Closed
                ? new Said.ShutOut(String.valueOf(e.getMessage()))
                : new Said.NoAnswer(e.getClass().getSimpleName() + ": " + e.getMessage());
    }
}
